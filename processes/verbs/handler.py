"""Using a verb: its form is judged, its procedure attached to the host and run to rest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from engine.errors import Invalid, InvalidState
from engine.feel import from_json
from engine.handlers.progress import progress
from engine.handlers.tasks import task_id
from engine.handling import FormJudge, Work
from processes.timekeeping import Timekeeper
from processes.verbs.commands import UseVerb
from processes.verbs.deadline_rules import check_until
from processes.verbs.permits import VerbPermits
from processes.verbs.verb import Verb, Verbs


class Forms(FormJudge, Protocol):
    """Judges forms, and knows which version holds now."""

    def bound(self, form: str, tag: str) -> int:
        """The version published last; 0 when there is none."""
        ...


class UseVerbHandler:
    """Decides ``UseVerb``."""

    def __init__(self, verbs: Verbs, permits: VerbPermits, forms: Forms, timekeeper: Timekeeper) -> None:
        self._verbs = verbs
        self._permits = permits
        self._timekeeper = timekeeper
        self._forms = forms

    def __call__(self, command: UseVerb, work: Work) -> dict[str, Any]:
        """The procedure that was started, and what moved at once."""
        verb = self._verbs.get(command.verb)
        host = self._permits.host(verb, work.actor, work, command.task)
        data = self._accepted(verb, command.data, work.now)
        check_until(verb, host, data, work, self._timekeeper)
        values = {name: from_json(value) for name, value in data.items()}
        instance = work.attach(verb.key, host, values, command.comment)
        procedure = work.rows("procedure")[instance]
        return {
            "case": command.tree,
            "verb": verb.key,
            "procedure": task_id(command.tree, instance),
            "state": procedure.state,
            **progress(work),
        }

    def _accepted(self, verb: Verb, data: Mapping[str, Any], at: datetime) -> Mapping[str, Any]:
        if not verb.form:
            if data:
                raise Invalid(
                    "form_missing",
                    f"“{verb.name}”没有表单，不接受数据",
                    f'Expected no data, because "{verb.key}" has no form',
                    pointer="/data",
                )
            return data
        version = self._forms.bound(verb.form, "")
        if not version:
            raise InvalidState(
                "form_not_published",
                f"表单 {verb.form} 尚未发布",
                f"Expected a published form {verb.form}, but there is none",
            )
        return self._forms.accept(verb.form, version, data, at)
