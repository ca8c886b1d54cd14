"""What a rule of the lint is: an id, a weight, texts in two languages."""

from __future__ import annotations

from dataclasses import dataclass

from engine.definition import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """The texts of one rule; ``{names}`` in them are filled with the facts of a finding."""

    zh: str
    en: str
    fix_zh: str = ""
    fix_en: str = ""
    severity: Severity = Severity.ERROR
