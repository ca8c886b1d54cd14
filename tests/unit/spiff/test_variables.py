"""Variables live in scopes; mappings, scripts and answers write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.errors import Invalid
from engine.events import ExpressionWarned, FactsChanged, VariablesWritten
from engine.feel import Date
from tests.unit.spiff.drawing import (
    chain,
    document,
    element,
    end,
    exclusive,
    extensions,
    flow,
    mapping,
    parallel,
    script,
    start,
    sub,
    user,
)
from tests.unit.spiff.driving import Case


def case(*parts: str, **variables: object) -> Case:
    driven = Case(document(*parts), reloads=True)
    driven.start(**variables)
    return driven


def written(driven: Case, element_id: str) -> list[dict[str, object]]:
    return [event.values for event in driven.of(VariablesWritten) if event.element == element_id]


def test_start_variables_are_written_to_the_root_scope() -> None:
    driven = case(start(), user("a"), chain("start", "a"), n=3, who="张三")
    event = driven.of(VariablesWritten)[0]
    assert (event.element, event.values, event.scope) == ("start", {"n": 3, "who": "张三"}, 2)


def test_an_answer_without_mapping_is_written_entry_by_entry() -> None:
    driven = case(start(), user("a"), script("s", "= x + 1", "y"), user("b"), chain("start", "a", "s", "b"))
    driven.complete("a", x=1)
    assert written(driven, "a") == [{"x": 1}]
    assert written(driven, "s") == [{"y": 2}]


def test_output_mappings_alone_decide_what_is_written() -> None:
    parts = (start(), user("a", mapping(outputs={"total": "= x * 2", "note": "fixed"})), user("b"))
    driven = case(*parts, chain("start", "a", "b"))
    driven.complete("a", x=4)
    assert written(driven, "a") == [{"total": 8, "note": "fixed"}]


def test_input_mappings_make_variables_of_the_activity_alone() -> None:
    driven = case(
        start(),
        user("a", mapping(inputs={"mine": "= n + 1"}, outputs={"seen": "= mine"})),
        script("s", '= if mine = null then "gone" else "there"', "result"),
        user("b"),
        chain("start", "a", "s", "b"),
        n=1,
    )
    driven.complete("a")
    assert written(driven, "a") == [{"mine": 2}, {"seen": 2}]
    assert written(driven, "s") == [{"result": "gone"}]


def test_later_mappings_see_the_earlier_ones() -> None:
    driven = case(
        start(),
        user("a", mapping(inputs={"x": "= n", "y": "= x + 1"}, outputs={"p": "= y + q", "r": "= p * 2"})),
        user("b"),
        chain("start", "a", "b"),
        n=1,
    )
    driven.complete("a", q=10)
    assert written(driven, "a") == [{"x": 1, "y": 2}, {"p": 12, "r": 24}]


def test_a_sub_process_with_inputs_keeps_its_own_variables() -> None:
    inside = (start("s"), script("set", "= own + 1", "own"), user("a"), chain("s", "set", "a"))
    driven = case(
        start(),
        sub("part", *inside, inner=extensions(mapping(inputs={"own": "= 10"}, outputs={"result": "= own"}))),
        script("look", "= own", "seen"),
        user("b"),
        chain("start", "part", "look", "b"),
    )
    driven.complete("a")
    assert written(driven, "part") == [{"own": 10}, {"result": 11}]
    assert written(driven, "look") == [{"seen": None}]


def test_a_variable_is_written_where_it_is_found_else_at_the_root() -> None:
    inside = (start("s"), script("set", "= 2", "outer"), user("a"), chain("s", "set", "a"))
    driven = case(start(), sub("part", *inside), user("b"), chain("start", "part", "b"), outer=1)
    scopes = {event.scope for event in driven.of(VariablesWritten)}
    assert scopes == {2}


def test_a_later_write_over_another_branchs_value_is_recorded() -> None:
    parts = (start(), parallel("fork"), user("a"), user("b"), parallel("join"), user("c"))
    flows = (chain("start", "fork", "a", "join", "c"), chain("fork", "b", "join"))
    driven = case(*parts, *flows, x=0)
    driven.complete("a", x=1, only_a=1)
    driven.complete("b", x=2)
    assert [event.overwritten for event in driven.of(VariablesWritten)] == [[], [], ["x"]]
    driven.complete("c", x=3)
    assert driven.of(VariablesWritten)[-1].overwritten == []


def test_decimals_and_temporal_values_survive_storing() -> None:
    driven = Case(document(start(), script("s", '= date("2026-02-03")', "d"), user("a"), chain("start", "s", "a")))
    driven.start(price=Decimal("1.50"), exact=Decimal("1E+3"))
    driven.reload()
    scope = next(iter(driven.tree._instances.values())).scope
    assert str(scope.values["price"]) == "1.50"
    assert str(scope.values["exact"]) == "1E+3"
    assert scope.values["d"] == Date(2026, 2, 3)


def test_facts_are_set_by_output_mappings_only_and_read_as_case() -> None:
    driven = case(
        start(),
        user("a", mapping(outputs={"case.level": "= n"})),
        exclusive("g", default="g-b"),
        user("b"),
        user("c"),
        chain("start", "a", "g", "b"),
        flow("g", "c", "= case.level > 2"),
    )
    driven.complete("a", n=3)
    assert driven.open == ["c"]
    assert [event.facts for event in driven.of(FactsChanged)] == [{"level": "3"}]


def test_a_script_without_result_variable_writes_the_entries_of_its_context() -> None:
    inner = "<bpmn:script>{a: 1, b: a + 1}</bpmn:script>"
    driven = case(start(), element("scriptTask", "s", inner, scriptFormat="feel"), user("u"), chain("start", "s", "u"))
    assert written(driven, "s") == [{"a": 1, "b": 2}]


def test_now_is_the_case_time() -> None:
    driven = case(start(), script("s", "= now()", "t"), user("a"), chain("start", "s", "a"))
    assert written(driven, "s") == [{"t": "2026-11-22T16:30:00+08:00"}]


def test_output_mappings_of_a_task_see_the_task() -> None:
    outputs = {"by": "= task.performer", "at": "= task.element", "when": "= string(task.opened_at)"}
    driven = case(start(), user("a", mapping(outputs=outputs)), user("b"), chain("start", "a", "b"))
    driven.complete("a", actor="user:9")
    assert written(driven, "a") == [{"by": "user:9", "at": "a", "when": "2026-11-22T16:30:00+08:00"}]


def test_an_expression_that_reads_an_unknown_name_is_told_about() -> None:
    driven = case(start(), script("s", "= missing.member", "x"), user("a"), chain("start", "s", "a"))
    warned = driven.of(ExpressionWarned)
    assert [(event.element, event.attribute) for event in warned] == [("s", "script")]
    assert warned[0].warnings[0]["message_zh"]


@pytest.mark.parametrize("name", ["case", "task"])
def test_reserved_names_are_refused_as_variables(name: str) -> None:
    driven = Case(document(start(), user("a"), chain("start", "a")))
    driven.start()
    with pytest.raises(Invalid) as refused:
        driven.complete("a", **{name: 1})
    assert (refused.value.code, refused.value.pointer) == ("reserved_name", f"/data/{name}")
    with pytest.raises(Invalid):
        driven.start(**{name: 1})


def test_an_end_is_reached_with_its_variables_forgotten() -> None:
    driven = case(start(), user("a"), end(), chain("start", "a", "end"), big="x" * 1000)
    driven.complete("a")
    assert len(driven.tree.dump()) < 10
