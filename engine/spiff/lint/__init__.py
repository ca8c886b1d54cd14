"""Everything that is checked before a diagram may run, one concern per module."""

from __future__ import annotations

from engine.spiff.lint.check import Checked, check, check_whole
from engine.spiff.lint.names import Declared

__all__ = ["Checked", "Declared", "check", "check_whole"]
