"""Names that files had where they came from: kept as text to show, never used as paths."""

from __future__ import annotations

import unicodedata

LONGEST_NAME = 150
_UNNAMED = "未命名"


def shown_name(name: str) -> str:
    """The last part of the name, without characters that steer, hide or turn around text; never empty."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(character for character in last if not unicodedata.category(character).startswith("C"))
    return unicodedata.normalize("NFC", plain).strip(" .")[:LONGEST_NAME] or _UNNAMED
