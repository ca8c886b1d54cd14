"""Reads an uploaded file as XML, distrusting every byte of it."""

from __future__ import annotations

import codecs
import re
from typing import Any

from lxml import etree

from engine.definition import Finding
from engine.spiff.limits import DEEPEST_DOCUMENT, LARGEST_DOCUMENT
from engine.spiff.rules import finding

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Encodings a declaration may name; all others are refused (UTF-7 hides markup from checks).
_DECLARED = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "latin-1",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
}
_DECLARATION = re.compile(rb"<\?xml[^>]{0,200}\?>")
_WELL_FORMED = re.compile(
    r"<\?xml\s+version\s*=\s*([\"'])1\.\d\1(\s+encoding\s*=\s*([\"'])[\w.-]+\3)?"
    r"(\s+standalone\s*=\s*([\"'])(yes|no)\5)?\s*\?>"
)
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")


class DocumentRefused(Exception):
    """The file is not a document that may be read; ``finding`` says why."""

    def __init__(self, refused: Finding) -> None:
        super().__init__(refused.message_en)
        self.finding = refused


def read_document(source: bytes) -> etree._Element:
    """The root element of the document. Raises ``DocumentRefused`` naming what is wrong and, if known, its line.

    No document type, no entity, no network, bounded size and depth; the bytes are decoded exactly once.
    """
    if len(source) > LARGEST_DOCUMENT:
        raise DocumentRefused(finding("document.too_large", size=len(source), limit=LARGEST_DOCUMENT))
    text = decoded(source)
    _refuse_doctype(text)
    root = _parsed(text)
    _refuse_depth(root)
    if root.tag != f"{{{BPMN}}}definitions":
        raise DocumentRefused(finding("document.not_bpmn", line=line_of(root), root=etree.QName(root).localname))
    return root


def line_of(element: etree._Element) -> int:
    """The line of an element in the stored file; 0 when unknown."""
    line: Any = element.sourceline
    return line or 0


def local_name(element: etree._Element) -> str:
    """The tag without its namespace."""
    return str(etree.QName(element).localname)


def local_part(reference: str) -> str:
    """The id that a reference names: a reference without the prefix of the file's own namespace."""
    return reference.strip().rpartition(":")[2]


def decoded(source: bytes) -> str:
    """The text of a file without its XML declaration. Raises ``DocumentRefused`` for one in no known encoding."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if source.startswith(mark):
            return _without_declaration(_decode(source[len(mark) :], encoding))
    declaration = _DECLARATION.match(source)
    named = _ENCODING.search(declaration[0]) if declaration else None
    name = named[1].decode("ascii").lower() if named else "utf-8"
    if name not in _DECLARED:
        raise DocumentRefused(finding("document.encoding", line=1, detail=name))
    return _without_declaration(_decode(source, _DECLARED[name]))


def _decode(source: bytes, encoding: str) -> str:
    try:
        return source.decode(encoding)
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise DocumentRefused(finding("document.encoding", line=line, detail=f"{encoding}: {error.reason}")) from None


def _without_declaration(text: str) -> str:
    """The text with its XML declaration blanked: what it said about bytes is no longer true."""
    if not text.startswith("<?xml"):
        return text
    end = text.find("?>")
    if _WELL_FORMED.fullmatch(text[: end + 2]) is None:
        raise DocumentRefused(finding("document.malformed", line=1, detail="XML declaration"))
    return "\n" * text.count("\n", 0, end) + text[end + 2 :]


def _refuse_doctype(text: str) -> None:
    """Look through the prolog before any XML parser sees the document."""
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if text.startswith("<!DOCTYPE", at):
            raise DocumentRefused(finding("document.doctype", line=text.count("\n", 0, at) + 1))
        closing = "?>" if text.startswith("<?", at) else "-->" if text.startswith("<!--", at) else ""
        end = text.find(closing, at) if closing else -1
        if end < 0:
            return
        at = end + len(closing)


def _parsed(text: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        line = getattr(error, "lineno", None)
        detail = getattr(error, "msg", None) or str(error)
        raise DocumentRefused(finding("document.malformed", line=line, detail=detail)) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise DocumentRefused(finding("document.doctype", line=1))
    return root


def _refuse_depth(root: etree._Element) -> None:
    level = [root]
    for _ in range(DEEPEST_DOCUMENT):
        level = [child for element in level for child in element]
        if not level:
            return
    raise DocumentRefused(finding("document.too_deep", line=line_of(level[0]), limit=DEEPEST_DOCUMENT))
