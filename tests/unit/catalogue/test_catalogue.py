"""Catalogues, their versions, their export, and the sample."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.catalogue import (
    KINDS,
    LIMIT_UNITS,
    Catalogue,
    CatalogueError,
    CategoryClass,
    EvidenceRule,
    FilingCondition,
    Milestone,
    SubCategory,
    Term,
    Terms,
    TimeLimit,
    differences_between,
)
from processes.catalogue.files import catalogue_csv, catalogue_xlsx, read_catalogue
from processes.catalogue.sample import sample_sheet
from processes.catalogue.sample.reading import sample_catalogue

MAY = datetime(2026, 5, 1, tzinfo=UTC)
CLASS = CategoryClass("component", "01", "公用设施")
GRATE = SubCategory("component", "01", "04", "雨水箅子")
MISSING = FilingCondition(GRATE.key, 1, "缺失", TimeLimit(2, "urgent_hour"), "补齐")


def catalogue(*conditions: FilingCondition) -> Catalogue:
    return Catalogue(tuple(KINDS), (CLASS,), (GRATE,), conditions or (MISSING,))


def refusal_code(call: object, *args: object, **kwargs: object) -> str:
    assert callable(call)
    with pytest.raises(CatalogueError) as refused:
        call(*args, **kwargs)
    assert refused.value.message_zh
    return refused.value.code


def test_keys_lead_to_entries() -> None:
    whole = catalogue()
    assert whole.category_class("component-01") is CLASS
    assert whole.subcategory("component-0104") is GRATE
    assert whole.condition("component-0104-01") is MISSING
    assert whole.subcategories_of("component-01") == (GRATE,)
    assert refusal_code(whole.condition, "component-0104-09") == "unknown_key"


def test_an_area_narrows_the_choice_of_conditions() -> None:
    inner = replace(MISSING, number=2, area_class="1")
    outer = replace(MISSING, number=3, area_class="2", limit=TimeLimit(4, "work_hour"))
    whole = catalogue(MISSING, outer, inner)
    assert whole.conditions_of(GRATE.key) == (MISSING, inner, outer)
    assert whole.conditions_of(GRATE.key, area_class="2") == (MISSING, outer)


def test_a_season_narrows_the_choice_of_conditions_by_the_day() -> None:
    planting = replace(MISSING, number=2, season="3-20至05-10")
    snow = replace(MISSING, number=3, season="11-15..03-15")
    whole = catalogue(MISSING, planting, snow)
    assert planting.season == "03-20..05-10"
    found = {
        day: [each.number for each in whole.conditions_of(GRATE.key, on=date.fromisoformat(day))]
        for day in ("2026-03-15", "2026-03-16", "2026-03-20", "2026-05-10", "2026-05-11", "2026-11-15", "2027-01-01")
    }
    assert found == {
        "2026-03-15": [1, 3],
        "2026-03-16": [1],
        "2026-03-20": [1, 2],
        "2026-05-10": [1, 2],
        "2026-05-11": [1],
        "2026-11-15": [1, 3],
        "2027-01-01": [1, 3],
    }
    assert whole.conditions_of(GRATE.key) == (MISSING, planting, snow)


def test_a_season_survives_export_and_import() -> None:
    snow = replace(MISSING, season="11-15..03-15")
    read = read_catalogue(catalogue_csv(catalogue(snow))).catalogue
    assert [condition.season for condition in read.conditions] == ["11-15..03-15"]


@pytest.mark.parametrize("season", ["winter", "11-15", "13-01..02-01", "02-30..03-01", "11-15..", "1-1..1-1..1-1"])
def test_what_is_no_season_is_refused(season: str) -> None:
    assert refusal_code(replace, MISSING, season=season) == "bad_season"


def test_entries_must_fit_together() -> None:
    kinds = tuple(KINDS)
    assert refusal_code(Catalogue, kinds, (CLASS, CLASS), (GRATE,), (MISSING,)) == "duplicate_key"
    assert refusal_code(Catalogue, kinds, (), (GRATE,), (MISSING,)) == "no_parent"
    assert refusal_code(Catalogue, kinds, (CLASS,), (), (MISSING,)) == "no_parent"
    assert refusal_code(Catalogue, (), (CLASS,), (GRATE,), (MISSING,)) == "no_parent"
    assert refusal_code(Catalogue, kinds, (CLASS,), (GRATE,), ()) == "no_condition"


@pytest.mark.parametrize("amount", [0, -1, 10_001])
def test_a_limit_is_a_sensible_amount(amount: int) -> None:
    assert refusal_code(TimeLimit, amount, "work_day") == "bad_limit"


def test_terms_are_found_in_any_spelling_and_never_mean_two_things() -> None:
    assert LIMIT_UNITS.term(" 工作 日 ").code == "work_day"
    assert refusal_code(LIMIT_UNITS.term, "周") == "unknown_term"
    assert refusal_code(Terms, "类", "sort", (Term("a", "甲", "a"), Term("b", "甲", "b"))) == "ambiguous_term"


def test_equal_content_has_no_differences() -> None:
    assert differences_between(catalogue(), catalogue()) == ()


words = st.text("井盖缺失 破损=+-@'\"，；,abcᠤᠯ", min_size=1, max_size=12).map(str.strip).filter(bool)
texts = words.filter(lambda text: not text.startswith("'"))
limits = st.builds(TimeLimit, st.integers(1, 60), st.sampled_from([unit.code for unit in LIMIT_UNITS]))
rules = st.builds(
    EvidenceRule, st.sampled_from(["report", "verify"]), st.sampled_from(["photo", "video"]), st.integers(1, 9)
)


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    wordings = draw(st.lists(texts, min_size=1, max_size=5, unique=True))
    conditions = []
    for number, text in enumerate(wordings, start=1):
        limit, closing = draw(limits), draw(texts)
        milestones: tuple[Milestone, ...] = ()
        if draw(st.booleans()):
            milestones = (Milestone("make_safe", draw(limits), draw(texts)), Milestone("repair", limit, closing))
        conditions.append(
            FilingCondition(
                GRATE.key,
                number,
                text,
                limit,
                closing,
                limit_class=draw(st.sampled_from(["", "A", "C"])),
                milestones=milestones,
                evidence=tuple(draw(st.lists(rules, max_size=2, unique=True))),
            )
        )
    return catalogue(*conditions)


@given(catalogues())
def test_what_is_exported_comes_back_the_same(whole: Catalogue) -> None:
    for exported in (catalogue_csv(whole), catalogue_xlsx(whole)):
        imported = read_catalogue(exported)
        assert imported.catalogue == whole
        assert imported.report.findings == ()


def test_the_sample_is_read_without_a_finding_and_survives_export() -> None:
    imported = read_catalogue(sample_sheet())
    assert imported.report.findings == ()
    assert read_catalogue(catalogue_xlsx(imported.catalogue)).catalogue == imported.catalogue


def test_the_sample_covers_all_classes_of_components_and_incidents() -> None:
    sample = sample_catalogue()
    classes = Counter(entry.kind for entry in sample.classes)
    subcategories = Counter(entry.kind for entry in sample.subcategories)
    assert (classes["component"], classes["incident"]) == (5, 6)
    assert subcategories["component"] >= 30
    assert subcategories["incident"] >= 30
    assert all(condition.source == "样例" for condition in sample.conditions)


def test_the_sample_makes_a_burst_main_safe_first_and_repairs_it_later() -> None:
    (condition,) = sample_catalogue().conditions_of("incident-0501")
    assert [(step.code, step.limit) for step in condition.milestones] == [
        ("make_safe", TimeLimit(1, "urgent_hour")),
        ("repair", TimeLimit(5, "work_day")),
    ]
