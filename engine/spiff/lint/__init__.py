"""Everything that is checked before a diagram may run, one concern per module."""

from __future__ import annotations

from engine.spiff.lint.check import Checked, check, check_whole
from engine.spiff.lint.in_scope import Origin, ProcessScope, Source, Variable, scope_of_process
from engine.spiff.lint.names import Declared, FormField

__all__ = [
    "Checked",
    "Declared",
    "FormField",
    "Origin",
    "ProcessScope",
    "Source",
    "Variable",
    "check",
    "check_whole",
    "scope_of_process",
]
