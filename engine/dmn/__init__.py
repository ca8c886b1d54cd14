"""Decisions of DMN 1.5: tables, boxed expressions and requirement graphs over FEEL.

A model is compiled once from its XML; what it decides comes with the proof of why: inputs, matching rows and
the decisions on the way.
"""

from __future__ import annotations

from engine.dmn.errors import DmnError
from engine.dmn.findings import Finding, Severity
from engine.dmn.inquiry import DecisionTrace
from engine.dmn.lint import lint_model
from engine.dmn.loading import load_model
from engine.dmn.model import DecisionResult, Model
from engine.dmn.pieces import MODEL_WORDS, pieces_of
from engine.dmn.table_evaluation import MatchedRule, TableMatch

__all__ = [
    "MODEL_WORDS",
    "DecisionResult",
    "DecisionTrace",
    "DmnError",
    "Finding",
    "MatchedRule",
    "Model",
    "Severity",
    "TableMatch",
    "lint_model",
    "load_model",
    "pieces_of",
]
