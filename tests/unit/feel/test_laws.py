"""Laws that hold for any text and any value."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel import (
    STANDARD,
    Date,
    Evaluation,
    FeelError,
    FeelLimitExceeded,
    FeelSyntaxError,
    Limits,
    compile_expression,
    compile_unary_tests,
    to_json,
)

PIECES = st.sampled_from(
    [
        *("1", "2.5", '"a"', "x", "null", "true", '@"2026-11-22"', '@"PT1H"', "?", "item"),
        *("+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "..", ".", ",", ":"),
        *("(", ")", "[", "]", "{", "}", "<", ">", "->", "@", "'", "`a b`"),
        *(" and ", " or ", " in ", " between ", " instance of ", " if ", " then ", " else ", " for "),
        *(" return ", " some ", " every ", " satisfies ", " function(", " not(", " external ", "number"),
        *(function.name + "(" for function in STANDARD),
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join))
BOOLEANS = st.sampled_from(["true", "false", "null"])
VALUES = st.sampled_from(
    ["1", '"a"', "null", "true", "[1, 2]", "{a: 1}", '@"2026-11-22"', '@"10:00:00Z"', '@"P1D"', "[1..5]"]
)
COMPARABLE = st.sampled_from(["1", "2", "3", '"a"', '"b"', '@"2026-11-22"', '@"2026-11-23"', "null"])


def _evaluation():
    now = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    return Evaluation(now=now, zone=UTC, limits=Limits(steps=5000, items=1000, characters=10_000))


def _value(text):
    return compile_expression(text).evaluate({}, _evaluation())


@settings(max_examples=400)
@given(TEXTS)
def test_any_text_is_compiled_and_evaluated_or_refused(text):
    for compile_text in (compile_expression, compile_unary_tests):
        refusal = _refusal_of(compile_text, text)
        assert refusal is None or refusal.message_zh


def _refusal_of(compile_text, text):
    try:
        expression = compile_text(text)
        value = expression.evaluate({"x": None, "?": None}, _evaluation())
        assert isinstance(expression.reads, tuple)
    except (FeelSyntaxError, FeelLimitExceeded) as refused:
        return refused
    try:
        to_json(value)
    except FeelError as refused:
        return refused
    return None


@given(BOOLEANS, BOOLEANS)
def test_de_morgan_holds_in_three_values(a, b):
    assert _value(f"not({a} and {b})") is _value(f"not({a}) or not({b})")
    assert _value(f"not({a} or {b})") is _value(f"not({a}) and not({b})")


@given(BOOLEANS, BOOLEANS, BOOLEANS)
def test_and_and_or_are_associative_and_distributive(a, b, c):
    assert _value(f"({a} and {b}) and {c}") is _value(f"{a} and ({b} and {c})")
    assert _value(f"{a} and ({b} or {c})") is _value(f"({a} and {b}) or ({a} and {c})")


@given(VALUES, VALUES)
def test_and_and_or_are_commutative_for_any_values(a, b):
    assert _value(f"({a}) and ({b})") is _value(f"({b}) and ({a})")
    assert _value(f"({a}) or ({b})") is _value(f"({b}) or ({a})")


@given(VALUES, VALUES)
def test_equality_is_symmetric_and_unequal_its_opposite(a, b):
    equal, unequal = _value(f"{a} = {b}"), _value(f"{a} != {b}")
    assert equal is _value(f"{b} = {a}")
    assert unequal is (None if equal is None else not equal)


@given(VALUES)
def test_every_value_equals_itself(a):
    assert _value(f"{a} = {a}") is True


@given(COMPARABLE, COMPARABLE)
def test_exactly_one_order_holds_between_comparable_values(a, b):
    outcomes = [_value(f"{a} {operator} {b}") for operator in ("<", ">")]
    equal = _value(f"{a} = {b}") if outcomes[0] is not None else None
    assert outcomes == [None, None] or [*outcomes, equal].count(True) == 1
    assert _value(f"{a} <= {b}") is _value(f"{b} >= {a}")


@given(COMPARABLE, COMPARABLE, COMPARABLE)
def test_between_is_both_comparisons(a, low, high):
    low_holds, high_holds = _value(f"{a} >= {low}"), _value(f"{a} <= {high}")
    expected = None if low_holds is None or high_holds is None else low_holds and high_holds
    assert _value(f"{a} between {low} and {high}") is expected


@given(st.integers(-3_650_000, 3_650_000))
def test_a_date_is_its_count_of_days(days):
    date = Date.from_days(days)
    assert date.days == days
    assert _value(f'@"{date}" + @"P1D"') == Date.from_days(days + 1)


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**6))
def test_modulo_and_floor_belong_together(dividend, divisor):
    assert _value(f"{dividend} = floor({dividend} / {divisor}) * {divisor} + modulo({dividend}, {divisor})")


@given(st.lists(st.integers(-5, 5), max_size=6))
def test_sorting_keeps_the_items_and_orders_them(numbers):
    assert _value(f"sort({numbers})") == sorted(numbers)


@given(st.lists(st.sampled_from(["1", "1.0", "null", '"a"', "[1]", "true"]), max_size=6))
def test_distinct_values_are_pairwise_different(items):
    distinct = _value(f"distinct values([{', '.join(items)}])")
    for index, item in enumerate(distinct):
        assert not any(type(item) is type(other) and item == other for other in distinct[:index])
