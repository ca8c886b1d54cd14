"""What is written of one XML element, by path: nothing is left out that might mean something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How a kind of document is taken apart."""

    #: Whether an element is a piece by itself, and so no property of what it stands in.
    is_piece: Callable[[etree._Element], bool]
    #: A tag or an attribute as it is shown, such as ``zeebe:input``.
    short: Callable[[str], str]
    #: Elements and attributes that say again what others say.
    ignored: Collection[str]
    #: Elements that only hold others.
    transparent: Collection[str]
    #: Elements that are known by one attribute and say something in another.
    keyed: Mapping[str, tuple[str, str]]
    #: What a reference of an attribute stands for, where it is not the id itself that matters.
    referred: Callable[[etree._Element, str, str], str] = lambda _element, _attribute, value: value


def properties_of(element: etree._Element, dialect: Dialect) -> dict[str, str]:
    """The properties of a piece by path."""
    found: dict[str, str] = {}
    for path, value in (*_attributes(element, "", dialect), *_children(element, "", dialect)):
        found[_free(path, found)] = value
    return found


def _attributes(element: etree._Element, path: str, dialect: Dialect) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        shown = dialect.short(str(name))
        if shown != "id" and shown not in dialect.ignored:
            yield f"{path}@{shown}" if path else shown, dialect.referred(element, shown, str(value))


def _children(element: etree._Element, path: str, dialect: Dialect) -> Iterator[tuple[str, str]]:
    names = Counter(str(child.tag) for child in element)
    seen: Counter[str] = Counter()
    for child in element:
        tag, name = str(child.tag), dialect.short(str(child.tag))
        seen[tag] += 1
        if name in dialect.ignored or dialect.is_piece(child):
            continue
        place = f"{path}{name}" if names[tag] == 1 or name in dialect.transparent else f"{path}{name}[{seen[tag]}]"
        yield from _child(child, name, path, place, dialect)


def _child(child: etree._Element, name: str, path: str, place: str, dialect: Dialect) -> Iterator[tuple[str, str]]:
    if name in dialect.transparent:
        yield from _children(child, path, dialect)
    elif name in dialect.keyed:
        key, value = dialect.keyed[name]
        yield f"{path}{name}[{child.get(key) or ''}]", child.get(value) or ""
    else:
        yield from _written(child, place, dialect)


def _written(child: etree._Element, place: str, dialect: Dialect) -> Iterator[tuple[str, str]]:
    text = (child.text or "").strip()
    parts = [*_attributes(child, f"{place}/", dialect), *_children(child, f"{place}/", dialect)]
    if text or not parts:
        yield place, text
    yield from parts


def _free(path: str, taken: Mapping[str, str]) -> str:
    """The path, or another for what stands there twice."""
    number = 2
    free = path
    while free in taken:
        free, number = f"{path}#{number}", number + 1
    return free
