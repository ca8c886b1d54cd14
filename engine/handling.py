"""The protocols by which the city takes part in a command: handlers decide, the guard forbids, facts are read and set.

    bus.handle(command)
      load → Work → guard(actor, command, work) → handler(command, work) → projections fold → flush

All of it is pure and may run again from the start when the flush meets a conflict.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from engine.commands import Command, TreeCommand

if TYPE_CHECKING:
    from engine.actors import Actor
    from engine.definition import DefinitionView
    from engine.effects import Host, Place
    from engine.event import Event
    from engine.events import Recorded
    from engine.feel import Value
    from engine.parts import Part
    from engine.projection import Rows
    from engine.spiff import Contents
    from engine.turns import Turn

C_contra = TypeVar("C_contra", bound=TreeCommand, contravariant=True)


class Facts(Protocol):
    """The case's facts as expressions see them under ``case`` and as output mappings set them."""

    def values(self) -> Mapping[str, Value]:
        """All facts, typed; facts never set are present as ``None``."""
        ...

    def assign(self, name: str, value: Value) -> Mapping[str, Any]:
        """Set a fact; what is to be recorded, by name, as JSON values. Nothing is where all stays as it was and nobody
        decided it. Raises ``Invalid`` for unknown names and wrong types."""
        ...


class Work(Protocol):
    """One tree in memory for one command: what handlers read and how they act."""

    @property
    def tree(self) -> int:
        """Id of the tree."""
        ...

    @property
    def is_new(self) -> bool:
        """Whether no such tree exists yet."""
        ...

    @property
    def now(self) -> datetime:
        """Case time of the command."""
        ...

    @property
    def actor(self) -> Actor:
        """Who acts."""
        ...

    @property
    def recorded(self) -> Sequence[Recorded]:
        """The events of this command so far."""
        ...

    def rows(self, table: str) -> Rows[Any]:
        """Loaded rows of a table; only claims and drafts change them without recording an event."""
        ...

    def record(self, event: Event) -> None:
        """Append an event; projections fold it at once, so later reads see it."""
        ...

    def decide(self, decision: str, inputs: Mapping[str, Value], otherwise: Value) -> Value:
        """What a published decision comes to, recorded with its proof; ``otherwise`` when no model holds it.

        Raises ``InvalidState`` when it fails.
        """
        ...

    def start(self, definition_key: str, variables: Mapping[str, Value]) -> int:
        """Start an instance of the latest published version and run it to rest; its id. Raises ``NotFound``."""
        ...

    def complete(self, task: int, data: Mapping[str, Value], comment: str) -> None:
        """Finish a task and run its instance to rest. Raises ``InvalidState`` when it is not open."""
        ...

    def split(self, task: int, parts: Sequence[Part]) -> list[int]:
        """Offer parts of a task; their ids. Raises ``InvalidState`` when the task is not open."""
        ...

    def withdraw(self, task: int) -> None:
        """Ask for a part of a task no longer. Raises ``InvalidState`` when it is not open."""
        ...

    def help(self, task: int) -> None:
        """Note that the actor has done some of a task without completing it. Raises ``InvalidState``."""
        ...

    def cancel(self, instance: int, reason: str) -> None:
        """End an instance from outside."""
        ...

    def fire(self, timer: int) -> bool:
        """Let a timer fire and run its instance to rest; ``False``, with no effect, when it is not armed or not due."""
        ...

    def correlate(self, subscription: int, variables: Mapping[str, Value], message: int | None, sender: str) -> bool:
        """Let come what a subscription waits for and run its instance to rest; ``False``, with no effect, when it is
        not open. Raises ``Invalid`` for a reserved variable name."""
        ...

    def catch(self, subscription: int, variables: Mapping[str, Value], sender: str) -> bool:
        """Let a signal reach whoever waited under a subscription, or the border that has gone on waiting after it, and
        run on to rest; ``False``, with no effect, when nobody waits there now. Raises ``Invalid`` for a reserved
        variable name."""
        ...

    def deadline_moved(self, name: str) -> None:
        """A deadline of the tree was paused, extended or counted anew: timers and tasks that follow it do so now.

        Called by whoever keeps the deadlines, after recording the move; nobody else has to.
        """
        ...

    def turn(self, delivery: int, turn: Turn) -> bool:
        """Let something come of a delivery and run on to rest; ``False`` when its element stands as a fault.

        Raises ``InvalidState`` when it is no longer waited for.
        """
        ...

    def places(self, activity: int) -> Sequence[Place]:
        """An open activity and those around it, innermost first, then the instance. Raises ``InvalidState``."""
        ...

    def check_entry(self, host: Host, target: str) -> None:
        """Raises ``InvalidState`` when a host cannot go on from where its diagram declares under ``target``."""
        ...

    def attach(self, definition_key: str, host: Host, data: Mapping[str, Value], comment: str) -> int:
        """Start the latest published version of a procedure on its host and run it to rest; the id of its instance.

        Raises ``NotFound``, and ``InvalidState`` when the host is not open.
        """
        ...

    def retry(self, fault: int) -> None:
        """Run the faulted element again. Raises ``InvalidState`` when there is no such open fault."""
        ...

    def move(self, activity: int, element: str) -> None:
        """Cancel an open activity and enter the flow again at an element of its scope or of one around it.

        Raises ``InvalidState`` for what is not open or would break a join."""
        ...

    def add_token(self, instance: int, element: str) -> None:
        """Let one more token begin at an element of an open scope. Raises ``InvalidState`` as ``move``."""
        ...

    def remove_token(self, activity: int) -> None:
        """Take the token of an open activity away. Raises ``InvalidState`` as ``move``, and for the last one."""
        ...

    def correct(self, instance: int, scope: int | None, values: Mapping[str, Value]) -> None:
        """Set variables of a scope, of the instance's own when none is named. Raises ``InvalidState``, ``Invalid``."""
        ...

    def pause(self, instance: int) -> None:
        """Let no token of an instance move, nor of those that it calls. Raises ``InvalidState`` when it is so."""
        ...

    def resume(self, instance: int) -> None:
        """Let the tokens of a paused instance move again. Raises ``InvalidState`` when it is not paused."""
        ...

    def contents(self) -> Contents:
        """What is open in the tree, to look at."""
        ...


class Handler(Protocol[C_contra]):
    """Decides one class of command: acts on the work or raises a ``Refusal``; returns the answer body."""

    def __call__(self, command: C_contra, work: Work) -> dict[str, Any]: ...


class Guard(Protocol):
    """``may``: the one answer to both the button and the command."""

    def __call__(self, actor: Actor, command: Command, work: Work) -> None:
        """Raises ``Forbidden`` (or ``NotFound`` for what the actor may not even see) with the rule in words."""
        ...


class FormJudge(Protocol):
    """Validates what was typed into a form."""

    def accept(self, form: str, version: int, data: Mapping[str, Any], at: datetime) -> Mapping[str, Any]:
        """Judge by the version that the task was opened with; `at` is the moment of the answer.

        The data, with defaults filled in. Raises ``Invalid`` whose details list every error by JSON pointer."""
        ...


class Definitions(Protocol):
    """The published diagrams of the loaded configuration epoch."""

    def latest(self, key: str) -> DefinitionView:
        """The latest published version. Raises ``NotFound``."""
        ...

    def by_sha(self, sha: bytes) -> DefinitionView:
        """Any deployed version."""
        ...


#: (key, tag) → number of the form's version that a task opened now is bound to: the latest published one, of those with
#: the tag unless it is empty; 0 when there is none.
FormVersion = Callable[[str, str], int]
FactsOf = Callable[[Mapping[str, Mapping[int, Any]]], Facts]
Handlers = Mapping[type[TreeCommand], Handler[Any]]
Candidates = Sequence[str]
