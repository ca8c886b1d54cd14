"""Dry runs: what somebody tries step by step with a diagram, played like a scenario and written down as one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from engine.clock import elapsed
from engine.definitions import Library
from engine.effects import HostKind
from engine.errors import Invalid
from engine.jsontext import json_text
from engine.spiff import Definition
from guiliu.scenarios import Scenery, Theatre
from processes.cases import FormLibrary
from processes.scenarios import Attempt, DryRun, Scenario, Situation, held_in_the_end, read_scenarios, written
from processes.scenarios.limits import PATIENCE
from processes.verbs import PERFORMER, Verb, verb_of

#: Of diagrams that cannot be started by themselves, what they declare.
_ATTACHED: Final = ("attachesTo", "startedBy")


@dataclass(frozen=True, kw_only=True)
class OfferedVerb:
    """A verb that there is something to use it on; whether it is allowed is judged when it is used."""

    verb: str
    name: str
    name_en: str
    #: Who may start it.
    posts: Sequence[str]
    #: Elements of the open tasks that it can be used on; none for the case as a whole.
    on: Sequence[str]
    #: The file of its form as JSON values; ``None`` when nothing is asked.
    schema: Mapping[str, Any] | None


@dataclass(frozen=True, kw_only=True)
class Tried:
    """Where an attempt has led."""

    run: DryRun
    #: The steps that were taken as a scenario, with what held after each.
    scenario: str
    #: The diagrams that were played.
    library: Library[Definition]
    #: Form and number of its version → its file as JSON values.
    forms: Mapping[tuple[str, int], Mapping[str, Any]] = field(default_factory=dict)
    #: What may be asked of the case as it stands, beside its tasks.
    verbs: Sequence[OfferedVerb] = ()


def tried(scenery: Scenery, *, key: str, attempt: Attempt) -> Tried:
    """Try the steps. Raises ``Invalid`` for what cannot be read or begun."""
    theatre = Theatre(scenery, give_up_at=elapsed() + PATIENCE)
    check_key(theatre, key)
    given = _started(theatre, key, attempt.given)
    (scenario,) = _read(given, attempt)
    run, memory = asyncio.run(theatre.try_out(scenario))
    return Tried(
        run=run,
        scenario=_recorded(given, attempt, run),
        library=memory.library,
        forms=_forms(run, memory.forms),
        verbs=list(_offered(run.situation, _verbs(theatre, scenery), memory.forms)),
    )


def check_key(theatre: Theatre, key: str) -> None:
    """Raises ``Invalid`` when the diagram that stands under a key is another's."""
    found = theatre.view(key).key
    if found != key:
        raise Invalid(
            "key_differs",
            f"流程图的标识是 {found}，应为 {key}",
            f"Expected a diagram of the process {key}, but it is of {found}",
            pointer="/source",
        )


def _started(theatre: Theatre, key: str, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is given, with the diagram itself as the one that starts, unless it stands beside a case."""
    if "process" in given or any(theatre.view(key).properties.get(name) for name in _ATTACHED):
        return given
    return {**given, "process": key}


def _read(given: Mapping[str, Any], attempt: Attempt) -> tuple[Scenario, ...]:
    scenario = {"name": attempt.name, "steps": list(attempt.steps)}
    try:
        return read_scenarios(json_text({"given": given, "scenarios": [scenario]}))
    except Invalid as invalid:
        raise _in_the_attempt(invalid) from invalid


def _in_the_attempt(invalid: Invalid) -> Invalid:
    """The refusal of a file, with places in what was sent."""
    errors = [
        {**error, "pointer": _place(error["pointer"]), "line": None} for error in invalid.details.get("errors", ())
    ]
    details = {"errors": errors} if errors else None
    pointer = _place(invalid.pointer or "")
    return Invalid(invalid.code, invalid.message_zh, invalid.message_en, pointer=pointer, details=details)


def _place(pointer: str) -> str:
    return pointer.removeprefix("/scenarios/0")


def _recorded(given: Mapping[str, Any], attempt: Attempt, run: DryRun) -> str:
    """What was taken; what came of a step that was refused is not known, so it is left out."""
    steps = [{**attempt.steps[each.number - 1], "then": dict(each.held)} for each in run.taken if each.number]
    end = held_in_the_end(run.situation) if run.taken else {}
    return written(given, attempt.name, attempt.title, steps, end)


def _forms(run: DryRun, library: FormLibrary) -> dict[tuple[str, int], Mapping[str, Any]]:
    wanted = {(task.form, task.form_version) for task in run.situation.tasks if task.form_version}
    return {(form, version): library.shown(form, version) for form, version in wanted}


def _verbs(theatre: Theatre, scenery: Scenery) -> Iterator[Verb]:
    """The verbs of the scenery, by key; only what may declare one is worth compiling."""
    for key, source in sorted(scenery.processes.items()):
        if _ATTACHED[0].encode() in source and (verb := verb_of(theatre.view(key))) is not None:
            yield verb


def _offered(here: Situation, verbs: Iterable[Verb], library: FormLibrary) -> Iterator[OfferedVerb]:
    """The verbs that find something in the case; nothing once it has ended."""
    if here.case is None or not here.case.is_open:
        return
    elements = list(dict.fromkeys(task.element for task in here.tasks))
    performers = {group for task in here.tasks for group in task.groups}
    for verb in verbs:
        if verb.attaches_to is HostKind.CASE or elements:
            yield OfferedVerb(
                verb=verb.key,
                name=verb.name,
                name_en=verb.name_en,
                posts=sorted(verb.started_by - {PERFORMER} | (performers if PERFORMER in verb.started_by else set())),
                on=() if verb.attaches_to is HostKind.CASE else elements,
                schema=_newest(verb.form, library),
            )


def _newest(form: str, library: FormLibrary) -> Mapping[str, Any] | None:
    version = library.bound(form, "") if form else 0
    return library.shown(form, version) if version else None
