"""Decisions in use: published models found by decision, bound by version, asked with the proof of why.

``engine.dmn`` evaluates; here stands what the rest of the engine needs around it. Pure.
"""

from __future__ import annotations

from engine.decisions.asking import DecisionAnswer, ask, told
from engine.decisions.lint import lint_decisions, load_decisions
from engine.decisions.lookup import NO_DECISIONS, Binding, Decisions, DecisionSet
from engine.decisions.model import DecisionModel
from engine.decisions.pieces import decision_pieces
from engine.dmn import MODEL_WORDS

__all__ = [
    "MODEL_WORDS",
    "NO_DECISIONS",
    "Binding",
    "DecisionAnswer",
    "DecisionModel",
    "DecisionSet",
    "Decisions",
    "ask",
    "decision_pieces",
    "lint_decisions",
    "load_decisions",
    "told",
]
