"""Small rooms: files and functions stay within the limits of the house."""

from __future__ import annotations

import ast

import pytest

from tests.house.sources import ROOT, product_sources

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager", "managers", "service", "services", "base"}


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = function.body[0]
    has_docstring = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if has_docstring else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - docstring


@pytest.mark.parametrize("source", product_sources(), ids=str)
def test_a_file_holds_one_concept(source: str) -> None:
    text = (ROOT / source).read_text()
    assert len(text.splitlines()) <= LONGEST_FILE, f"{source} is longer than {LONGEST_FILE} lines"
    assert source.rsplit("/", 1)[-1].removesuffix(".py") not in FORBIDDEN_NAMES, f"{source}: name it by what it holds"
    long = [
        f"{node.name} ({code_lines(node)})"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and code_lines(node) > LONGEST_FUNCTION
    ]
    assert not long, f"{source}: functions over {LONGEST_FUNCTION} lines: {long}"
