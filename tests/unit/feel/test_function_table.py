"""Functions of the host join the table and obey the same rules."""

import pytest

from engine.feel import (
    STANDARD,
    ArgumentRefused,
    Evaluation,
    FeelLimitExceeded,
    Parameter,
    compile_expression,
    from_json,
    table_function,
)


def _text(value):
    if not isinstance(value, str):
        raise ArgumentRefused("应为文字", "expected a string")
    return value


def _repeat(evaluation, text, times=None):
    return text * int(times or 2)


def _broken(evaluation):
    raise ValueError("no such calendar")


def _function(name, parameters, implementation):
    return table_function(name, parameters, implementation, help_zh="例", help_en="An example", example="true")


REPEAT = _function("repeat text", (Parameter("text", _text), Parameter("times", optional=True)), _repeat)
OURS = STANDARD.extended([REPEAT, _function("broken", (), _broken)])


def _value(text, evaluation: Evaluation):
    return compile_expression(text, functions=OURS).evaluate({}, evaluation)


def test_a_function_of_the_host_is_called_by_its_name(evaluation):
    assert _value('repeat text("ab")', evaluation) == "abab"
    assert _value('repeat text("ab", 3)', evaluation) == "ababab"
    assert _value('repeat text(times: 1, text: "ab")', evaluation) == "ab"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("repeat text(1)", "call.refused"),
        ("repeat text()", "call.arguments"),
        ('repeat text("a", 1, 2)', "call.arguments"),
        ("broken()", "call.failed"),
    ],
)
def test_a_call_that_cannot_be_answered_is_null_with_a_warning(evaluation, text, code):
    assert _value(text, evaluation) is None
    assert [warning.code for warning in evaluation.warnings] == [code]


def test_limits_hold_for_functions_of_the_host(evaluation):
    with pytest.raises(FeelLimitExceeded) as stopped:
        _value('repeat text("ab", 1000000)', evaluation)
    assert stopped.value.limit == "characters"


def test_a_name_is_given_once():
    with pytest.raises(ValueError, match="count"):
        STANDARD.extended([_function("count", (), _broken)])


def test_extending_leaves_the_table_as_it_was():
    assert "repeat text" in OURS
    assert "repeat text" not in STANDARD
    assert len(OURS) == len(STANDARD) + 2


def test_help_is_there_for_whoever_shows_it():
    function = OURS.get("repeat text")
    assert function is not None
    assert function.signature_text == "repeat text(text, times?)"
    assert (function.help_zh, function.help_en) == ("例", "An example")


def test_an_engines_own_scope_chain_serves_as_names(evaluation):
    class Chain:
        def __contains__(self, name):
            return name == "case"

        def __getitem__(self, name):
            return self.get(name)

        def get(self, name, default=None):
            return from_json({"limit": 5}) if name == "case" else default

    assert compile_expression("case.limit > 4").evaluate(Chain(), evaluation) is True
    assert compile_expression("other").evaluate(Chain(), evaluation) is None
