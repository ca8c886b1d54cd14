"""May a verb be used? The same answer enables the button and guards the command."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.actors import Actor
from engine.effects import Host, HostKind
from engine.errors import Forbidden, Invalid, InvalidState, Refusal
from engine.handling import Work
from engine.projections import ProcedureRow
from processes.cases import Names
from processes.timekeeping import Timekeeper
from processes.verbs.deadline_rules import against_clock
from processes.verbs.hosts import host_at, host_of_case, open_tasks, performs
from processes.verbs.verb import PERFORMER, Verb


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A host that a verb could be used on, and what speaks against it."""

    #: The open task by which it was found; ``None`` for the case.
    task: int | None
    host: Host
    refusal: Refusal | None


class VerbPermits:
    """Judges verbs on cases in memory."""

    def __init__(self, names: Names, timekeeper: Timekeeper) -> None:
        self._names = names
        self._timekeeper = timekeeper

    def candidates(self, verb: Verb, actor: Actor, work: Work) -> list[Candidate]:
        """Every host that the verb could be used on; none when the case has ended or nothing is open."""
        if verb.attaches_to is HostKind.CASE:
            host = host_of_case(work)
            return [Candidate(task=None, host=host, refusal=self._against(verb, actor, work, host))] if host else []
        return list(self._activities(verb, actor, work))

    def host(self, verb: Verb, actor: Actor, work: Work, task: int | None) -> Host:
        """The host to use the verb on. Raises the refusal when there is none, or more than one and none is named."""
        found = self.candidates(verb, actor, work)
        if task is not None and verb.attaches_to is not HostKind.CASE:
            found = [candidate for candidate in found if candidate.task == task]
        if not found:
            raise nothing_open(verb)
        allowed = {candidate.host: candidate for candidate in found if candidate.refusal is None}
        if not allowed:
            raise closest(found)
        if len(allowed) > 1:
            raise _several(verb, [candidate.task for candidate in allowed.values()])
        return next(iter(allowed))

    def against(self, verb: Verb, actor: Actor, work: Work, task: int | None) -> Refusal | None:
        """What speaks against using the verb; ``None`` when nothing does."""
        try:
            self.host(verb, actor, work, task)
        except Refusal as refusal:
            return refusal
        return None

    def _activities(self, verb: Verb, actor: Actor, work: Work) -> Iterator[Candidate]:
        for task in open_tasks(work):
            host = host_at(verb, work.places(task), work)
            if host is not None:
                yield Candidate(task=task, host=host, refusal=self._against(verb, actor, work, host, task))

    def _against(self, verb: Verb, actor: Actor, work: Work, host: Host, task: int | None = None) -> Refusal | None:
        return (
            self._against_starter(verb, actor, work, task)
            or self._against_rivals(verb, work, host)
            or _against_targets(verb, work, host)
            or against_clock(verb, host, work, self._timekeeper)
        )

    def _against_starter(self, verb: Verb, actor: Actor, work: Work, task: int | None) -> Refusal | None:
        if actor.is_system or not actor.groups.isdisjoint(verb.started_by):
            return None
        tasks = open_tasks(work)
        own = tasks.values() if task is None else (tasks[task],)
        if PERFORMER in verb.started_by and any(performs(actor, row) for row in own):
            return None
        zh, en = self._starters(verb)
        return Forbidden("verb_of_others", f"“{verb.name}”由{zh}发起", f'"{verb.key}" is started by: {en}')

    def _starters(self, verb: Verb) -> tuple[str, str]:
        called = [self._names.group(group) for group in sorted(verb.started_by - {PERFORMER})]
        if PERFORMER in verb.started_by:
            called.insert(0, ("正在办理的人", "whoever works on it"))
        return "、".join(zh for zh, _ in called), ", ".join(en for _, en in called)

    def _against_rivals(self, verb: Verb, work: Work, host: Host) -> Refusal | None:
        for row in work.rows("procedure").values():
            if row.is_open and row.verb in verb.excludes and _is_on(row, host):
                return InvalidState(
                    "verb_pending",
                    f"已有“{row.verb}”正在办理，办结后才能再发起“{verb.name}”",
                    f'"{row.verb}" is being handled; "{verb.key}" can be started once that has ended',
                    details={"pending": row.verb},
                )
        return None


def _is_on(row: ProcedureRow, host: Host) -> bool:
    """Whether a procedure acts on the host, or on the whole case."""
    return row.host_activity is None or row.host_activity == host.activity


def _against_targets(verb: Verb, work: Work, host: Host) -> Refusal | None:
    """A verb whose target is missing, or cannot be reached from here, is forbidden in words."""
    try:
        for target in verb.targets:
            work.check_entry(host, target)
    except Refusal as refusal:
        return refusal
    return None


def closest(found: list[Candidate]) -> Refusal:
    """Of all refusals the one that the actor is nearest to overcoming: a state may change, a post does not."""
    refusals = [candidate.refusal for candidate in found if candidate.refusal is not None]
    return next((refusal for refusal in refusals if not isinstance(refusal, Forbidden)), refusals[0])


def nothing_open(verb: Verb) -> InvalidState:
    """What is said where no host is open."""
    if verb.attaches_to is HostKind.DEADLINE:
        return InvalidState(
            "deadline_missing",
            f"案件现在没有正在计时的环节时限，不能“{verb.name}”",
            f'No activity of the case has a deadline that runs, which "{verb.key}" could be used on',
        )
    return InvalidState(
        "nothing_open",
        f"案件现在没有可以“{verb.name}”的环节",
        f'Nothing is open in the case that "{verb.key}" could be used on',
    )


def _several(verb: Verb, tasks: list[int | None]) -> Invalid:
    return Invalid(
        "task_ambiguous",
        f"有多个环节可以“{verb.name}”，请指明是哪个待办",
        f'"{verb.key}" could be used on several activities; name the task that is meant',
        pointer="/task",
        details={"tasks": sorted(task for task in tasks if task is not None)},
    )
