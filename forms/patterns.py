"""Regular expressions of forms, run by RE2: linear in the text, whatever the expression.

Only what RE2, the fast validator and browsers read alike is allowed, so that all three give one answer.
"""

from __future__ import annotations

from functools import lru_cache

import re2

from forms.limits import MAX_PATTERN

#: Escapes whose meaning differs between readers (Unicode spaces, word edges) and what to write instead.
_DIFFERING = {r"\s": "[ ]", r"\S": "[^ ]", r"\b": "^ … $", r"\B": "^ … $", r"\W": "[^A-Za-z0-9_]", r"\D": "[^0-9]"}


def pattern_objection(pattern: str) -> tuple[str, str] | None:
    """Why ``pattern`` may not be used, in Chinese and English; ``None`` when it may."""
    if len(pattern) > MAX_PATTERN:
        return f"正则表达式超过 {MAX_PATTERN} 个字符", f"is longer than {MAX_PATTERN} characters"
    for escape, instead in _DIFFERING.items():
        if escape in pattern.replace(r"\\", ""):
            return (
                f"{escape} 在各处含义不同，请写 {instead}",
                f"uses {escape}, which readers take differently: write {instead}",
            )
    try:
        _compiled(pattern)
    except re2.error as error:
        return f"正则表达式不能使用：{error}", f"is not a regular expression that runs in linear time: {error}"
    return None


def is_found(pattern: str, text: str) -> bool:
    """Whether ``pattern`` occurs in ``text`` (unanchored, as JSON Schema says)."""
    return _compiled(pattern).search(text) is not None


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re2._Regexp:
    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options)
