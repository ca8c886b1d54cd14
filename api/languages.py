"""Which of our two languages a caller reads."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """The languages every message exists in."""

    CHINESE = "zh"
    ENGLISH = "en"


def preferred_language(accept: str | None) -> Language:
    """The better of our languages for an ``Accept-Language`` header; Chinese unless English weighs more."""
    weights = {Language.CHINESE: 0.0, Language.ENGLISH: 0.0}
    for entry in (accept or "").split(",")[:20]:
        tag, _, parameter = entry.partition(";")
        language = tag.strip().lower().partition("-")[0]
        if language in weights:
            weights[Language(language)] = max(weights[Language(language)], _weight(parameter))
    return Language.ENGLISH if weights[Language.ENGLISH] > weights[Language.CHINESE] else Language.CHINESE


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
