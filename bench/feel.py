"""How fast expressions and decision tables run once compiled; prints a table of microseconds.

Run as `python -m bench.feel`.
"""

from __future__ import annotations

import time
import timeit
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from bench.report import Bar, Report
from engine.dmn import load_model
from engine.feel import Evaluation, Limits, compile_expression, compile_unary_tests, from_json

NAMES = {
    "category": {"level": "A"},
    "limit": 5,
    "score": 35,
    "hot": True,
    "media": [{"kind": "photo", "size": size} for size in range(10)],
}
EXPRESSIONS = (
    'category.level = "A" and limit > 4',
    'category.level in ("A", "B") and limit in [3..8]',
    'if limit > 4 then @"PT4H" else @"PT8H"',
    'now() + @"PT4H"',
    '@"2026-11-22T08:00:00+08:00" + @"PT4H" > now()',
    'count(media[kind = "photo" and size > 3])',
    "sum(for i in 1..100 return i)",
    'matches(category.level, "^[A-C]$")',
)
CELLS = ('"A"', '"A", "B"', "> 5", "[1..5)", "-")
ROUNDS = 7

GATEWAY_BAR = Bar(at_most=3)


def evaluation() -> Evaluation:
    now = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    return Evaluation(now=now, zone=UTC, limits=Limits(steps=10**12))


def microseconds(work: Callable[[], object], count: int) -> float:
    """CPU of the best of several rounds, so that noise of the machine counts as little as possible."""
    return min(timeit.repeat(work, timer=time.process_time, number=count, repeat=ROUNDS)) / count * 1e6


def decision_table(policy: str) -> bytes:
    rules = "".join(
        f'<rule><inputEntry><text>"{chr(65 + row % 5)}"</text></inputEntry>'
        f"<inputEntry><text>[{row // 5 * 10}..{row // 5 * 10 + 9}]</text></inputEntry>"
        f"<inputEntry><text>{'true' if row % 2 else '-'}</text></inputEntry>"
        f'<outputEntry><text>"unit {row}"</text></outputEntry><outputEntry><text>{row}</text></outputEntry></rule>'
        for row in range(20)
    )
    inputs = "".join(
        f'<input><inputExpression typeRef="{kind}"><text>{name}</text></inputExpression></input>'
        for name, kind in (("level", "string"), ("score", "number"), ("hot", "boolean"))
    )
    data = "".join(
        f'<inputData id="{name}" name="{name}"><variable name="{name}" typeRef="{kind}"/></inputData>'
        for name, kind in (("level", "string"), ("score", "number"), ("hot", "boolean"))
    )
    requirements = "".join(
        f'<informationRequirement><requiredInput href="#{name}"/></informationRequirement>'
        for name in ("level", "score", "hot")
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="urn:bench" name="bench">'
        f'{data}<decision id="d" name="d">{requirements}<decisionTable hitPolicy="{policy}">{inputs}'
        f'<output name="unit" typeRef="string"/><output name="days" typeRef="number"/>{rules}'
        "</decisionTable></decision></definitions>"
    ).encode()


def main(report: Report) -> None:
    """Evaluating, compiling, deciding by a table, loading a model."""
    names = {name: from_json(value) for name, value in NAMES.items()}
    running = evaluation()
    for text in EXPRESSIONS:
        expression = compile_expression(text)
        found = microseconds(partial(expression.evaluate, names, running), 2000)
        report.add(f"evaluate {text}", found, "µs", GATEWAY_BAR if text == EXPRESSIONS[0] else None)
    report.add(f"compile {EXPRESSIONS[0]}", microseconds(partial(compile_expression, EXPRESSIONS[0]), 300), "µs")
    for cell in CELLS:
        report.add(f"compile the cell {cell}", microseconds(partial(compile_unary_tests, cell), 300), "µs")
    inputs = {"level": from_json("D"), "score": from_json(35), "hot": True}
    for policy in ("UNIQUE", "FIRST", "COLLECT"):
        model = load_model(decision_table(policy))
        work = microseconds(partial(model.evaluate, "d", inputs, running), 500)
        running.trail.clear()
        report.add(f"a table of 20 rows, 3 inputs, 2 outputs, {policy}", work, "µs", Bar(at_most=50))
    source = decision_table("UNIQUE")
    report.add("load its model", microseconds(partial(load_model, source), 20), "µs", Bar(at_most=1000))


if __name__ == "__main__":
    main(Report())
