"""The published forms as the bus asks them: what is typed is judged whole, and what it names must exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.errors import Invalid, InvalidState
from forms import FormRefused, standard_forms
from processes.cases import FormLibrary, Registers, check_form
from processes.catalogue.sample.reading import sample_catalogue

CATALOGUE = sample_catalogue()
REGISTERS = Registers(
    catalogue=lambda: CATALOGUE, catalogue_version=lambda: 1, units=lambda: {"U12"}, place_of=lambda _: None
)
SOURCES = standard_forms()
SHANGHAI = ZoneInfo("Asia/Shanghai")
MAY = datetime(2026, 5, 1, tzinfo=UTC)


class Rows:
    """Stands in for a connection that answers the published forms, each in one version; its bytes are its hash."""

    def __init__(self, sources: Mapping[str, bytes]) -> None:
        self._sources = sources
        #: Bytes that were asked for, in order.
        self.fetched: list[bytes] = []

    async def fetch(self, sql: str, argument: Any) -> list[dict[str, Any]]:
        if "source" not in sql:
            kept = {"number": 1, "state": "published", "version_tag": ""}
            return [{"key": key, "sha": source, **kept} for key, source in self._sources.items()]
        self.fetched += argument
        return [{"sha": source, "source": source} for source in argument]


async def library(sources: Mapping[str, bytes] = SOURCES) -> FormLibrary:
    forms = FormLibrary(REGISTERS, SHANGHAI)
    forms.replace(await forms.read(Rows(sources)))
    return forms


async def test_reading_again_fetches_only_what_is_new() -> None:
    forms = FormLibrary(REGISTERS, SHANGHAI)
    await forms.read(Rows({"closure": SOURCES["closure"]}))
    again = Rows({"closure": SOURCES["closure"], "filing": SOURCES["filing"]})
    await forms.read(again)
    assert again.fetched == [SOURCES["filing"]]


async def test_what_was_read_counts_only_once_it_is_in_force() -> None:
    forms = FormLibrary(REGISTERS, SHANGHAI)
    content = await forms.read(Rows(SOURCES))
    assert forms.bound("closure", "") == 0
    forms.replace(content)
    assert forms.bound("closure", "") == 1


def pointers(refused: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [error["pointer"] for error in refused.value.details["errors"]]


async def test_an_answer_comes_back_with_every_field_of_the_form() -> None:
    forms = await library()
    assert forms.accept("dispatch", 1, {"decision": "dispatch", "responsible_unit": "U12"}, MAY) == {
        "decision": "dispatch",
        "responsible_unit": "U12",
        "reason": None,
        "instruction": None,
    }


async def test_every_error_is_listed_below_data() -> None:
    forms = await library()
    with pytest.raises(Invalid) as refused:
        forms.accept("disposal", 1, {"result": "gone", "role": "admin"}, MAY)
    assert pointers(refused) == ["/data/measures", "/data/result", "/data/role"]
    assert refused.value.pointer == "/data/measures"
    assert "3" in refused.value.message_zh


@pytest.mark.parametrize(
    ("form", "data", "pointer"),
    [
        ("dispatch", {"decision": "dispatch", "responsible_unit": "U99"}, "/data/responsible_unit"),
        ("filing", {"decision": "file", "condition": "component-9999-01"}, "/data/condition"),
    ],
)
async def test_what_an_answer_names_must_exist(form: str, data: dict[str, Any], pointer: str) -> None:
    forms = await library()
    with pytest.raises(Invalid) as refused:
        forms.accept(form, 1, data, MAY)
    assert pointers(refused) == [pointer]


SNOW = replace(CATALOGUE.conditions[0], number=90, text="积雪", season="11-15..03-15")
WITH_SNOW = replace(CATALOGUE, conditions=(*CATALOGUE.conditions, SNOW))


@pytest.mark.parametrize(
    ("at", "is_refused"),
    [
        # In Shanghai it is the next day already.
        (datetime(2026, 11, 14, 15, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 14, 16, 0, tzinfo=UTC), False),
        (datetime(2026, 3, 15, 15, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 15, 16, 0, tzinfo=UTC), True),
    ],
)
async def test_a_condition_out_of_season_is_refused_by_the_citys_day(at: datetime, is_refused: bool) -> None:
    forms = FormLibrary(replace(REGISTERS, catalogue=lambda: WITH_SNOW), SHANGHAI)
    forms.replace(await forms.read(Rows(SOURCES)))
    answer = {"decision": "file", "condition": SNOW.key, "urgency": "normal"}
    if not is_refused:
        assert forms.accept("filing", 1, answer, at)["condition"] == SNOW.key
        return
    with pytest.raises(Invalid) as refused:
        forms.accept("filing", 1, answer, at)
    (error,) = refused.value.details["errors"]
    assert (error["pointer"], error["code"]) == ("/data/condition", "out_of_season")
    assert SNOW.season in error["message_zh"]


async def test_a_form_is_shown_as_its_file_says() -> None:
    shown = (await library()).shown("closure", 1)
    assert (shown["key"], shown["title"]["zh"]) == ("closure", "结案")


async def test_a_form_that_is_not_published_cannot_be_answered() -> None:
    with pytest.raises(InvalidState) as refused:
        (await library({})).accept("closure", 1, {}, MAY)
    assert refused.value.code == "form_not_published"


async def test_one_form_that_cannot_be_used_leaves_the_others_usable() -> None:
    forms = await library({"broken": b"{}", "closure": SOURCES["closure"]})
    assert forms.accept("closure", 1, {"decision": "close"}, MAY)["decision"] == "close"
    with pytest.raises(InvalidState) as refused:
        forms.accept("broken", 1, {}, MAY)
    assert refused.value.code == "form_unusable"


def test_a_form_is_checked_before_it_is_published() -> None:
    checked = check_form(SOURCES["closure"])
    assert (checked.key, checked.name) == ("closure", "结案")
    with pytest.raises(Invalid) as refused:
        check_form(SOURCES["closure"].replace(b'"choice"', b'"checkbox"'))
    assert isinstance(refused.value.__cause__, FormRefused)
    assert "/layout/0/0/widget" in pointers(refused)
