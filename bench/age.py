"""Does a case get dearer with age? One case, reworked again and again, its early and its late completions compared."""

from __future__ import annotations

from typing import Any

from bench.completions import NOT_PASSED, PERFORMERS, Cost, Desk

TO_DISPOSAL = ("acceptance", "confirmation", "filing", "dispatch")
#: One round of rework is a disposal and a verification that fails.
ROUND = ("disposal", "verification")


async def aged_case(desk: Desk, sample: int, age: int) -> tuple[Cost, Cost]:
    """Costs of ``sample`` tasks, claimed and completed, of one case at its beginning and after ``age`` completions."""
    task = _reported(desk)
    for form in TO_DISPOSAL:
        task = _perform(desk, task, form)
    early, task = await _metered(desk, task, sample // 2)
    for _ in range((age - sample) // 2):
        task = _round(desk, task)
    late, _ = await _metered(desk, task, sample // 2)
    return early, late


async def _metered(desk: Desk, task: str, rounds: int) -> tuple[Cost, str]:
    cost = Cost(done=2 * rounds)
    async with desk.metered(cost):
        for _ in range(rounds):
            task = _round(desk, task)
    return cost, task


def _round(desk: Desk, task: str) -> str:
    for form in ROUND:
        task = _perform(desk, task, form)
    return task


def _perform(desk: Desk, task: str, form: str) -> str:
    username, data = PERFORMERS[form]
    token = desk.tokens[username]
    desk.house.call("POST", f"/api/v1/tasks/{task}/claim", token, {}, desk.key())
    body = {"data": NOT_PASSED if form == "verification" else data, "comment": ""}
    return _opened(desk.house.call("POST", f"/api/v1/tasks/{task}/complete", token, body, desk.key()))


def _reported(desk: Desk) -> str:
    body = {
        "subcategory": "component-0101", "channel": "public", "description": "反复返工的案件", "media": [],
        "location": {"lon": 122.07, "lat": 46.08, "crs": "CGCS2000", "address": ""},
    }  # fmt: skip
    return _opened(desk.house.call("POST", "/api/v1/cases", desk.tokens["acceptor"], body, desk.key()))


def _opened(answer: Any) -> str:
    return str(answer["opened"][0]["id"])
