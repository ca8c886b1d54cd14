"""The guard's rule for verbs."""

from __future__ import annotations

from engine.actors import Actor
from engine.errors import Refusal
from engine.handling import Work
from processes.access import Rules
from processes.verbs.commands import UseVerb
from processes.verbs.permits import VerbPermits
from processes.verbs.verb import Verbs


def verb_rules(verbs: Verbs, permits: VerbPermits) -> Rules:
    """Whoever may use a verb on the case as it stands."""

    def rule(actor: Actor, command: UseVerb, work: Work) -> Refusal | None:
        return permits.against(verbs.get(command.verb), actor, work, command.task)

    return {UseVerb: rule}
