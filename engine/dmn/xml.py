"""Reading the XML of a model: no DOCTYPE, no entities, no network, no more than 2 MiB."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from lxml import etree

from engine.dmn.errors import DmnError

LARGEST_SOURCE = 2 << 20

#: The dialect in which a file says its version tag.
ZEEBE = "http://camunda.org/schema/zeebe/1.0"

#: The boxed expressions that introduce an iterator variable.
ITERATIONS = ("for", "some", "every")

# The namespaces of DMN 1.1 to 1.5; the elements we read have the same names in all of them.
_NAMESPACES = (
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
    "https://www.omg.org/spec/DMN/20240513/MODEL/",
)


def read_root(source: bytes) -> etree._Element:
    """The definitions element; raises DmnError naming the line of what cannot be read."""
    if len(source) > LARGEST_SOURCE:
        raise DmnError("xml.size", allowed=LARGEST_SOURCE)
    # A comment within a text would hide what stands behind it.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True, remove_comments=True
    )
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise DmnError("xml.malformed", line=error.lineno, reason=error.msg) from error
    document: Any = root.getroottree()  # the stubs do not know its docinfo
    if document.docinfo.doctype:
        raise DmnError("xml.doctype", line=1)
    name = etree.QName(root)
    if name.localname != "definitions" or name.namespace not in _NAMESPACES:
        raise DmnError("xml.root", line=line_of(root), found=root.tag)
    return root


def kind(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return _local_name(element.tag)


@lru_cache(maxsize=512)
def _local_name(tag: str) -> str:
    return tag.rpartition("}")[2]


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """The direct children of that name."""
    return [part for part in element if _local_name(part.tag) == name]


def children_of(element: etree._Element, one: str, other: str) -> tuple[list[etree._Element], list[etree._Element]]:
    """The direct children of two names, looked at once."""
    ones: list[etree._Element] = []
    others: list[etree._Element] = []
    for part in element:
        name = _local_name(part.tag)
        if name == one:
            ones.append(part)
        elif name == other:
            others.append(part)
    return ones, others


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first direct child of that name."""
    for part in element:
        if _local_name(part.tag) == name:
            return part
    return None


def below(element: etree._Element, names: Iterable[str]) -> Iterator[etree._Element]:
    """The elements of those names at any depth, in the order of the file."""
    return element.iter(*(f"{{*}}{name}" for name in names))


def text_in(element: etree._Element | None) -> str:
    """The text in the `text` child of an element; empty when there is none."""
    if element is None or not len(element):
        return ""
    # Nearly always the only child; to iterate takes four times as long.
    first = element[0]
    found = first if _local_name(first.tag) == "text" else child(element, "text")
    return "" if found is None else found.text or ""


def line_of(element: etree._Element) -> int | None:
    """The line on which an element begins."""
    line: Any = element.sourceline  # the stubs have no type for it
    return line if isinstance(line, int) else None


def place(element: etree._Element) -> tuple[str | None, int | None]:
    """The id of an element, or of the nearest one around it that has one, and its line."""
    return id_around(element), line_of(element)


def id_around(element: etree._Element) -> str | None:
    """The id of an element, or of the nearest one around it that has one."""
    around: etree._Element | None = element
    while around is not None:
        if found := around.get("id"):
            return found
        around = around.getparent()
    return None


def error_at(element: etree._Element, code: str, **fields: object) -> DmnError:
    """An error at an element."""
    element_id, line = place(element)
    return DmnError(code, element_id=element_id, line=line, **fields)
