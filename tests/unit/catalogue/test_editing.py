"""One entry put in, changed or retired: the rest stays, and what does not fit is refused with its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from processes.catalogue import (
    KINDS,
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

CLASS = CategoryClass("component", "01", "公用设施")
GRATE = SubCategory("component", "01", "04", "雨水箅子")
LAMP = SubCategory("component", "01", "37", "路灯")
MISSING = FilingCondition(GRATE.key, 1, "缺失", TimeLimit(2, "urgent_hour"), "补齐")
BROKEN = replace(MISSING, number=2, text="破损", limit=TimeLimit(2, "work_day"))
WHOLE = Catalogue(tuple(KINDS), (CLASS,), (GRATE,), (MISSING, BROKEN))
NOTHING = Catalogue((), (), (), ())


def refusal(change: Callable[[], Any]) -> tuple[str, str]:
    with pytest.raises(CatalogueError) as refused:
        change()
    assert refused.value.message_zh
    assert refused.value.message_en
    return refused.value.code, refused.value.pointer


def test_the_first_class_of_an_empty_catalogue_brings_the_kinds() -> None:
    made = with_class(NOTHING, CLASS)
    assert (made.kinds, made.classes) == (tuple(KINDS), (CLASS,))


def test_a_changed_class_stays_in_its_place() -> None:
    other = CategoryClass("component", "02", "道路交通设施")
    made = with_class(with_class(WHOLE, other), replace(CLASS, name="公用"))
    assert [entry.name for entry in made.classes] == ["公用", "道路交通设施"]
    assert made.conditions == WHOLE.conditions


def test_a_class_is_retired_when_it_is_empty() -> None:
    assert refusal(lambda: without_class(WHOLE, CLASS.key))[0] == "class_in_use"
    assert without_class(without_subcategory(WHOLE, GRATE.key), CLASS.key).classes == ()


def test_a_kind_or_a_class_that_is_not_there_is_no_parent() -> None:
    assert refusal(lambda: with_class(WHOLE, CategoryClass("x", "01", "x")))[0] == "no_parent"
    lost = replace(LAMP, class_code="09")
    first = [replace(MISSING, subcategory=lost.key)]
    assert refusal(lambda: with_new_subcategory(WHOLE, lost, first, ()))[0] == "no_parent"


def test_a_new_subcategory_comes_with_conditions_numbered_after_all_that_were_given() -> None:
    first = [replace(MISSING, subcategory=LAMP.key, number=0, text=text) for text in ("不亮", "倾斜")]
    assert refusal(lambda: with_new_subcategory(WHOLE, LAMP, [], ())) == ("no_condition", "/conditions")
    made = with_new_subcategory(WHOLE, LAMP, first, {1, 4})
    assert [each.number for each in made.conditions_of(LAMP.key)] == [5, 6]


def test_a_changed_subcategory_keeps_its_conditions() -> None:
    made = with_subcategory(WHOLE, replace(GRATE, aliases=("箅子",)))
    assert made.subcategory(GRATE.key).aliases == ("箅子",)
    assert made.conditions == WHOLE.conditions
    assert refusal(lambda: with_subcategory(WHOLE, LAMP))[0] == "unknown_key"


def test_a_condition_is_changed_under_its_number_and_a_new_one_takes_a_number_never_given() -> None:
    later = replace(BROKEN, limit=TimeLimit(3, "work_day"))
    assert with_condition(WHOLE, later, {1, 2}).condition(BROKEN.key).limit.amount == 3
    new = replace(MISSING, number=3, text="堵塞")
    assert refusal(lambda: with_condition(WHOLE, new, {1, 2, 3})) == ("number_given", "/number")
    assert with_condition(WHOLE, new, {1, 2}).condition(new.key) == new


def test_two_conditions_that_say_the_same_cannot_be_told_apart() -> None:
    assert refusal(lambda: with_condition(WHOLE, replace(BROKEN, text="缺失"), {1, 2})) == ("condition_stands", "/text")
    made = with_condition(WHOLE, replace(BROKEN, text="缺失", season="11-15..03-15"), {1, 2})
    assert len(made.conditions) == 2


def test_the_last_condition_of_a_subcategory_stays() -> None:
    left = without_condition(WHOLE, BROKEN.key)
    assert left.conditions == (MISSING,)
    assert refusal(lambda: without_condition(left, MISSING.key))[0] == "no_condition"


@pytest.mark.parametrize("retire", [without_class, without_subcategory, without_condition])
def test_what_is_not_there_cannot_be_retired(retire: Callable[[Catalogue, str], Catalogue]) -> None:
    assert refusal(lambda: retire(WHOLE, "component-99"))[0] == "unknown_key"


def test_words_become_codes() -> None:
    said = replace(
        MISSING,
        limit=TimeLimit(2, "工作日"),
        milestones=(
            Milestone("消除隐患", TimeLimit(1, "紧急工作时"), "围护"),
            Milestone("修复", TimeLimit(2, "工作日"), "补齐"),
        ),
        evidence=(EvidenceRule("核查", "照片", 2),),
    )
    checked = checked_condition(said)
    assert checked.limit == TimeLimit(2, "work_day")
    assert [each.code for each in checked.milestones] == ["make_safe", "repair"]
    assert checked.milestones[0].limit.unit == "urgent_hour"
    assert checked.evidence == (EvidenceRule("verify", "photo", 2),)


REPAIR = Milestone("repair", TimeLimit(2, "urgent_hour"), "补齐")


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"limit": TimeLimit(1, "fortnight")}, "unknown_term", "/c/limit/unit"),
        ({"milestones": (replace(REPAIR, code="x"),)}, "unknown_term", "/c/milestones/0/code"),
        ({"milestones": (REPAIR, REPAIR)}, "duplicate_milestone", "/c/milestones/1/code"),
        ({"milestones": (replace(REPAIR, closing="围护"),)}, "milestones_end_elsewhere", "/c/milestones/0"),
        ({"evidence": (EvidenceRule("report", "smell"),)}, "unknown_term", "/c/evidence/0/medium"),
    ],
)
def test_what_a_condition_cannot_mean_is_refused_where_it_stands(
    change: dict[str, Any], code: str, pointer: str
) -> None:
    assert refusal(lambda: checked_condition(replace(MISSING, **change), root="/c")) == (code, pointer)
