"""Does a case get dearer with age? Late completions of a case reworked again and again beside those of a young one."""

from __future__ import annotations

from typing import Any

from bench.completions import NOT_PASSED, PERFORMERS, Cost, Desk

TO_DISPOSAL = ("acceptance", "confirmation", "filing", "dispatch")
#: One round of rework is a disposal and a verification that fails.
ROUND = ("disposal", "verification")
TURNS = 6


async def aged_case(desk: Desk, sample: int, age: int) -> tuple[Cost, Cost]:
    """Costs of ``sample`` tasks, claimed and completed, of a young case and of one after ``age`` completions.

    The two are looked at in turns, so that what else the machine does falls on both.
    """
    old = _in_disposal(desk)
    for _ in range((age - sample // 2) // 2):
        old = _round(desk, old)
    young = _in_disposal(desk)
    early, late = Cost(), Cost()
    for _ in range(TURNS):
        young = await _metered(desk, young, sample // TURNS // 2, early)
        old = await _metered(desk, old, sample // TURNS // 2, late)
    return early, late


async def _metered(desk: Desk, task: str, rounds: int, cost: Cost) -> str:
    async with desk.metered(cost):
        for _ in range(rounds):
            task = _round(desk, task)
    cost.done += 2 * rounds
    return task


def _in_disposal(desk: Desk) -> str:
    task = _reported(desk)
    for form in TO_DISPOSAL:
        task = _perform(desk, task, form)
    return task


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
