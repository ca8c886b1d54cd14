"""The lint finds what loads and yet will not do what was meant."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.dmn import Severity, lint_model, load_model
from engine.feel import Evaluation, compile_unary_tests, from_json
from tests.unit.dmn.models import model_document, table_decision

TYPED = ({"expression": "a", "type": "string"}, {"expression": "b", "type": "number"})


def _rules(model, rows, **options):
    findings = lint_model(model(table_decision(rows, columns=options.pop("columns", TYPED), **options)))
    return [(finding.rule, finding.row) for finding in findings]


def test_rows_that_match_together_break_the_unique_policy(model):
    rows = [['"A"', "> 5", "1"], ['"A"', "[3..6]", "2"], ["-", "<= 5", "3"], ['not("A")', "> 5", "4"]]
    assert _rules(model, rows) == [("overlap", 2), ("overlap", 3)]


def test_an_overlap_is_shown_by_example(model):
    rows = [['"A"', "> 5", "1"], ['"A"', "(5..6]", "2"], ['"A"', "<= 5", "3"], ['not("A")', "-", "4"]]
    (finding,) = lint_model(model(table_decision(rows, columns=TYPED)))
    assert 'a = "A", b in (5..6)' in finding.message_zh
    assert 'a = "A", b in (5..6)' in finding.message_en
    assert (finding.element_id, finding.severity) == ("r2", Severity.ERROR)


@pytest.mark.parametrize(
    "rows",
    [
        [['"A"', "> 5", "1"], ['"A"', "<= 5", "2"], ['not("A")', "-", "3"]],
        [['"A", "B"', "-", "1"], ['not("A", "B")', "< 0", "2"], ['not("A", "B")', ">= 0", "3"]],
        [["-", "[0..10)", "1"], ["-", "< 0", "2"], ["-", ">= 10", "3"]],
        [["-", "!= 3", "1"], ["-", "3", "2"]],
    ],
)
def test_a_complete_table_without_overlap_is_left_alone(model, rows):
    assert _rules(model, rows) == []


@pytest.mark.parametrize(
    ("rows", "example"),
    [
        ([["-", "> 5", "1"]], "b < 5"),
        ([["-", "> 5", "1"], ["-", "< 5", "2"]], "b = 5"),
        ([['"A"', "-", "1"]], 'not(a in ("A"))'),
        ([['"A"', "> 5", "1"], ['not("A")', "-", "2"], ['"A"', "< 5", "3"]], 'a = "A", b = 5'),
    ],
)
def test_a_gap_is_shown_by_example(model, rows, example):
    (finding,) = lint_model(model(table_decision(rows, columns=TYPED)))
    assert finding.rule == "gap"
    assert example in finding.message_zh


def test_allowed_values_close_the_domain(model):
    columns = ({"expression": "a", "type": "string", "allowed": '"A", "B"'}, {"expression": "b"})
    assert _rules(model, [['"A"', "-", "1"], ['"B"', "-", "2"]], columns=columns) == []
    assert _rules(model, [['"A"', "-", "1"]], columns=columns) == [("gap", None)]


def test_days_side_by_side_leave_no_gap(model):
    columns = ({"expression": "a", "type": "date"}, {"expression": "b"})
    rows = [['<= @"2026-06-30"', "-", "1"], ['>= @"2026-07-01"', "-", "2"]]
    assert _rules(model, rows, columns=columns) == []


@pytest.mark.parametrize(
    "options",
    [{"policy": "COLLECT"}, {"policy": "RULE ORDER"}, {"outputs": [{"default": "0"}]}],
)
def test_a_table_that_may_find_nothing_has_no_gap(model, options):
    assert _rules(model, [["-", "> 5", "1"]], **options) == []


def test_a_row_behind_others_that_cover_it_is_dead(model):
    rows = [['"A"', "< 5", "1"], ['"A"', ">= 5", "2"], ['"A"', "3", "3"], ["-", "-", "4"], ['"B"', "-", "5"]]
    assert _rules(model, rows, policy="FIRST") == [("unreachable", 3), ("unreachable", 5)]


def test_any_tolerates_overlaps_with_equal_answers_only(model):
    rows = [["-", "> 1", "1"], ["-", "> 2", "1"], ["-", "<= 2", "2"]]
    assert _rules(model, rows, policy="ANY") == [("differ", 3)]


def test_a_cell_that_can_never_hold_is_found(model):
    columns = ({"expression": "a", "type": "string", "allowed": '"A", "B"'}, {"expression": "b", "type": "number"})
    rows = [['"A", "B"', "-", "1"], ['"A"', "[5..3]", "2"]]
    assert ("impossible", 2) in _rules(model, rows, columns=columns)


@pytest.mark.parametrize(
    ("row", "options", "expected"),
    [
        (['"A"', '"five"', "1"], {}, "type"),
        (["5", "-", "1"], {}, "type"),
        (["-", '> @"2026-01-01"', "1"], {}, "type"),
        (["-", "-", '"x"'], {"outputs": [{"type": "number"}]}, "type"),
        (["-", "-", '"x"'], {"outputs": [{"values": '"y", "z"'}]}, "not_allowed"),
        (["-", "-", ""], {}, "empty"),
        (["-", "-", "1"], {"policy": "PRIORITY"}, "no_values"),
    ],
)
def test_values_of_the_wrong_kind_are_found(model, row, options, expected):
    assert expected in [rule for rule, _ in _rules(model, [row], **options)]


@pytest.mark.parametrize(
    ("cell", "rule", "suggestion"),
    [
        ("aa > 1", "feel.name", "a"),
        ("conut(a) > 1", "feel.function", "count"),
        ("? > b + bb", "feel.name", "b"),
    ],
)
def test_an_unknown_name_in_a_cell_is_found_with_its_row(model, cell, rule, suggestion):
    rows = [["-", "> 0", "1"], ["-", cell, "2"]]
    found = [finding for finding in lint_model(model(table_decision(rows))) if finding.rule.startswith("feel")]
    assert [(finding.rule, finding.row, finding.suggestion) for finding in found] == [(rule, 2, suggestion)]


def test_what_cannot_be_read_from_the_text_is_not_judged(model):
    assert _rules(model, [["-", "f(a) > b", "1"], ["-", "a + 1", "2"]]) == [("feel.function", 1)]


NUMBERS = ({"expression": "a", "type": "number"}, {"expression": "b", "type": "number"})


def _matches(row, inputs):
    evaluation = Evaluation(now=datetime(2026, 11, 22, tzinfo=UTC), zone=UTC)
    return all(
        compile_unary_tests(cell).evaluate({"?": from_json(value)}, evaluation) is True
        for cell, value in zip(row, inputs, strict=True)
    )


CELLS = st.sampled_from(["-", "1", "2", "< 2", ">= 2", "[1..3]", "(1..3)", "not(2)", "< 1, > 3", "!= 1"])


@settings(max_examples=40)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4))
def test_the_lint_agrees_with_trying_every_input(rows):
    # Given inputs of every atom: the named values and one between and beside each.
    inputs = [(a / 2, b / 2) for a in range(9) for b in range(9)]
    matching = [[index for index, row in enumerate(rows) if _matches(row, given_)] for given_ in inputs]
    table = [[*row, "1"] for row in rows]

    # When the table is linted.
    found = lint_model(load_model(model_document(table_decision(table, columns=NUMBERS))))

    # Then it has a gap exactly if some input matches no row, and an overlap exactly if some matches two.
    assert any(finding.rule == "gap" for finding in found) == any(not rows_ for rows_ in matching)
    assert any(finding.rule == "overlap" for finding in found) == any(len(rows_) > 1 for rows_ in matching)
