"""Walking a case along a path, with the mistakes that people make."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.acceptance.city import REPORT
from tests.acceptance.walk.history import Answer
from tests.acceptance.walk.line import Line
from tests.acceptance.walk.paths import Path, Step, Use

#: Of a post to which the first task of a case is not offered.
ONLOOKER = "dispatcher"
MISTAKE = {"decision": "no such decision", "result": "no such result"}


async def walk(line: Line, path: Path, *, report: dict[str, Any] = REPORT) -> int:
    """A case from its report to the path's end; its id."""
    reported = expected(await line.ask("inspector", "/cases", report), 201)
    await _performed(line, reported["case"], path, path.steps, reported["opened"])
    return int(reported["case"])


async def walk_with_mistakes(line: Line, path: Path) -> int:
    """The same, but before each first try somebody reports nonsense, claims what is not his, and fills in nonsense."""
    expected(await line.ask("inspector", "/cases", {**REPORT, "subcategory": "no such thing"}), 422)
    reported = expected(await line.ask("inspector", "/cases", REPORT), 201)
    first, *others = path.steps
    assert isinstance(first, Step)
    [task] = reported["opened"]
    expected(await line.ask(ONLOOKER, f"/tasks/{task['id']}/claim", None), 403)
    expected(await line.ask(first.post, f"/tasks/{task['id']}/complete", {"data": first.data}), 409)
    await claim(line, first, task["id"])
    expected(await line.ask(first.post, f"/tasks/{task['id']}/complete", {"data": MISTAKE}), 422)
    await _performed(line, reported["case"], path, others, await complete(line, first, task["id"]))
    return int(reported["case"])


async def claim(line: Line, step: Step, task: str) -> None:
    """Take a task."""
    expected(await line.ask(step.post, f"/tasks/{task}/claim", None), 200)


async def complete(line: Line, step: Step, task: str) -> list[dict[str, Any]]:
    """Complete a task; the tasks that opened."""
    done = expected(await line.ask(step.post, f"/tasks/{task}/complete", {"data": dict(step.data)}), 200)
    opened: list[dict[str, Any]] = done["opened"]
    return opened


async def use(line: Line, step: Use, case: int) -> list[dict[str, Any]]:
    """Use a verb; the tasks that opened."""
    used = expected(await line.ask(step.post, f"/cases/{case}/verbs/{step.verb}", {"data": dict(step.data)}), 200)
    opened: list[dict[str, Any]] = used["opened"]
    return opened


async def _performed(
    line: Line, case: int, path: Path, steps: Iterable[Step | Use], opened: list[dict[str, Any]]
) -> None:
    waiting = {task["element"]: task["id"] for task in opened}
    for step in steps:
        if isinstance(step, Use):
            opened = await use(line, step, case)
        else:
            task = waiting.pop(step.element)
            await claim(line, step, task)
            opened = await complete(line, step, task)
        waiting |= {task["element"]: task["id"] for task in opened}
    assert not waiting, f"{path.name}: the case ends, but {waiting} are open"


def expected(answer: Answer, status: int) -> Any:
    """The answer's value, if its status is this."""
    assert answer.status == status, (answer.status, answer.body.decode())
    return answer.json
