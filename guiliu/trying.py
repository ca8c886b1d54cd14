"""Trying out expressions and decisions at the command line: no city, no database; shipped calendar and grids.

Values go to standard output as JSON, everything else to standard error in both languages.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from engine.clock import machine_time
from engine.decisions import DecisionAnswer, lint_decisions, load_decisions, told
from engine.definition import Finding
from engine.errors import Invalid, Refusal
from engine.feel import Evaluation, Warning_
from engine.jsontext import json_text, json_value
from engine.trials import try_decision, try_expression
from guiliu.functions import sample_functions
from guiliu.settings import read_zone


def show_expression(expression: str, context: Path | None) -> None:
    """Print the value of an expression over the names in a JSON file. Raises ``Invalid`` with the place."""
    text = expression.strip().removeprefix("=").strip()
    try:
        tried = try_expression(text, _members(context), sample_functions(), _evaluation())
    except Refusal as refusal:
        if "column" in refusal.details:
            _say(_pointed(text, refusal.line or 1, refusal.details["column"]))
        raise
    _show(tried.value)
    _warn(tried.warnings, text)


def show_decision(file: Path, decision: str, inputs: Path | None) -> None:
    """Print what a decision of a DMN file comes to, and why. Raises the ``Refusal`` that says what is wrong."""
    source, functions = _content(file), sample_functions()
    model = load_decisions(source, functions=functions)
    for finding in lint_decisions(source, functions=functions):
        _say(_found(finding))
    answer = try_decision(model, decision, _members(inputs), _evaluation())
    _show(_proof(answer))
    _warn(answer.warnings)


def _evaluation() -> Evaluation:
    return Evaluation(now=machine_time(), zone=read_zone())


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Invalid("file_unreadable", f"{file}：无法读取", f"{file}: cannot be read: {error.strerror}") from error


def _members(file: Path | None) -> Mapping[str, Any]:
    """The members of the JSON object in a file; none without a file."""
    if file is None:
        return {}
    try:
        members = json_value(_content(file))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Invalid("not_json", f"{file}：不是有效的 JSON", f"{file}: not valid JSON: {error}") from error
    if not isinstance(members, dict):
        raise Invalid("not_an_object", f"{file}：应为 JSON 对象", f"{file}: expected a JSON object of names")
    return members


def _proof(answer: DecisionAnswer) -> dict[str, Any]:
    return {
        "decision": answer.decision,
        "outputs": told(answer.value),
        "inputs": answer.inputs,
        "matched": [
            {"decision": table.decision, "rows": [rule.row for rule in table.rules]} for table in answer.matched
        ],
        "worked_out": {each.decision_id: told(each.value) for each in answer.worked_out},
    }


def _show(value: Any) -> None:
    sys.stdout.write(msgspec.json.format(json_text(value), indent=2).decode() + "\n")


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


def _warn(warnings: Iterable[Warning_], text: str = "") -> None:
    for warning in warnings:
        if text and warning.position is not None:
            _say(_pointed(text, warning.position.line, warning.position.column))
        _say(f"{warning.message_zh} / {warning.message_en}")


def _pointed(text: str, line: int, column: int) -> str:
    """The line of a text with a mark under the column; wide characters take two places."""
    written = text.splitlines()[line - 1] if text else ""
    before = sum(1 if character.isascii() else 2 for character in written[: column - 1])
    return f"  {written}\n  {' ' * before}^ 第 {line} 行第 {column} 列 / line {line}, column {column}"


def _found(finding: Finding) -> str:
    place = f"第 {finding.line} 行 / line {finding.line}: " if finding.line else ""
    return f"{finding.severity.value}  {place}{finding.message_zh} / {finding.message_en}"
