"""Drives instances of a diagram through their tasks, as the bus would."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from engine.deadlines import NO_DEADLINES, Deadlines, NoDeadlines
from engine.decisions import NO_DECISIONS, Decisions
from engine.effects import Effect, Host, Procedure
from engine.errors import Invalid, NotFound
from engine.event import Event
from engine.events import TokensMoved
from engine.feel import STANDARD, Evaluation, FunctionTable, Value, from_json
from engine.handling import FormVersion
from engine.spiff import Definition, Delivery, LiveTree, OpenTask, Step, compile_process
from engine.turns import Answered, GivenUp, Refused, Turn

E = TypeVar("E", bound=Event)
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


class Facts:
    """Facts of a case: numbers under ``level``, texts under ``category``."""

    def __init__(self) -> None:
        self.known: dict[str, Value] = {"level": None, "category": None}

    def values(self) -> Mapping[str, Value]:
        return self.known

    def assign(self, name: str, value: Value) -> Mapping[str, Any]:
        if name not in self.known or (name == "category" and not isinstance(value, str)):
            raise Invalid("fact_type", f"事实 {name} 不接受这个值", f"Expected {name} to take the value")
        self.known[name] = value
        return {name: str(value)}


class Affected(NoDeadlines):
    """Takes the effects on deadlines, and nothing else."""

    def __init__(self, take: Callable[[Effect], None]) -> None:
        self._take = take

    def affect(self, effect: Effect) -> None:
        self._take(effect)


@lru_cache(256)
def _compiled(source: bytes, functions: FunctionTable) -> Definition:
    """Compiled once: what running must never change is shared by all cases."""
    return compile_process(source, functions=functions)


class Library:
    """What is published, oldest first; each version is found by its hash."""

    def __init__(self, *sources: bytes, functions: FunctionTable = STANDARD) -> None:
        self._functions = functions
        self.versions: list[Definition] = []
        for source in sources:
            self.publish(source)

    def publish(self, source: bytes) -> Definition:
        self.versions.append(_compiled(source, self._functions))
        return self.versions[-1]

    def keys(self) -> list[str]:
        return [version.view.key for version in self.versions]

    def latest_compiled(self, key: str) -> Definition:
        return self._newest(lambda version: version.view.key == key)

    def tagged_compiled(self, key: str, tag: str) -> Definition:
        return self._newest(lambda version: (version.view.key, version.view.version_tag) == (key, tag))

    def compiled(self, sha: bytes) -> Definition:
        return self._newest(lambda version: version.sha == sha)

    def _newest(self, suits: Callable[[Definition], bool]) -> Definition:
        found = next((version for version in reversed(self.versions) if suits(version)), None)
        if found is None:
            raise NotFound("definition_not_published", "尚未发布", "Expected a published definition, but none is")
        return found


class Case:
    """One case tree with all its events; ``reloads`` stores and loads it again after every step."""

    #: What is published when a step is made.
    decisions: Decisions = NO_DECISIONS
    #: Carries out effects on deadlines.

    def __init__(
        self,
        source: bytes,
        *called: bytes,
        reloads: bool = False,
        tree: LiveTree | None = None,
        functions: FunctionTable = STANDARD,
        deadlines: Deadlines = NO_DEADLINES,
    ) -> None:
        self.library = Library(*called, functions=functions)
        self.definition: Definition = self.library.publish(source)
        self.deadlines = deadlines
        self.tree = tree or LiveTree.empty()
        self.facts = Facts()
        self.form_version: FormVersion = lambda _form, _tag: 1
        self.events: list[Event] = []
        self.now = NOW
        self._reloads = reloads

    def start(self, **variables: Any) -> int:
        instance = self.tree.start(self.definition, _values(variables), self.step("system:test"))
        self._rest()
        return instance

    def complete(self, element: str, /, actor: str = "user:1", **data: Any) -> None:
        """Complete the first open task of an element."""
        self.complete_task(self.task(element).task, actor, **data)

    def complete_task(self, task: int, actor: str = "user:1", /, **data: Any) -> None:
        self.tree.complete(task, _values(data), self.step(actor), "")
        self._rest()

    def retry(self, fault: int) -> None:
        self.tree.retry(fault, self.step("user:operator"))
        self._rest()

    def fire(self, timer: int | None = None, *, after: timedelta | None = None) -> bool:
        """Let a timer fire, the earliest one when none is named, when it is due or ``after`` a time; whether it did."""
        waiting = [armed for armed in self.tree.timers.values() if armed.due_at is not None]
        earliest = min(waiting, key=lambda armed: armed.due_at or self.now, default=None)
        self.now = self.now + after if after is not None else max(self.now, (earliest and earliest.due_at) or self.now)
        wanted = timer if timer is not None else earliest.timer if earliest else 0
        fired = self.tree.fire(wanted, self.step("system:timer"))
        self._rest()
        return fired

    def move(self, element: str, target: str) -> None:
        """Move the token of the first open task of an element."""
        self.tree.move(self.task(element).task, target, self.step("user:operator"))
        self._rest()

    def attach(self, source: bytes, element: str = "", /, verb: str = "verb", **data: Any) -> int:
        """Attach a procedure to the first open task of an element, or to the first instance when none is named."""
        definition = self.library.publish(source)
        host = Host(next(iter(self.tree.instances)))
        if element:
            task = self.task(element)
            host = Host(task.instance, task.task, element)
        step = self.step("user:1")
        instance = self.tree.attach(definition, Procedure(verb, host), _values(data), step, "")
        self._rest()
        return instance

    def deadline_moved(self, name: str) -> None:
        self.tree.deadline_moved(name, self.step("user:operator"))
        self._rest()

    def turn(self, element: str, turn: Turn) -> bool:
        """Let something come of what an element asked an outside system for; whether it goes on."""
        goes_on = self.tree.turn(self.delivery(element), turn, self.step("system:connector"))
        self._rest()
        return goes_on

    def answer(self, element: str, **result: Any) -> None:
        """Answer for the outside system that an element waits for."""
        self.turn(element, Answered(_values(result)))

    def reject(self, element: str, code: str, **variables: Any) -> bool:
        """Answer with an error."""
        return self.turn(element, Refused(code, _values(variables)))

    def stall(self, element: str) -> None:
        """Give up what an element waits for."""
        self.turn(element, GivenUp("不通", "no answer"))

    def delivery(self, element: str) -> int:
        return next(each.delivery for each in self.tree.deliveries.values() if each.element == element)

    @property
    def asked(self) -> list[str]:
        """Elements that wait for outside systems, sorted."""
        return sorted(each.element for each in self.tree.deliveries.values())

    def correlate(self, element: str, /, **variables: Any) -> bool:
        """Let come what the first open subscription of an element waits for; whether there was one."""
        opened = next((one for one in self.tree.subscriptions.values() if one.element == element), None)
        return self.deliver(opened.subscription if opened else 0, **variables)

    def begin(self, element: str) -> None:
        """Somebody begins an activity that is offered, where it was offered first."""
        opened = next(
            one for one in self.tree.subscriptions.values() if one.kind == "activity" and one.element == element
        )
        assert self.deliver(opened.subscription)

    @property
    def offered(self) -> list[str]:
        """Activities that somebody may begin, sorted."""
        return sorted(one.element for one in self.tree.subscriptions.values() if one.kind == "activity")

    def deliver(self, subscription: int, /, **variables: Any) -> bool:
        """Let come what a subscription waits for; whether it was open."""
        delivery = Delivery(variables=_values(variables), message=7, sender="user:9")
        done = self.tree.correlate(subscription, delivery, self.step("system:message"))
        self._rest()
        return done

    def catch(self, subscription: int, /, **variables: Any) -> bool:
        """Let a signal reach whoever waited under a subscription; whether anybody did."""
        caught = self.tree.catch(subscription, Delivery(variables=_values(variables)), self.step("system:signal"))
        self._rest()
        return caught

    def cancel(self, instance: int) -> None:
        self.tree.cancel(instance, "test", self.step("user:operator"))
        self._rest()

    def pause(self, instance: int) -> None:
        self.tree.pause(instance, self.step("user:operator"))
        self._rest()

    def resume(self, instance: int) -> None:
        self.tree.resume(instance, self.step("user:operator"))
        self._rest()

    def add(self, instance: int, element: str) -> None:
        self.tree.add(instance, element, self.step("user:operator"))
        self._rest()

    def remove(self, element: str) -> None:
        """Take the token of the first open activity of an element away."""
        activity = next(token.activity for token in self.tree.tokens.values() if token.element == element)
        self.tree.remove(activity, self.step("user:operator"))
        self._rest()

    def correct(self, instance: int, scope: int | None = None, /, **values: Any) -> None:
        self.tree.correct(instance, scope, _values(values), self.step("user:operator"))
        self._rest()

    def task(self, element: str) -> OpenTask:
        return next(task for task in self.tree.tasks.values() if task.element == element)

    @property
    def open(self) -> list[str]:
        """Elements of the open tasks, sorted."""
        return sorted(task.element for task in self.tree.tasks.values())

    @property
    def waiting(self) -> list[str]:
        """Elements of the armed timers, sorted."""
        return sorted(armed.element for armed in self.tree.timers.values())

    @property
    def subscribed(self) -> list[tuple[str, str, str]]:
        """Element, name and key of what is waited for, sorted."""
        return sorted((one.element, one.message, one.key) for one in self.tree.subscriptions.values())

    @property
    def fault_codes(self) -> list[str]:
        return sorted(fault.code for fault in self.tree.faults.values())

    @property
    def is_complete(self) -> bool:
        return not self.tree.instances

    def of(self, kind: type[E]) -> list[E]:
        """The events of one class so far."""
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def path(self) -> list[str]:
        """Everything passed so far."""
        return [item for moved in self.of(TokensMoved) for item in moved.path]

    def step(self, actor: str) -> Step:
        evaluation = Evaluation(now=self.now, zone=ZoneInfo("Asia/Shanghai"), subject=self.deadlines)
        return Step(
            now=self.now,
            evaluation=evaluation,
            facts=self.facts,
            form_version=self.form_version,
            emit=self.events.append,
            actor=actor,
            decisions=self.decisions,
            deadlines=self.deadlines,
            processes=self.library,
        )

    def reload(self) -> int:
        """Store and load the tree; the bytes it took."""
        state = self.tree.dump()
        self.tree.free()
        self.tree = LiveTree.load(state, self.library.compiled)
        return len(state)

    def _rest(self) -> None:
        if self._reloads:
            self.reload()


def _values(data: Mapping[str, Any]) -> dict[str, Value]:
    return {name: from_json(value) for name, value in data.items()}
