"""The catalogue changed entry by entry: classes, sub-categories, filing conditions with milestones and evidence."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import msgspec

from api.routes import Call, Resource
from api.row_editing import EditOptions, RowRoutes, row_routes
from engine.errors import InvalidState
from processes.catalogue import (
    Catalogue,
    CatalogueError,
    CategoryClass,
    EvidenceRule,
    FilingCondition,
    Milestone,
    SubCategory,
    TimeLimit,
    checked_condition,
    with_class,
    with_condition,
    with_new_subcategory,
    with_subcategory,
    without_class,
    without_condition,
    without_subcategory,
)
from processes.contents import Lines, RegisterName, catalogue_lines, catalogue_of
from processes.registers import Change
from processes.responsibility import rows_naming

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=r"\S")]
Text = Annotated[str, msgspec.Meta(max_length=2_000)]
Required = Annotated[str, msgspec.Meta(min_length=1, max_length=2_000, pattern=r"\S")]
Word = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
#: One of several that stand in a cell of an exported sheet, separated.
Item = Annotated[str, msgspec.Meta(min_length=1, max_length=500, pattern=r"^[^;；\n]*[^;；\s][^;；\n]*$")]
Items = Annotated[list[Item], msgspec.Meta(max_length=50)]
#: A free code, such as A, B, C or 1, 2.
Code = Annotated[str, msgspec.Meta(max_length=20)]


class LimitBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An amount of a unit of time."""

    amount: Annotated[int, msgspec.Meta(ge=1, le=10_000)]
    #: Code or name of a unit: ``GET /catalogue`` lists them.
    unit: Word


class MilestoneBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A step on the way to closing with a limit of its own, counted from filing."""

    code: Word
    limit: LimitBody
    closing: Required


class EvidenceBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much of which medium a step must leave behind."""

    usage: Word
    medium: Word
    least: Annotated[int, msgspec.Meta(ge=1, le=99)] = 1
    same_view: bool = False


class ConditionBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a filing condition is to be."""

    text: Required
    limit: LimitBody
    closing: Required
    limit_class: Code = ""
    area_class: Code = ""
    #: ``11-15..03-15``, or empty for all year.
    season: Code = ""
    #: In order; the last carries the limit and closing condition of the whole.
    milestones: Annotated[list[MilestoneBody], msgspec.Meta(max_length=20)] = []
    #: Empty for the usual rules.
    evidence: Annotated[list[EvidenceBody], msgspec.Meta(max_length=20)] = []
    source: Text = ""

    def condition(self, subcategory: str, number: int, root: str = "") -> FilingCondition:
        """The condition under its number. Raises ``CatalogueError`` with the place of a word that means nothing."""
        said = FilingCondition(
            subcategory,
            number,
            self.text.strip(),
            _limit(self.limit),
            self.closing.strip(),
            limit_class=self.limit_class.strip(),
            area_class=self.area_class.strip(),
            milestones=tuple(
                Milestone(each.code, _limit(each.limit), each.closing.strip()) for each in self.milestones
            ),
            evidence=tuple(EvidenceRule(each.usage, each.medium, each.least, each.same_view) for each in self.evidence),
            source=self.source.strip(),
            season=self.season,
        )
        return checked_condition(said, root=root)


class ClassBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a class is to be."""

    name: Name
    name_en: Annotated[str, msgspec.Meta(max_length=200)] = ""


class SubCategoryBody(ClassBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a sub-category is to be."""

    aliases: Items = []
    unit_types: Items = []
    legal_basis: Text = ""
    hints: Items = []
    #: The first conditions of a new sub-category; those of one that stands are changed one by one.
    conditions: Annotated[list[ConditionBody], msgspec.Meta(max_length=100)] = []

    def entry(self, kind: str, class_code: str, code: str) -> SubCategory:
        """The entry under its code."""
        return SubCategory(
            kind,
            class_code,
            code,
            self.name.strip(),
            self.name_en.strip(),
            aliases=_stripped(self.aliases),
            unit_types=_stripped(self.unit_types),
            legal_basis=self.legal_basis.strip(),
            hints=_stripped(self.hints),
        )


async def _put_class(call: Call[EditOptions, ClassBody]) -> Change:
    kind, _, code = call.path["category_class"].partition("-")

    def change(catalogue: Catalogue) -> Catalogue:
        return with_class(catalogue, CategoryClass(kind, code, call.body.name.strip(), call.body.name_en.strip()))

    return partial(_changed, change)


async def _remove_class(call: Call[EditOptions, None]) -> Change:
    return partial(_changed, lambda catalogue: without_class(catalogue, call.path["category_class"]))


async def _put_subcategory(call: Call[EditOptions, SubCategoryBody]) -> Change:
    key, body = call.path["subcategory"], call.body
    given = await call.platform.editing.numbers_given(key)
    kind, _, code = key.partition("-")

    def change(catalogue: Catalogue) -> Catalogue:
        entry = body.entry(kind, code[:2], code[2:])
        if not any(each.key == key for each in catalogue.subcategories):
            first = [each.condition(key, 0, f"/conditions/{place}") for place, each in enumerate(body.conditions)]
            return with_new_subcategory(catalogue, entry, first, given)
        if body.conditions:
            raise _conditions_stand()
        return with_subcategory(catalogue, entry)

    return partial(_changed, change)


async def _remove_subcategory(call: Call[EditOptions, None]) -> Change:
    key = call.path["subcategory"]
    if rows := rows_naming(call.platform.registers.in_force.lists, key):
        raise InvalidState(
            "subcategory_in_use",
            f"责任清单中还有 {len(rows)} 行写明该小类（如 {rows[0]}），请先改清单",
            f"{len(rows)} rows of the responsibility lists name the sub-category, such as {rows[0]}; change them first",
            details={"rows": list(rows[:20])},
        )
    return partial(_changed, lambda catalogue: without_subcategory(catalogue, key))


async def _put_condition(call: Call[EditOptions, ConditionBody]) -> Change:
    subcategory, _, number = call.path["condition"].rpartition("-")
    given = await call.platform.editing.numbers_given(subcategory)

    def change(catalogue: Catalogue) -> Catalogue:
        return with_condition(catalogue, call.body.condition(subcategory, int(number)), given)

    return partial(_changed, change)


async def _remove_condition(call: Call[EditOptions, None]) -> Change:
    return partial(_changed, lambda catalogue: without_condition(catalogue, call.path["condition"]))


async def _filed_under(call: Call[EditOptions, Any]) -> int:
    return await call.platform.cases.filed_under(call.path["condition"])


def _changed(change: Any, lines: Lines) -> Lines:
    return catalogue_lines(change(catalogue_of(lines)))


def _limit(body: LimitBody) -> TimeLimit:
    return TimeLimit(body.amount, body.unit)


def _stripped(items: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.strip() for item in items))


def _conditions_stand() -> CatalogueError:
    return CatalogueError(
        "conditions_stand",
        "该小类已存在，其立案条件请逐条修改",
        "the sub-category stands already; change its conditions one by one",
        pointer="/conditions",
    )


def _rows(name: str, path: str, words: tuple[str, str], **handlers: Any) -> Any:
    return row_routes(
        RowRoutes(
            register=lambda _: RegisterName.CATALOGUE,
            like=RegisterName.CATALOGUE,
            path=f"/catalogue/{path}",
            name=name,
            zh=words[0],
            en=words[1],
            **handlers,
        )
    )


RESOURCE = Resource(
    name="catalogue-editing",
    title_zh="立案标准的逐条修改",
    title_en="Changes of the catalogue by hand",
    routes=(
        *_rows(
            "class",
            "classes/{category_class}",
            ("大类", "A class"),
            body=ClassBody,
            put=_put_class,
            remove=_remove_class,
        ),
        *_rows(
            "subcategory",
            "subcategories/{subcategory}",
            ("小类", "A sub-category"),
            body=SubCategoryBody,
            put=_put_subcategory,
            remove=_remove_subcategory,
        ),
        *_rows(
            "condition",
            "conditions/{condition}",
            ("立案条件（含节点与取证要求）", "A filing condition with its milestones and evidence rules"),
            body=ConditionBody,
            put=_put_condition,
            remove=_remove_condition,
            open_cases=_filed_under,
        ),
    ),
)
