"""Which categories a row is about: one sub-category, a class, a kind, or all.

component-0104    one sub-category
component-01      its class
component         its kind
*                 everything
"""

from __future__ import annotations

import re

from processes.catalogue import CatalogueError, Terms
from processes.responsibility.errors import ResponsibilityError

EVERYTHING = "*"
_EVERYTHING_WORDS = ("*", "全部", "all")
_KIND_AND_CODE = re.compile(r"(?P<kind>[^\W\d_]+)([-\s]?(?P<code>[0-9A-Z]{2}|[0-9A-Z]{4,5}))?")


def selectors_of(subcategory: str) -> tuple[str, str, str, str]:
    """The selectors that reach a sub-category such as component-0104, the narrowest first."""
    kind, _, code = subcategory.partition("-")
    return subcategory, f"{kind}-{code[:2]}", kind, EVERYTHING


def containing(selector: str) -> tuple[str, ...]:
    """The selector itself and the broader ones that contain all that it reaches."""
    if selector == EVERYTHING:
        return (EVERYTHING,)
    return tuple(dict.fromkeys((selector, *selectors_of(selector)[breadth_of(selector) :])))


def breadth_of(selector: str) -> int:
    """How much a selector reaches: 0 a sub-category, 1 a class, 2 a kind, 3 everything."""
    if selector == EVERYTHING:
        return 3
    _, _, code = selector.partition("-")
    return 2 if not code else 1 if len(code) == 2 else 0


def read_selector(text: str, kinds: Terms) -> str:
    """The selector that a cell means: “component-0104”, “部件0104”, “部件 01”, “事件”, “全部”.

    ResponsibilityError `bad_category` when it means none.
    """
    if text.casefold() in _EVERYTHING_WORDS:
        return EVERYTHING
    match = _KIND_AND_CODE.fullmatch(text.strip())
    try:
        if match is not None:
            kind = kinds.term(match["kind"]).code
            return f"{kind}-{match['code']}" if match["code"] else kind
    except CatalogueError:
        pass
    raise ResponsibilityError(
        "bad_category",
        f"类别“{text[:40]}”无法识别，应如“部件0104”“部件01”“事件”或“全部”",
        f"{text[:40]!r} means no category; write component-0104, component-01, incident or *",
        pointer="/category",
    )
