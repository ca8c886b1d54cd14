"""Where data name media."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine.errors import Invalid

_REFERENCE = re.compile("media:([1-9][0-9]{0,17})", re.ASCII)


def media_named_in(data: Any, pointer: str = "") -> Iterator[tuple[str, int]]:
    """The media that JSON values name as ``media:12``, each with the JSON pointer of where it stands."""
    if isinstance(data, str):
        if found := _REFERENCE.fullmatch(data):
            yield pointer, int(found[1])
    elif isinstance(data, Mapping):
        for name, value in data.items():
            yield from media_named_in(value, f"{pointer}/{_escaped(name)}")
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from media_named_in(value, f"{pointer}/{place}")


def not_yours(pointer: str) -> Invalid:
    """The refusal for media that somebody else uploaded."""
    return Invalid(
        "media_not_yours",
        "只能引用您自己上传的、或该案件已有的照片和附件",
        "Expected media that you uploaded or that the case shows already",
        pointer=pointer,
    )


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
