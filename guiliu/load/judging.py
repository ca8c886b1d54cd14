"""Does the database hold what clients were told, all of it, once? Judged by effects, not by what kept them single."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import timedelta
from pathlib import Path

from engine.clock import machine_time
from engine.storage.database import Database
from guiliu.doctor import Diagnosis
from guiliu.load.history import Asked, Outcome, read_history

#: Answers are stored for seven days; what is nearly as old is no longer looked for.
_KEPT = timedelta(days=6)
_ACTORS = "select username, 'user:' || id from account"
_ANSWERS = """
select actor, key, body from idempotency where outcome in ('created', 'done') and key = any($1::text[])
"""
_COMPLETION = re.compile(r"/tasks/(\d+)\.(\d+)/complete")
_VERB = re.compile(r"/cases/(\d+)/verbs/(.+)")
_REPORT = "/cases"

#: Who did what to what; the same as the queries below answer it.
Effect = tuple[str, ...]
_REPORTED = """
select e.actor, 'report', c.address, count(*) from cases c
join event e on e.tree = c.tree and e.type = 'CaseReported' where c.address = any($1::text[]) group by 1, 3
"""
_COMPLETED = """
select actor, 'complete', tree || '.' || (payload::json ->> 'task'), count(*) from event
where tree = any($1::bigint[]) and type = 'TaskCompleted' group by 1, 3
"""
_STARTED = """
select actor, 'verb', tree || ' ' || (payload::json ->> 'verb'), count(*) from event
where tree = any($1::bigint[]) and type = 'ProcedureStarted' group by 1, 3
"""


async def examine_history(database: Database, path: Path) -> AsyncIterator[Diagnosis]:
    """Hold a history against a database at rest. Raises ``BadHistory``, ``OSError``."""
    actors = {row[0]: row[1] for row in await database.fetch(_ACTORS)}
    asked = [each for each in read_history(path).values() if each.username in actors]
    yield await _answers_are_kept(database, asked, actors)
    effects = await _effects(database, asked)
    told, possible = _bounds(asked, actors)
    lost = [effect for effect, least in told.items() if effects[effect] < least]
    yield _diagnosis("what was acknowledged is there", len(told), map(_words, lost))
    # Others may have been at work on the same cases; what nobody here asked for is not judged.
    doubled = [effect for effect, most in possible.items() if effects[effect] > most]
    yield _diagnosis("nothing is there more often than it was asked for", len(possible), map(_words, doubled))


async def _answers_are_kept(database: Database, asked: Iterable[Asked], actors: Mapping[str, str]) -> Diagnosis:
    oldest = machine_time() - _KEPT
    told = [each for each in asked if each.outcome is Outcome.OK and each.at > oldest]
    rows = await database.fetch(_ANSWERS, [each.key for each in told])
    stored = {(row["actor"], row["key"]): row["body"] for row in rows}
    differing = [each.key for each in told if stored.get((actors[each.username], each.key)) != each.answer]
    return _diagnosis("every answer that was given is kept", len(told), differing)


async def _effects(database: Database, asked: Iterable[Asked]) -> Counter[Effect]:
    found = [_subject(each) for each in asked]
    addresses = [subject for kind, subject in found if kind == "report"]
    trees = sorted({int(re.split(r"\D", subject)[0]) for kind, subject in found if kind in ("complete", "verb")})
    effects: Counter[Effect] = Counter()
    for query, among in ((_REPORTED, addresses), (_COMPLETED, trees), (_STARTED, trees)):
        for actor, kind, subject, count in map(tuple, await database.fetch(query, among)):
            effects[actor, kind, subject] = count
    return effects


def _bounds(asked: Iterable[Asked], actors: Mapping[str, str]) -> tuple[Counter[Effect], Counter[Effect]]:
    """How often each effect has to be there at least, and at most."""
    told: Counter[Effect] = Counter()
    possible: Counter[Effect] = Counter()
    for each in asked:
        kind, subject = _subject(each)
        if not kind:
            continue
        effect = (actors[each.username], kind, subject)
        told[effect] += each.outcome is Outcome.OK
        possible[effect] += each.outcome is not Outcome.FAILED
    return told, possible


def _subject(asked: Asked) -> tuple[str, str]:
    """What a request was about; empty when it leaves nothing that could be counted."""
    if asked.path == _REPORT:
        # A report is known by its key, where the client has put it into the case.
        is_marked = (asked.body or {}).get("location", {}).get("address") == asked.key
        return ("report", asked.key) if is_marked else ("", "")
    if completed := _COMPLETION.fullmatch(asked.path):
        return "complete", f"{completed[1]}.{completed[2]}"
    if used := _VERB.fullmatch(asked.path):
        return "verb", f"{used[1]} {used[2]}"
    return "", ""


def _diagnosis(law: str, checked: int, broken: Iterable[str]) -> Diagnosis:
    places = list(broken)
    return Diagnosis(subject=law, is_well=not places, detail="; ".join(places[:5]) or f"{checked} ✓")


def _words(effect: Effect) -> str:
    return " ".join(effect)
