"""What can be asked of a case tree: frozen commands, each named by its verb.

A command says who asks, which tree, and what; it holds no behaviour. The handler of its class decides
(``engine/handlers``), so a command may be run again on freshly loaded state without harm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.actors import Actor
from engine.parts import Part


@dataclass(frozen=True, kw_only=True)
class IdempotencyKey:
    """The caller's name for one attempt to change something."""

    #: ``Actor.id`` of the caller; keys of different callers never meet.
    actor: str
    key: str
    #: SHA-256 over method, path and body: the same key with another request is refused.
    fingerprint: bytes


@dataclass(frozen=True, kw_only=True)
class Command:
    """The root of all commands."""

    actor: Actor
    #: ``None`` only for commands that the system gives itself.
    key: IdempotencyKey | None = None


@dataclass(frozen=True, kw_only=True)
class TreeCommand(Command):
    """A command on one case tree."""

    tree: int


@dataclass(frozen=True, kw_only=True)
class TaskCommand(TreeCommand):
    """A command on one task of a tree."""

    task: int
    #: The version (``ETag``) of the task that the caller saw, when it says so.
    expected: int | None = None


@dataclass(frozen=True, kw_only=True)
class CompleteTask(TaskCommand):
    """Finish a task with its form's data; the instance runs on to rest."""

    data: Mapping[str, Any] = field(default_factory=dict)
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class ClaimTask(TaskCommand):
    """Take an offered task for oneself."""


@dataclass(frozen=True, kw_only=True)
class ReleaseTask(TaskCommand):
    """Give a claimed task back to its groups."""


@dataclass(frozen=True, kw_only=True)
class AssignTask(TaskCommand):
    """Give an open task to a named person."""

    #: ``Actor.id`` of the person.
    assignee: str


@dataclass(frozen=True, kw_only=True)
class UnassignTask(TaskCommand):
    """Take an assigned task away from its person and offer it to its groups again."""


@dataclass(frozen=True, kw_only=True)
class DelegateTask(TaskCommand):
    """Lend a task that one holds to somebody else, who gives it back with ``ResolveTask``."""

    #: ``Actor.id`` of the person.
    assignee: str


@dataclass(frozen=True, kw_only=True)
class ResolveTask(TaskCommand):
    """Give a task back to whoever lent it."""

    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class SplitTask(TaskCommand):
    """Let others do parts of a task that one holds; it is completed after them."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class WithdrawSubtask(TaskCommand):
    """Ask for a part of a task that one holds no longer."""


@dataclass(frozen=True, kw_only=True)
class CommentTask(TaskCommand):
    """Say something about an open task, for whoever performs it and for the history."""

    text: str


@dataclass(frozen=True, kw_only=True)
class SaveDraft(TaskCommand):
    """Keep what was typed so far; validated when the task is completed, not here.

    ``expected`` is the version of the draft: 0 when the caller saw none.
    """

    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class FireTimer(TreeCommand):
    """Let a timer fire whose moment has come; without effect when it is too late or too early for that."""

    timer: int
    #: The lease under which it was claimed; who holds an older one was overtaken.
    lease: int


@dataclass(frozen=True, kw_only=True)
class CorrelateMessage(TreeCommand):
    """Hand a message to a subscription; without effect when it waits no longer."""

    subscription: int
    #: Number of the stored message, which is used up; ``None`` for one that is stored nowhere.
    message: int | None
    #: JSON values.
    variables: Mapping[str, Any] = field(default_factory=dict)
    #: ``Actor.id`` of who sent it, or the tree that threw it.
    sender: str = ""


@dataclass(frozen=True, kw_only=True)
class CatchSignal(TreeCommand):
    """Let a signal reach somebody who waited for it when it was thrown; without effect when they have gone on since."""

    #: The one that was open then, or the first of those that the same border has opened one after another.
    subscription: int
    #: Its name.
    signal: str
    #: JSON values.
    variables: Mapping[str, Any] = field(default_factory=dict)
    #: ``Actor.id`` of who sent it, or tree and element that threw it, such as ``tree:12/warn``.
    sender: str = ""


@dataclass(frozen=True, kw_only=True)
class BeginActivity(TreeCommand):
    """Begin an activity that an ad-hoc sub-process offers."""

    #: By which it is offered; beginning it uses that up, so that what was asked for twice begins once.
    subscription: int


@dataclass(frozen=True, kw_only=True)
class RetryFault(TreeCommand):
    """Run the element again at which the instance stands still."""

    fault: int
