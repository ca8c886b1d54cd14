"""The grammar of FEEL: tokens to a syntax tree in one pass, without trying a text twice."""

from __future__ import annotations

from engine.feel.grammar.parser import Parser

__all__ = ["Parser"]
