"""The catalogue: what the city manages, when a case is filed, and how fast it must act."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec

from api.answers import answered
from api.lists import List, Paging, Word, next_cursor, position
from api.pages import matches, page_of
from api.parameters import etag, not_found
from api.register_routes import Exchange, exchange_routes
from api.routes import Call, Nothing, Reply, Resource, Route
from api.shapes import shown
from processes.catalogue import (
    LIMIT_UNITS,
    Catalogue,
    CatalogueError,
    CategoryClass,
    EvidenceRule,
    FilingCondition,
    Milestone,
    SubCategory,
    Term,
    TimeLimit,
    holds,
)
from processes.contents import RegisterName

EXCHANGE = Exchange(
    register=RegisterName.CATALOGUE, path="/catalogue", name="catalogue", zh="立案标准", en="the catalogue"
)


class CategoryClassShown(msgspec.Struct, frozen=True, kw_only=True):
    """A class."""

    key: str
    kind: str
    code: str
    name: str
    name_en: str
    #: How many sub-categories it has.
    subcategories: int


class CatalogueShown(msgspec.Struct, frozen=True, kw_only=True):
    """The catalogue in force, down to its classes."""

    #: Number of the version; 0 before the first.
    version: int
    published_by: str | None
    published_at: datetime | None
    kinds: tuple[Term, ...]
    #: The units of time that limits are counted in.
    limit_units: tuple[Term, ...]
    classes: list[CategoryClassShown]
    subcategories: int
    conditions: int


class SubCategoryShown(msgspec.Struct, frozen=True, kw_only=True):
    """A sub-category."""

    key: str
    kind: str
    class_key: str
    code: str
    name: str
    name_en: str
    aliases: tuple[str, ...]
    unit_types: tuple[str, ...]
    legal_basis: str
    hints: tuple[str, ...]


class ConditionShown(msgspec.Struct, frozen=True, kw_only=True):
    """A filing condition: when a case is filed, how long its disposal may take, when it may be closed."""

    key: str
    subcategory: str
    subcategory_name: str
    subcategory_name_en: str
    number: int
    text: str
    limit: TimeLimit
    closing: str
    limit_class: str
    area_class: str
    #: The part of the year in which it holds, as ``11-15..03-15``; empty when it holds all year.
    season: str
    milestones: tuple[Milestone, ...]
    #: What each step must leave behind, the usual where the condition says nothing of its own.
    required_evidence: tuple[EvidenceRule, ...]
    #: Of its own; empty for the usual rules.
    evidence: tuple[EvidenceRule, ...]
    source: str


class SubCategoryDetail(SubCategoryShown, frozen=True, kw_only=True):
    """A sub-category with its conditions."""

    class_name: str
    conditions: list[ConditionShown]


class SubCategoryList(List, frozen=True, kw_only=True):
    """Sub-categories, by key."""

    items: list[SubCategoryShown]
    count: int


class ConditionList(List, frozen=True, kw_only=True):
    """Filing conditions, by key."""

    items: list[ConditionShown]
    count: int


class SubCategoryFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which sub-categories."""

    kind: Word | None = None
    #: Key of the class.
    category_class: Word | None = None
    #: In the name, an alias or the key.
    text: Word | None = None


class ConditionFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which filing conditions."""

    subcategory: Word | None = None
    #: Those that hold in areas of this class.
    area_class: Word | None = None
    #: Those that hold on this day.
    on: date | None = None
    #: Those of the sub-categories whose cases run this process, begun by it or called.
    process: Word | None = None
    #: In the text or the name of the sub-category.
    text: Word | None = None


async def get_catalogue(call: Call[Nothing, None]) -> Reply:
    """Answer what the catalogue in force is made of."""
    in_force = call.platform.registers.in_force
    catalogue, head = in_force.catalogue, in_force.heads.get(RegisterName.CATALOGUE)
    body = CatalogueShown(
        version=head.number if head else 0,
        published_by=head.published_by if head else None,
        published_at=head.published_at if head else None,
        kinds=catalogue.kinds,
        limit_units=tuple(LIMIT_UNITS),
        classes=[_class(each, catalogue) for each in catalogue.classes],
        subcategories=len(catalogue.subcategories),
        conditions=len(catalogue.conditions),
    )
    return answered(body, headers={"etag": etag(body.version)})


async def list_subcategories(call: Call[SubCategoryFilter, None]) -> Reply:
    """Answer sub-categories."""
    wanted = call.query
    found = (each for each in call.platform.registers.in_force.catalogue.subcategories if _is_wanted(each, wanted))
    page = await page_of(found, lambda each: each.key, position(call), wanted.limit)
    items = [shown(each, SubCategoryShown) for each in page.items]
    return answered(SubCategoryList(items=items, next=next_cursor(call, page), count=page.count))


async def get_subcategory(call: Call[Nothing, None]) -> Reply:
    """Answer a sub-category with its conditions."""
    catalogue = call.platform.registers.in_force.catalogue
    try:
        entry = catalogue.subcategory(call.path["subcategory"])
    except CatalogueError:
        raise not_found() from None
    more = {
        "class_name": catalogue.category_class(entry.class_key).name,
        "conditions": [_condition(each, catalogue) for each in catalogue.conditions_of(entry.key)],
    }
    return answered(shown(entry, SubCategoryDetail, **more))


async def list_conditions(call: Call[ConditionFilter, None]) -> Reply:
    """Answer filing conditions."""
    catalogue, wanted = call.platform.registers.in_force.catalogue, call.query
    handled = None if wanted.process is None else await call.platform.uses.handled(wanted.process)
    among = (each for each in catalogue.conditions if handled is None or each.subcategory in handled)
    found = (each for each in among if _holds(each, catalogue, wanted))
    page = await page_of(found, lambda each: each.key, position(call), wanted.limit)
    items = [_condition(each, catalogue) for each in page.items]
    return answered(ConditionList(items=items, next=next_cursor(call, page), count=page.count))


async def get_condition(call: Call[Nothing, None]) -> Reply:
    """Answer a filing condition."""
    catalogue = call.platform.registers.in_force.catalogue
    try:
        condition = catalogue.condition(call.path["condition"])
    except CatalogueError:
        raise not_found() from None
    return answered(_condition(condition, catalogue))


def _class(entry: CategoryClass, catalogue: Catalogue) -> CategoryClassShown:
    one: CategoryClassShown = shown(entry, CategoryClassShown, subcategories=len(catalogue.subcategories_of(entry.key)))
    return one


def _condition(condition: FilingCondition, catalogue: Catalogue) -> ConditionShown:
    about = catalogue.subcategory(condition.subcategory)
    names = {"subcategory_name": about.name, "subcategory_name_en": about.name_en or about.name}
    one: ConditionShown = shown(condition, ConditionShown, **names)
    return one


def _is_wanted(entry: SubCategory, wanted: SubCategoryFilter) -> bool:
    return (
        wanted.kind in (None, entry.kind)
        and wanted.category_class in (None, entry.class_key)
        and matches(wanted.text, entry.key, entry.name, entry.name_en, *entry.aliases)
    )


def _holds(condition: FilingCondition, catalogue: Catalogue, wanted: ConditionFilter) -> bool:
    return (
        wanted.subcategory in (None, condition.subcategory)
        and holds(condition, wanted.area_class or "", wanted.on)
        and matches(wanted.text, condition.text, catalogue.subcategory(condition.subcategory).name)
    )


def _reading(path: str, handler: Any, words: tuple[str, str], **more: Any) -> Route:
    return Route(method="GET", path=path, handler=handler, summary_zh=words[0], summary_en=words[1], **more)


RESOURCE = Resource(
    name="catalogue",
    title_zh="立案、处置、结案标准",
    title_en="The catalogue",
    routes=(
        _reading("/catalogue", get_catalogue, ("现行标准：大类与计时单位", "The catalogue"), answer=CatalogueShown),
        _reading(
            "/catalogue/subcategories",
            list_subcategories,
            ("小类列表", "Sub-categories"),
            query=SubCategoryFilter,
            answer=SubCategoryList,
        ),
        _reading(
            "/catalogue/subcategories/{subcategory}",
            get_subcategory,
            ("小类及其立案条件", "A sub-category with its conditions"),
            answer=SubCategoryDetail,
        ),
        _reading(
            "/catalogue/conditions",
            list_conditions,
            ("立案条件列表", "Filing conditions"),
            query=ConditionFilter,
            answer=ConditionList,
        ),
        _reading(
            "/catalogue/conditions/{condition}", get_condition, ("立案条件", "A condition"), answer=ConditionShown
        ),
        *exchange_routes(EXCHANGE),
    ),
)
