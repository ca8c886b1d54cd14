"""The documents of the repository and what they point at."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import PurePosixPath
from urllib.parse import unquote

from tests.house.sources import ROOT, committed_files

_CODE_BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)|(?:href|src)=\"([^\"]+)\"")
_HEADING = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)
_ELSEWHERE = ("http://", "https://", "mailto:")


def documents() -> list[str]:
    """Every Markdown file, relative to the root."""
    return [name for name in committed_files() if name.endswith(".md")]


@cache
def text_of(name: str) -> str:
    """A document as it is written."""
    return (ROOT / name).read_text()


def prose_of(name: str) -> str:
    """A document without its blocks of code."""
    return _CODE_BLOCK.sub("", text_of(name))


def links_in(name: str) -> list[str]:
    """Where a document's links lead, as far as they stay in the repository."""
    found = [first or second for first, second in _LINK.findall(prose_of(name))]
    return [target for target in found if not target.startswith(_ELSEWHERE)]


def is_resolved(document: str, target: str) -> bool:
    """Whether a link leads to a file or folder, and to a heading if it names one."""
    path, _, heading = unquote(target).partition("#")
    found = (ROOT / PurePosixPath(document).parent / path) if path else ROOT / document
    if not found.exists():
        return False
    return not heading or heading in anchors_of(str(found.resolve().relative_to(ROOT)))


def anchors_of(document: str) -> set[str]:
    """What the headings of a document are called in links."""
    return {_anchor(heading) for heading in _HEADING.findall(prose_of(document))}


def _anchor(heading: str) -> str:
    kept = (character for character in heading.lower() if character in " -_" or _is_word(character))
    return "".join(kept).replace(" ", "-")


def _is_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM"
