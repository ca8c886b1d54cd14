"""Syntax tree to closures: what is decided by the text is decided once, what is left runs."""

from __future__ import annotations
