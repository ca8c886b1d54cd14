"""Which verbs there are for a case, and whether an actor may use them now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.actors import Actor
from engine.bus import TreeQuestions
from engine.handling import Work
from engine.storage.database import Database
from processes.cases import FormLibrary
from processes.verbs.permits import VerbPermits, closest, nothing_open
from processes.verbs.procedures import ProcedureEntry, case_procedures
from processes.verbs.verb import Verb, Verbs


@dataclass(frozen=True, kw_only=True)
class VerbEntry:
    """A verb, and whether it may be used on the case as it stands."""

    verb: str
    name: str
    name_en: str
    allowed: bool
    #: In words why not; empty when it may.
    reason_zh: str
    reason_en: str
    #: Numbers of the open tasks that it may be used on; none for verbs on the case as a whole.
    tasks: Sequence[int]
    #: The file of the verb's form as JSON values; ``None`` when nothing is asked.
    schema: Mapping[str, Any] | None


class VerbQueries:
    """Asks what may be done with a case, with the very rules that guard the command."""

    def __init__(
        self, database: Database, questions: TreeQuestions, verbs: Verbs, permits: VerbPermits, forms: FormLibrary
    ) -> None:
        self._database = database
        self._questions = questions
        self._verbs = verbs
        self._permits = permits
        self._forms = forms

    async def of_case(self, actor: Actor, case: int) -> list[VerbEntry]:
        """Every verb. Raises ``NotFound`` for a case that the actor may not see, ``Unavailable``."""
        return await self._questions.ask(actor, case, self._entries)

    async def procedures(self, actor: Actor, case: int) -> list[ProcedureEntry]:
        """Every procedure of a case. Raises as ``of_case``."""
        return await case_procedures(self._database, actor, case)

    def _entries(self, actor: Actor, work: Work) -> list[VerbEntry]:
        return [self._entry(verb, actor, work) for verb in self._verbs]

    def _entry(self, verb: Verb, actor: Actor, work: Work) -> VerbEntry:
        found = self._permits.candidates(verb, actor, work)
        allowed = [candidate for candidate in found if candidate.refusal is None]
        refusal = None if allowed else closest(found) if found else nothing_open(verb)
        version = self._forms.bound(verb.form, "") if verb.form else 0
        return VerbEntry(
            verb=verb.key,
            name=verb.name,
            name_en=verb.name_en,
            allowed=bool(allowed),
            reason_zh=refusal.message_zh if refusal else "",
            reason_en=refusal.message_en if refusal else "",
            tasks=[candidate.task for candidate in allowed if candidate.task is not None],
            schema=self._forms.shown(verb.form, version) if version else None,
        )
