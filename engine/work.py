"""One tree in memory for one command: rows, events, and the live instances once they are needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property
from typing import Any

from engine.commands import TreeCommand
from engine.deadlines import NO_DEADLINES, Deadlines
from engine.decisions import NO_DECISIONS, Decisions, ask
from engine.definitions.library import Library
from engine.effects import Host, Place, Procedure
from engine.errors import InvalidState
from engine.event import Event
from engine.events import Recorded
from engine.feel import Evaluation, FeelLimitExceeded, Value
from engine.handling import FactsOf, FormVersion, Work
from engine.jsontext import json_text
from engine.live_trees import LiveTrees, StoredTrees
from engine.log import GENESIS, Entry, link
from engine.parts import Part
from engine.projection import Concerned, Projection, Rows
from engine.projections import LISTED_TABLES
from engine.spiff import Contents, Definition, Delivery, LiveTree, Step
from engine.store import Flush, Loaded, TreeHead
from engine.turns import Turn


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What every command's work is made with; the same for the life of the process."""

    library: Library[Definition]
    projections: Sequence[Projection[Any]]
    facts_of: FactsOf
    form_version: FormVersion
    #: The city's time zone.
    zone: tzinfo
    decisions: Decisions = NO_DECISIONS
    #: Who keeps the deadlines of a tree, for one command.
    deadlines_of: Callable[[Work], Deadlines] = lambda _: NO_DEADLINES
    #: The city's tables of which the head lists the open rows, beside the engine's own.
    listed: Sequence[str] = ()
    #: Where live instances come from; ``None`` loads them from what is stored.
    trees: LiveTrees | None = None

    @cached_property
    def concerned(self) -> Concerned:
        """The projections by the events that concern them."""
        return Concerned(self.projections)

    def live_trees(self) -> LiveTrees:
        """Lends and takes back."""
        return self.trees or StoredTrees(self.library)


class TreeWork:
    """Implements ``engine.handling.Work``; belongs to one attempt of one command and is freed after it."""

    def __init__(self, command: TreeCommand, loaded: Loaded, surroundings: Surroundings) -> None:
        #: Id of the tree.
        self.tree = command.tree
        #: Case time of the command.
        self.now = loaded.now
        #: Who acts.
        self.actor = command.actor
        self._loaded = loaded
        self._surroundings = surroundings
        self._rows = _Tables(loaded.rows)
        self._recorded: list[Recorded] = []
        self._seq = loaded.head.seq if loaded.head else 0
        self._hash = loaded.head.hash if loaded.head else GENESIS
        self._trees = surroundings.live_trees()
        self._live: LiveTree | None = None
        self._dumped: bytes | None = None
        self._evaluation: Evaluation | None = None
        self._deadlines = surroundings.deadlines_of(self)

    @property
    def is_new(self) -> bool:
        """Whether no such tree exists yet."""
        return self._loaded.head is None

    @property
    def recorded(self) -> Sequence[Recorded]:
        """The events of this command so far."""
        return self._recorded

    def rows(self, table: str) -> Rows[Any]:
        """Loaded rows of a table; only claims and drafts change them without an event."""
        return self._rows[table]

    def record(self, event: Event) -> None:
        """Append an event; the projections fold it at once."""
        payload = json_text(event)
        entry = Entry(
            seq=self._seq + 1,
            type=type(event).__name__,
            version=event.version,
            at=self.now,
            actor=self.actor.id,
            payload=payload,
        )
        self._hash = link(self._hash, self.tree, entry)
        self._seq = entry.seq
        recorded = Recorded(
            tree=self.tree,
            seq=entry.seq,
            at=self.now,
            actor=entry.actor,
            event=event,
            payload=payload,
            hash=self._hash,
        )
        self._recorded.append(recorded)
        for projection in self._surroundings.concerned[type(event)]:
            projection.fold(self._rows[projection.table], recorded)

    def decide(self, decision: str, inputs: Mapping[str, Value], otherwise: Value) -> Value:
        """What a published decision comes to, recorded with its proof; ``otherwise`` when no model holds it.

        Raises ``InvalidState`` when it fails.
        """
        model = self._surroundings.decisions.latest(decision)
        if model is None:
            return otherwise
        try:
            answer = ask(model, decision, inputs, self._own_evaluation())
        except FeelLimitExceeded as error:
            raise _undecided(decision, error.message_zh, error.message_en) from error
        if answer.failure is not None:
            raise _undecided(decision, answer.failure.message_zh, answer.failure.message_en)
        self.record(answer.recorded())
        return answer.value

    def start(self, definition_key: str, variables: Mapping[str, Value]) -> int:
        """Start an instance of the latest published version and run it to rest; its id. Raises ``NotFound``."""
        definition = self._surroundings.library.latest_compiled(definition_key)
        return self._live_tree().start(definition, variables, self._step())

    def complete(self, task: int, data: Mapping[str, Value], comment: str) -> None:
        """Finish a task and run its instance to rest. Raises ``InvalidState`` when it is not open."""
        self._live_tree().complete(task, data, self._step(), comment)

    def split(self, task: int, parts: Sequence[Part]) -> list[int]:
        """Offer parts of a task; their ids. Raises ``InvalidState`` when the task is not open."""
        return self._live_tree().split(task, parts, self._step())

    def withdraw(self, task: int) -> None:
        """Ask for a part of a task no longer. Raises ``InvalidState`` when it is not open."""
        self._live_tree().withdraw(task, self._step())

    def help(self, task: int) -> None:
        """Note that the actor has done some of a task without completing it. Raises ``InvalidState``."""
        self._live_tree().help(task, self._step())

    def cancel(self, instance: int, reason: str) -> None:
        """End an instance from outside."""
        self._live_tree().cancel(instance, reason, self._step())

    def fire(self, timer: int) -> bool:
        """Let a timer fire and run its instance to rest; ``False``, with no effect, when it is not armed or not due."""
        return self._live_tree().fire(timer, self._step())

    def correlate(self, subscription: int, variables: Mapping[str, Value], message: int | None, sender: str) -> bool:
        """Let come what a subscription waits for and run its instance to rest; ``False``, with no effect, when it is
        not open. Raises ``Invalid`` for a reserved variable name."""
        delivery = Delivery(variables=variables, message=message, sender=sender)
        return self._live_tree().correlate(subscription, delivery, self._step())

    def catch(self, subscription: int, variables: Mapping[str, Value], sender: str) -> bool:
        """Let a signal reach whoever waited under a subscription and run on to rest; ``False``, with no effect, when
        nobody waits there now. Raises ``Invalid`` for a reserved variable name."""
        return self._live_tree().catch(subscription, Delivery(variables=variables, sender=sender), self._step())

    def deadline_moved(self, name: str) -> None:
        """A deadline of the tree moved: timers and tasks that follow it do so now."""
        self._live_tree().deadline_moved(name, self._step())

    def turn(self, delivery: int, turn: Turn) -> bool:
        """Let something come of a delivery and run on to rest; ``False`` when its element stands as a fault.

        Raises ``InvalidState`` when it is no longer waited for.
        """
        return self._live_tree().turn(delivery, turn, self._step())

    def places(self, activity: int) -> Sequence[Place]:
        """An open activity and those around it, innermost first, then the instance. Raises ``InvalidState``."""
        return self._live_tree().places(activity)

    def check_entry(self, host: Host, target: str) -> None:
        """Raises ``InvalidState`` when a host cannot go on from where its diagram declares under ``target``."""
        self._live_tree().check_entry(host, target)

    def attach(self, definition_key: str, host: Host, data: Mapping[str, Value], comment: str) -> int:
        """Start the latest published version of a procedure on its host. Raises ``NotFound``, ``InvalidState``."""
        definition = self._surroundings.library.latest_compiled(definition_key)
        procedure = Procedure(definition_key, host)
        return self._live_tree().attach(definition, procedure, data, self._step(), comment)

    def retry(self, fault: int) -> None:
        """Run the faulted element again. Raises ``InvalidState`` when there is no such open fault."""
        self._live_tree().retry(fault, self._step())

    def move(self, activity: int, element: str) -> None:
        """Cancel an open activity and enter the flow again at an element. Raises ``InvalidState``."""
        self._live_tree().move(activity, element, self._step())

    def add_token(self, instance: int, element: str) -> None:
        """Let one more token begin at an element of an open scope. Raises ``InvalidState``."""
        self._live_tree().add(instance, element, self._step())

    def remove_token(self, activity: int) -> None:
        """Take the token of an open activity away. Raises ``InvalidState``."""
        self._live_tree().remove(activity, self._step())

    def correct(self, instance: int, scope: int | None, values: Mapping[str, Value]) -> None:
        """Set variables of a scope of an instance. Raises ``InvalidState``, ``Invalid``."""
        self._live_tree().correct(instance, scope, values, self._step())

    def pause(self, instance: int) -> None:
        """Let no token of an instance move. Raises ``InvalidState``."""
        self._live_tree().pause(instance, self._step())

    def resume(self, instance: int) -> None:
        """Let the tokens of a paused instance move again. Raises ``InvalidState``."""
        self._live_tree().resume(instance, self._step())

    def contents(self) -> Contents:
        """What is open in the tree, to look at."""
        return self._live_tree()

    def flush(self) -> Flush:
        """Everything this work changed, without key and answer."""
        return Flush(
            tree=self.tree,
            version=self._loaded.head.version if self._loaded.head else 0,
            epoch=self._loaded.epoch,
            now=self.now,
            actor=self.actor.id,
            head=self._next_head() if self._recorded else None,
            events=self._recorded,
            rows={name: changed for name, rows in self._rows.items() if (changed := rows.changed())},
        )

    def free(self) -> None:
        """Let go of the live instances."""
        if self._live is not None:
            self._trees.give_back(self._live, self._dumped)
            self._live = None

    def _next_head(self) -> TreeHead:
        head = self._loaded.head
        return TreeHead(
            version=head.version + 1 if head else 1,
            seq=self._seq,
            hash=self._hash,
            state=head.state if head and self._live is None else self._dump(),
            open={table: opened for table in self._listed() if (opened := self._open_rows(table))},
        )

    def _listed(self) -> Sequence[str]:
        return (*LISTED_TABLES, *self._surroundings.listed)

    def _open_rows(self, table: str) -> list[int]:
        return [key for key, row in self._rows[table].items() if row.is_open]

    def _live_tree(self) -> LiveTree:
        if self._live is None:
            self._live = self._trees.take(self._loaded.head)
        return self._live

    def _dump(self) -> bytes:
        self._dumped = self._live_tree().dump()
        return self._dumped

    def _own_evaluation(self) -> Evaluation:
        """The one evaluation of this attempt: its budget is that of the command."""
        if self._evaluation is None:
            self._evaluation = Evaluation(now=self.now, zone=self._surroundings.zone, subject=self._deadlines)
        return self._evaluation

    def _step(self) -> Step:
        return Step(
            now=self.now,
            evaluation=self._own_evaluation(),
            facts=self._surroundings.facts_of(self._rows),
            form_version=self._surroundings.form_version,
            emit=self.record,
            actor=self.actor.id,
            decisions=self._surroundings.decisions,
            deadlines=self._deadlines,
            processes=self._surroundings.library,
        )


class _Tables(dict[str, Rows[Any]]):
    """Rows by table, taken up when they are asked for; of a table that no command reads, those that this one makes."""

    def __init__(self, loaded: Mapping[str, Mapping[int, Any]]) -> None:
        super().__init__()
        self._loaded = loaded

    def __missing__(self, table: str) -> Rows[Any]:
        return self.setdefault(table, Rows(self._loaded.get(table)))


def _undecided(decision: str, reason_zh: str, reason_en: str) -> InvalidState:
    return InvalidState(
        "decision_failed",
        f"决策 {decision} 没有得出结论：{reason_zh}",
        f"Expected the decision {decision} to come to a value, but {reason_en}",
    )
