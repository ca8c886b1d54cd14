"""What becomes of the rows that match."""

import pytest

from engine.feel import to_json

#: Rows 1 and 2 match a = 5, rows 2 and 3 match a = 15, none matches a = 99.
ROWS = [["[0..9]", "-", '"low"'], ["[5..19]", "-", '"middle"'], ["[10..20]", "-", '"high"']]
NUMBERS = [["> 0", "-", "1"], ["> 0", "-", "3"], ["> 5", "-", "5"]]


def _outputs(model, decide, table, a, **options):
    result = decide(model(table(options.pop("rows", ROWS), **options)), "d", a=a, b=None)
    return to_json(result.outputs)


@pytest.mark.parametrize(
    ("policy", "a", "expected"),
    [
        ("UNIQUE", 1, "low"),
        ("UNIQUE", 5, None),
        ("FIRST", 5, "low"),
        ("FIRST", 15, "middle"),
        ("RULE ORDER", 15, ["middle", "high"]),
        ("COLLECT", 15, ["middle", "high"]),
        ("ANY", 1, "low"),
        ("ANY", 5, None),
        ("UNIQUE", 99, None),
        ("COLLECT", 99, None),
    ],
)
def test_a_policy_chooses_among_matching_rows(model, decide, table, policy, a, expected):
    assert _outputs(model, decide, table, a, policy=policy) == expected


@pytest.mark.parametrize(("policy", "expected"), [("PRIORITY", "high"), ("OUTPUT ORDER", ["high", "middle"])])
def test_the_list_of_output_values_gives_the_order(model, decide, table, policy, expected):
    outputs = [{"values": '"high", "middle", "low"'}]
    assert _outputs(model, decide, table, 15, policy=policy, outputs=outputs) == expected


@pytest.mark.parametrize(
    ("aggregation", "a", "expected"),
    [
        ("SUM", 9, 9),
        ("MIN", 9, 1),
        ("MAX", 9, 5),
        ("COUNT", 9, 3),
        ("COUNT", -1, 0),
        ("SUM", -1, None),
        ("", 1, [1, 3]),
    ],
)
def test_collected_outputs_are_aggregated(model, decide, table, aggregation, a, expected):
    found = _outputs(model, decide, table, a, rows=NUMBERS, policy="COLLECT", aggregation=aggregation)
    assert found == expected


def test_several_outputs_are_a_context(model, decide, table):
    outputs = [{"name": "unit", "type": "string"}, {"name": "limit", "type": "number"}]
    loaded = model(table([['"A"', "> 1", '"city"', "4 * b"]], outputs=outputs))
    assert to_json(decide(loaded, "d", a="A", b=2).outputs) == {"unit": "city", "limit": 8}


def test_a_default_answers_when_no_row_does(model, decide, table):
    loaded = model(table(ROWS, outputs=[{"default": '"none"'}]))
    assert decide(loaded, "d", a=99, b=None).outputs == "none"


def test_equal_answers_satisfy_the_any_policy(model, decide, table):
    rows = [["> 1", "-", "1"], ["> 2", "-", "1.0"]]
    assert decide(model(table(rows, policy="ANY")), "d", a=3, b=None).outputs == 1


def test_empty_cells_and_dashes_let_everything_pass(model, decide, table):
    assert decide(model(table([["", "-", "1"]])), "d", a=None, b="x").outputs == 1


def test_a_value_outside_the_allowed_ones_makes_the_table_null(model, decide, table, evaluation):
    columns = [{"expression": "a", "allowed": '"A", "B"'}, {"expression": "b"}]
    loaded = model(table([["-", "-", "1"]], columns=columns))
    assert decide(loaded, "d", a="A", b=1).outputs == 1
    assert decide(loaded, "d", a="C", b=1).outputs is None
    assert [warning.code for warning in evaluation.warnings] == ["table.input"]


@pytest.mark.parametrize(
    ("policy", "a", "code"), [("UNIQUE", 5, "table.several"), ("ANY", 5, "table.differ"), ("UNIQUE", 99, "table.none")]
)
def test_a_null_answer_says_why(model, decide, table, evaluation, policy, a, code):
    decide(model(table(ROWS, policy=policy)), "d", a=a, b=None)
    assert [warning.code for warning in evaluation.warnings] == [code]


def test_the_result_proves_why(model, decide, table):
    result = decide(model(table(ROWS, policy="RULE ORDER")), "d", a=15, b=1)
    (match,) = result.matched
    assert (match.table_id, [(rule.rule_id, rule.row) for rule in match.rules]) == ("t", [("r2", 2), ("r3", 3)])
    assert match.inputs == (("a", 15), ("b", 1))
    assert result.inputs == {"a": 15, "b": 1}
    assert [(trace.decision_id, trace.value) for trace in result.decisions] == [("d", ["middle", "high"])]


def test_cells_may_read_their_input_and_other_names(model, decide, table):
    rows = [["? > b and ? < b * 10", "-", '"between"'], ["<= b", "-", '"below"'], [">= b * 10", "-", '"above"']]
    loaded = model(table(rows))
    assert [decide(loaded, "d", a=a, b=2).outputs for a in (1, 5, 20)] == ["below", "between", "above"]
