"""Every expression is bounded, in its text and in its evaluation."""

import pytest

from engine.feel import FeelLimitExceeded, compile_expression

DOUBLING = "for i in 1..{n} return if i = 1 then {first} else {again}"


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("1" * 20_001, "length"),
        ("1" + "+1" * 4000, "tokens"),
        ("(" * 100 + "1" + ")" * 100, "depth"),
        ("-" * 100 + "1", "depth"),
        ("[" * 100, "depth"),
        ("a" + ".b" * 100, "depth"),
        ("a" + "[1]" * 100, "depth"),
        ("1" + "=1" * 100, "depth"),
        ("x instance of " + "list<" * 100 + "number", "depth"),
        ("1 in (" * 100, "depth"),
        ("]1.." * 100, "depth"),
    ],
)
def test_a_text_beyond_a_limit_is_refused(text, limit):
    with pytest.raises(FeelLimitExceeded) as refused:
        compile_expression(text)
    assert refused.value.limit == limit
    assert str(refused.value.allowed) in refused.value.message_zh


@pytest.mark.parametrize("text", ["1" + "+1" * 1500, "true" + " and true" * 1500, '"a"' + '+"a"' * 900])
def test_a_long_chain_is_no_deep_nesting(value, text):
    assert value(text) is not None


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("for i in 1..1000000000 return i", "items"),
        ("[1..1000000000][1]", None),
        ("for i in [1..1000000000] return i", "items"),
        ("for i in 1..10000 return for j in 1..10000 return j", "steps"),
        ("{f: function(x) f(x), r: f(1)}.r", "depth"),
        (DOUBLING.format(n=99, first='"a"', again="partial[-1] + partial[-1]"), "characters"),
        (DOUBLING.format(n=99, first="[1]", again="concatenate(partial[-1], partial[-1])"), "steps"),
        (DOUBLING.format(n=50, first="[1]", again="[partial[-1], partial[-1]]"), "steps"),
        (f"string({DOUBLING.format(n=50, first='[1]', again='[partial[-1], partial[-1]]')})", "steps"),
        (f"flatten({DOUBLING.format(n=50, first='[1]', again='[partial[-1], partial[-1]]')})", "steps"),
        (DOUBLING.format(n=2000, first="[1]", again="[partial[-1]]") + "[-1]", "steps"),
        (
            '{s: for i in 1..18 return if i = 1 then "a" else partial[-1] + partial[-1], '
            'r: replace(s[-1], "a", s[-1])}.r',
            "characters",
        ),
        (
            '{s: for i in 1..18 return if i = 1 then "a" else partial[-1] + partial[-1], r: split(s[-1], "a")}.r',
            "steps",
        ),
        ("sort(for i in 1..20000 return modulo(i * 7919, 20011))", "steps"),
        ("distinct values(for i in 1..2000 return [i])", "steps"),
    ],
)
def test_an_evaluation_beyond_a_limit_is_stopped(value, text, limit):
    if limit is None:
        assert value(text) is not None
        return
    with pytest.raises(FeelLimitExceeded) as stopped:
        value(text)
    assert stopped.value.limit == limit


def test_all_expressions_of_one_evaluation_share_its_budget(bounded):
    evaluation = bounded(steps=100)
    expression = compile_expression("count(for i in 1..20 return i)")
    assert expression.evaluate({}, evaluation) == 20
    assert expression.evaluate({}, evaluation) == 20
    with pytest.raises(FeelLimitExceeded):
        expression.evaluate({}, evaluation)


@pytest.mark.parametrize(
    "text",
    ["x.__class__", '"a".__class__', "{}.__class__.__mro__", "now.__globals__", "count.name", "x.get"],
)
def test_no_attribute_of_python_can_be_reached(value, text):
    assert value(text, {"x": {"a": 1}}) is None


@pytest.mark.parametrize(
    "text",
    ['matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+$")', 'split("aaaaaaaaaaaaaaaaaaaaaaa!", "(a|a)*$")'],
)
def test_a_pattern_that_would_backtrack_is_harmless(value, text):
    assert value(text) is not None


def test_a_pattern_that_would_compile_forever_is_refused(value, evaluation):
    assert value('matches("a", "' + "(a?){1000}" * 90 + '")') is None
    assert [warning.code for warning in evaluation.warnings] == ["call.refused"]
