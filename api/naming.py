"""What codes and ids are called, for answers that people read; what bears no name is called by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import msgspec

from api.ports import Platform
from engine.actors import is_person
from engine.definitions import DefinitionKind
from engine.errors import Refusal
from processes.cases import Names
from processes.catalogue import CatalogueError


class CaseNames(msgspec.Struct, frozen=True, kw_only=True):
    """What the codes of a case are called."""

    subcategory_name: str
    subcategory_name_en: str
    #: Of the responsible unit; empty before there is one.
    unit_name: str
    unit_name_en: str
    community_name: str
    street_name: str


class Coded(Protocol):
    """A row about a case."""

    @property
    def subcategory(self) -> str: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def community(self) -> str: ...
    @property
    def street(self) -> str: ...


def case_names(platform: Platform, row: Coded) -> dict[str, str]:
    """The members of ``CaseNames`` for a row."""
    in_force = platform.registers.in_force
    subcategory_name, subcategory_name_en = subcategory_names(platform, row.subcategory)
    unit_name, unit_name_en = unit_names(platform, row.unit)
    return {
        "subcategory_name": subcategory_name,
        "subcategory_name_en": subcategory_name_en,
        "unit_name": unit_name,
        "unit_name_en": unit_name_en,
        "community_name": in_force.divisions.name_of(row.community),
        "street_name": in_force.divisions.name_of(row.street),
    }


def subcategory_names(platform: Platform, key: str) -> tuple[str, str]:
    """A sub-category in Chinese and English."""
    try:
        entry = platform.registers.in_force.catalogue.subcategory(key)
    except CatalogueError:
        return key, key
    return entry.name, entry.name_en or entry.name


def unit_names(platform: Platform, code: str | None) -> tuple[str, str]:
    """A unit in Chinese and English; nothing where there is none."""
    if not code:
        return "", ""
    unit = platform.people.register.organisation.units.get(code)
    return (unit.name, unit.name_en or unit.name) if unit else (code, code)


def person_name(platform: Platform, actor: Any) -> str:
    """The name of an actor such as ``user:7``; nothing where there is nobody."""
    if not actor:
        return ""
    accounts = platform.people.register.organisation.accounts
    account = accounts.get(int(actor.partition(":")[2])) if is_person(actor) else None
    return account.name if account else str(actor)


def class_names(platform: Platform, key: str) -> tuple[str, str]:
    """A class of the catalogue such as ``component-01`` in Chinese and English."""
    try:
        entry = platform.registers.in_force.catalogue.category_class(key)
    except CatalogueError:
        return key, key
    return entry.name, entry.name_en or entry.name


def element_name_en(platform: Platform, element: str, name: str) -> str:
    """What an element that was called by a name is called in English."""
    return platform.library.name_en(element, name) or name


def event_name_en(platform: Platform, payload: Mapping[str, Any]) -> str:
    """What an event that tells an element and its name calls it in English; empty for any other."""
    element, name = payload.get("element"), payload.get("name")
    return element_name_en(platform, element, name) if element and name else ""


def diagram_name_en(platform: Platform, key: str, name: str) -> str:
    """What a diagram that was called by a name is called in English."""
    try:
        latest = platform.library.latest(key)
    except Refusal:
        return name
    return (latest.name_en if latest.name == name else "") or name


def definition_name_en(platform: Platform, kind: DefinitionKind, key: str, name: str) -> str:
    """What a definition that was called by a name is called in English; decisions have no second name."""
    if kind is DefinitionKind.PROCESS:
        return diagram_name_en(platform, key, name)
    return _form_name_en(platform, key, name) if kind is DefinitionKind.FORM else name


def _form_name_en(platform: Platform, key: str, name: str) -> str:
    file = platform.form_library.newest(key, "")
    return (file["title"]["en"] if file and file["title"]["zh"] == name else "") or name


def group_names(platform: Platform, groups: Iterable[str]) -> tuple[str, str]:
    """Candidate groups such as ``clerk@U12`` in Chinese and English."""
    names = Names(organisation=lambda: platform.people.register.organisation)
    named = [names.group(group) for group in groups]
    return "、".join(zh for zh, _ in named), ", ".join(en for _, en in named)
