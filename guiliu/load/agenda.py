"""What people do next in front of a running server: errands that follow from the answers of earlier ones.

Nothing here knows the way of a case. Whatever an answer says was opened is looked at, claimed by somebody of its
groups and completed by the habits of its form; when few cases are in hand, somebody reports another.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any

from engine.clock import machine_time
from guiliu.load.people import People, Person
from guiliu.simulation.answers import SOON, by_habit, by_schema, filled
from guiliu.simulation.habits import Habits, Usage
from guiliu.simulation.plan import Arrival
from processes.access import Permission
from processes.sample import CLERK_UNIT

#: How often somebody looks at their list before they take a task from it.
_LOOKS = 0.5
_LIST = "/tasks?limit=20"


class Kind(StrEnum):
    """What an errand is about."""

    REPORT = "report"
    LIST = "list"
    DETAIL = "detail"
    CLAIM = "claim"
    COMPLETE = "complete"
    VERB = "verb"


@dataclass(frozen=True, kw_only=True)
class Errand:
    """One request that somebody is about to make."""

    kind: Kind
    person: Person
    #: Below ``/api/v1``.
    path: str
    #: What follows from the answer; it gets ``None`` when the request was refused.
    then: Callable[[Any], Sequence[Errand]]
    body: Any = None
    #: Empty for what changes nothing.
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class _Opened:
    """A task that an answer says was opened, and who takes it."""

    id: str
    form: str
    person: Person


class Agenda:
    """Errands that wait for somebody to run them; ``keys`` gives each change its idempotency key."""

    def __init__(
        self,
        people: People,
        habits: Habits,
        reports: Iterator[Arrival],
        keys: Iterator[str],
        random: Random,
        *,
        cases: int,
    ) -> None:
        """Keep about ``cases`` errands in hand."""
        self._people = people
        self._habits = habits
        self._reports = reports
        self._keys = keys
        self._random = random
        self._cases = cases
        self._waiting: deque[Errand] = deque()
        self._under_way = 0

    def next(self) -> Errand:
        """The errand that has waited longest, or a new report while few are in hand."""
        is_enough = self._waiting and len(self._waiting) + self._under_way >= self._cases
        self._under_way += 1
        return self._waiting.popleft() if is_enough else self._report()

    def go_on(self, errand: Errand, answer: Any) -> None:
        """Take in what follows from an answer, ``None`` when it was a refusal."""
        self._under_way -= 1
        self._waiting.extend(errand.then(answer))

    def again(self, errand: Errand) -> None:
        """Let an errand be run once more, under the same key."""
        self._under_way -= 1
        self._waiting.append(errand)

    def give_up(self) -> None:
        """Leave an errand as it is."""
        self._under_way -= 1

    def _report(self) -> Errand:
        arrival, key = next(self._reports), next(self._keys)
        person = self._people.of_groups([arrival.channel], self._random)
        known = {
            "condition": arrival.condition.key,
            "unit": CLERK_UNIT,
            "soon": (machine_time() + SOON).isoformat(timespec="seconds"),
        }
        body = {
            "subcategory": arrival.condition.subcategory,
            "channel": arrival.channel,
            # The key is found again in the case, whatever became of the answer.
            "location": {"lon": arrival.lon, "lat": arrival.lat, "crs": "CGCS2000", "address": key},
            "description": arrival.description,
        }
        return Errand(
            kind=Kind.REPORT,
            person=person or self._people.with_permission(Permission.CASE_REPORT, self._random),
            path="/cases",
            body=body,
            key=key,
            then=lambda answer: [*self._taken_up(answer, known), *self._watched(answer, known)],
        )

    def _taken_up(self, answer: Any, known: Mapping[str, str], then: Sequence[Errand] = ()) -> list[Errand]:
        """Errands for every task that opened; ``then`` follows once the first of them is done."""
        errands: list[Errand] = []
        for opened in answer["opened"] if answer else ():
            person = self._people.of_groups(opened["groups"], self._random)
            if person is not None:
                task = _Opened(id=opened["id"], form=opened["form"], person=person)
                errands.append(self._approach(task, known, () if errands else then))
        return errands

    def _approach(self, task: _Opened, known: Mapping[str, str], then: Sequence[Errand]) -> Errand:
        claim = Errand(
            kind=Kind.CLAIM,
            person=task.person,
            path=f"/tasks/{task.id}/claim",
            key=next(self._keys),
            then=lambda answer: self._at_work(task, known, then) if answer else (),
        )
        if self._random.random() >= _LOOKS:
            return claim
        return Errand(kind=Kind.LIST, person=task.person, path=_LIST, then=lambda _: (claim,))

    def _at_work(self, task: _Opened, known: Mapping[str, str], then: Sequence[Errand]) -> Sequence[Errand]:
        work = self._work(task, known, then)
        usage = self._habits.habit_of(task.form).usage(self._random)
        if usage is None:
            return (work,)
        asked = self._asked(usage, task.person, int(task.id.partition(".")[0]), known, task.id)
        # What is to be decided first is decided first, and the work is done if it is still there then.
        return (self._verb(asked, lambda answer: self._taken_up(answer, known, (work,)) or (work,)),)

    def _work(self, task: _Opened, known: Mapping[str, str], then: Sequence[Errand]) -> Errand:
        habit = self._habits.habit_of(task.form)
        if habit.answers or not task.form:
            data = by_habit(habit, known, self._random) if habit.answers else {}
            return self._completion(task, data, known, then)
        return Errand(
            kind=Kind.DETAIL,
            person=task.person,
            path=f"/tasks/{task.id}",
            then=lambda detail: (self._completion(task, self._by_schema(detail), known, then),) if detail else (),
        )

    def _by_schema(self, detail: Any) -> dict[str, Any]:
        return by_schema((detail["form"] or {}).get("schema", {}), self._random)

    def _completion(
        self, task: _Opened, data: dict[str, Any], known: Mapping[str, str], then: Sequence[Errand]
    ) -> Errand:
        return Errand(
            kind=Kind.COMPLETE,
            person=task.person,
            path=f"/tasks/{task.id}/complete",
            body={"data": data},
            key=next(self._keys),
            # Where the case has moved on, what was to be done before is gone.
            then=lambda answer: [*self._taken_up(answer, known), *(() if answer and answer.get("stage") else then)],
        )

    def _watched(self, answer: Any, known: Mapping[str, str]) -> Sequence[Errand]:
        """What those who watch over the case do with it, if they do anything."""
        errands = []
        for usage in self._habits.watching if answer else ():
            person = self._people.of_groups(usage.by, self._random)
            if person is not None and self._random.random() < usage.chance:
                asked = self._asked(usage, person, answer["case"], known)
                errands.append(self._verb(asked, lambda used: self._taken_up(used, known)))
        return errands

    def _asked(
        self, usage: Usage, person: Person, case: int, known: Mapping[str, str], task: str | None = None
    ) -> dict[str, Any]:
        return {
            "person": person,
            "path": f"/cases/{case}/verbs/{usage.verb}",
            "body": {"data": filled(usage.data, known), "task": task},
        }

    def _verb(self, asked: Mapping[str, Any], then: Callable[[Any], Sequence[Errand]]) -> Errand:
        return Errand(kind=Kind.VERB, key=next(self._keys), then=then, **asked)
