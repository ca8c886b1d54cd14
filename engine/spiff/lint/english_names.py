"""English names: they stand beside a name, where names are shown, and say something."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.definition import Finding
from engine.spiff.diagram import Diagram
from engine.spiff.dialect import NAME_EN
from engine.spiff.rules import finding
from engine.spiff.supported import EXECUTED, NAMED_BESIDE
from engine.spiff.xml import BPMN, ZEEBE, line_of, local_name

#: What means the property and is not its name, without capitals, hyphens and underscores.
_MEANT = frozenset({NAME_EN.lower(), "englishname", "nameenglish", "enname"})


def check_english_names(diagram: Diagram) -> Iterator[Finding]:
    """No English name is lost because of where it stands, how it is written or what it says."""
    for written in diagram.root.iter(f"{{{ZEEBE}}}property"):
        name = written.get("name") or ""
        if name == NAME_EN:
            yield from _check(written, _owner(written))
        elif name.lower().replace("_", "").replace("-", "") in _MEANT:
            yield _said("name.english_misspelt", written, _owner(written), name=name)


def _check(written: etree._Element, owner: etree._Element) -> Iterator[Finding]:
    if local_name(owner) not in EXECUTED and local_name(owner) not in NAMED_BESIDE:
        yield _said("name.english_place", written, owner, tag=local_name(owner))
    elif not (written.get("value") or "").strip():
        yield _said("name.english_empty", written, owner)
    elif not (owner.get("name") or "").strip():
        yield _said("name.english_alone", written, owner)


def _owner(written: etree._Element) -> etree._Element:
    """The element among whose extensions it stands."""
    extensions = next(written.iterancestors(f"{{{BPMN}}}extensionElements"), written)
    around = extensions.getparent()
    return extensions if around is None else around


def _said(rule: str, written: etree._Element, owner: etree._Element, **facts: object) -> Finding:
    holders = (owner, *owner.iterancestors())
    identity = next((each.get("id") for each in holders if each.get("id")), None)
    return finding(rule, identity, line=line_of(written), **facts)
