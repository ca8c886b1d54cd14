"""Walking a case along a path, with the mistakes that people make."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.acceptance.city import REPORT
from tests.acceptance.walk.history import Answer
from tests.acceptance.walk.line import Line
from tests.acceptance.walk.paths import Path, Step

#: Of a post to which the first task of a case is not offered.
ONLOOKER = "dispatcher"
MISTAKE = {"decision": "no such decision", "result": "no such result"}


async def walk(line: Line, path: Path, *, report: dict[str, Any] = REPORT) -> int:
    """A case from its report to the path's end; its id."""
    reported = expected(await line.ask("inspector", "/cases", report), 201)
    opened = await _performed(line, path.steps, reported["opened"])
    assert opened == [], f"{path.name}: the case ends, but {opened} is open"
    return int(reported["case"])


async def walk_with_mistakes(line: Line, path: Path) -> int:
    """The same, but before each first try somebody reports nonsense, claims what is not his, and fills in nonsense."""
    expected(await line.ask("inspector", "/cases", {**REPORT, "subcategory": "no such thing"}), 422)
    reported = expected(await line.ask("inspector", "/cases", REPORT), 201)
    first, *others = path.steps
    [task] = reported["opened"]
    expected(await line.ask(ONLOOKER, f"/tasks/{task['id']}/claim", None), 403)
    expected(await line.ask(first.post, f"/tasks/{task['id']}/complete", {"data": first.data}), 409)
    await claim(line, first, task["id"])
    expected(await line.ask(first.post, f"/tasks/{task['id']}/complete", {"data": MISTAKE}), 422)
    opened = await _performed(line, others, await complete(line, first, task["id"]))
    assert opened == [], f"{path.name}: the case ends, but {opened} is open"
    return int(reported["case"])


async def claim(line: Line, step: Step, task: str) -> None:
    """Take a task."""
    expected(await line.ask(step.post, f"/tasks/{task}/claim", None), 200)


async def complete(line: Line, step: Step, task: str) -> list[dict[str, Any]]:
    """Complete a task; the tasks that opened."""
    done = expected(await line.ask(step.post, f"/tasks/{task}/complete", {"data": dict(step.data)}), 200)
    opened: list[dict[str, Any]] = done["opened"]
    return opened


async def _performed(line: Line, steps: Iterable[Step], opened: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for step in steps:
        [task] = opened
        assert task["element"] == step.element, (task, step)
        await claim(line, step, task["id"])
        opened = await complete(line, step, task["id"])
    return opened


def expected(answer: Answer, status: int) -> Any:
    """The answer's value, if its status is this."""
    assert answer.status == status, (answer.status, answer.body.decode())
    return answer.json
