"""The tools that need no city: values on one stream as JSON, what is wrong on the other in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.jsontext import json_value
from guiliu.cli import cli

SHIPPED = Path(__file__).parents[3] / "bpmn"
#: Neither a home that could be made nor a database that could be reached.
NOWHERE = {"GUILIU_HOME": "/nonexistent/home", "DATABASE_URL": "postgres://nowhere.invalid/x"}


def guiliu(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), env=NOWHERE)


def written(folder: Path, text: str) -> str:
    file = folder / "given.json"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_an_expression_is_worked_out_over_the_names_of_a_file(tmp_path: Path) -> None:
    given = written(tmp_path, '{"案件": {"天数": 3}, "rate": 0.1}')
    tried = guiliu("feel", "= {天: 案件.天数 + 1, x: rate * 3}", "--context", given)
    assert (tried.exit_code, json_value(tried.stdout)) == (0, {"天": 4, "x": json_value("0.3")})


def test_the_functions_of_the_city_are_there() -> None:
    tried = guiliu("feel", 'is working day(@"2026-10-01") or place at(122.0705, 46.0801) = null')
    assert tried.stdout.strip() == "false"


def test_a_text_that_is_no_expression_is_shown_with_a_mark_under_the_place() -> None:
    tried = guiliu("feel", "紧急 = 1 + * 2")
    shown, mark, *_ = tried.stderr.splitlines()
    assert tried.exit_code == 1
    # Two wide characters and eight narrow ones stand before it.
    assert (shown.strip(), mark.index("^")) == ("紧急 = 1 + * 2", 2 + 4 + 7)
    assert "第 1 行第 10 列 / line 1, column 10" in mark
    assert "应为表达式" in tried.stderr
    assert "expected an expression" in tried.stderr


def test_what_made_a_value_null_is_told_with_its_place(tmp_path: Path) -> None:
    tried = guiliu("feel", "urgency + 1", "--context", written(tmp_path, '{"urgency": "urgent"}'))
    assert (tried.exit_code, tried.stdout.strip()) == (0, "null")
    assert "line 1, column 9" in tried.stderr
    assert "string + number" in tried.stderr


@pytest.mark.parametrize("text", ["{", "[1]", '"x"', "\x00"])
def test_a_file_that_holds_no_names_is_refused_by_its_name(tmp_path: Path, text: str) -> None:
    tried = guiliu("feel", "a", "--context", written(tmp_path, text))
    assert tried.exit_code == 1
    assert "given.json" in tried.stderr
    assert tried.exception is None or isinstance(tried.exception, SystemExit)


def test_a_decision_is_worked_out_with_the_rows_that_match(tmp_path: Path) -> None:
    given = written(tmp_path, '{"urgency": "urgent", "channel": "leader"}')
    tried = guiliu("decide", str(SHIPPED / "priority.dmn"), "--decision", "案件优先级", "--input", given)
    answer = json_value(tried.stdout)
    assert (tried.exit_code, answer["outputs"]) == (0, 85)
    assert answer["matched"] == [{"decision": "case_priority", "rows": [2]}]


def test_the_only_decision_of_a_file_need_not_be_named() -> None:
    assert json_value(guiliu("decide", str(SHIPPED / "process_selection.dmn")).stdout)["outputs"] == "case"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nothing.dmn",), ("无法读取", "cannot be read")),
        ((str(SHIPPED / "case.bpmn"),), ("不是 DMN", "not DMN")),
        ((str(SHIPPED / "priority.dmn"), "--decision", "none"), ("case_priority", "Expected one of")),
    ],
)
def test_what_cannot_be_asked_is_refused_in_both_languages(arguments: tuple[str, ...], words: tuple[str, str]) -> None:
    tried = guiliu("decide", *arguments)
    told = tried.stderr.replace("\n", " ")
    assert (tried.exit_code, [word for word in words if word not in told]) == (1, [])
