"""What decides commands on case trees in this city: the same in production, in simulations and in scenarios."""

from __future__ import annotations

from engine.bus import TreeRules
from engine.events import ENGINE_EVENTS
from engine.handlers import engine_handlers
from engine.live_trees import LiveTrees
from engine.log import EventCatalogue
from engine.projections import ENGINE_PROJECTIONS
from engine.work import Surroundings
from guiliu.memory import Memory
from processes.access import Rules, TreeGuard, tree_rules
from processes.cases import (
    CASE_EVENTS,
    CASE_RULES,
    BeginCase,
    CaseProjection,
    ReportCase,
    ReportCaseHandler,
    audience_of,
    facts_of,
)
from processes.escalations import (
    ESCALATION_RULES,
    ESCALATION_TABLE,
    AcknowledgeEscalation,
    AcknowledgeEscalationHandler,
    EscalationProjection,
    Ladders,
    WarnOfDeadline,
    WarnOfDeadlineHandler,
)
from processes.media import CaseMediaProjection
from processes.supervision import SUPERVISION_RULES, TakeOrderStep, TakeOrderStepHandler
from processes.timekeeping import (
    DEADLINE_EVENTS,
    DEADLINE_TABLE,
    DeadlineProjection,
    RederiveDeadlines,
    RederiveDeadlinesHandler,
)
from processes.verbs import UseVerb, UseVerbHandler, verb_rules

EVENTS = EventCatalogue((*ENGINE_EVENTS, *CASE_EVENTS, *DEADLINE_EVENTS))
PROJECTIONS = (
    *ENGINE_PROJECTIONS,
    CaseProjection(),
    CaseMediaProjection(),
    DeadlineProjection(),
    EscalationProjection(),
)


def city_rules(memory: Memory, *, beginning: Rules = CASE_RULES, trees: LiveTrees | None = None) -> TreeRules:
    """Handlers, guard and surroundings over a configuration in memory; ``beginning`` rules who may begin a case."""
    rules = {
        **tree_rules(memory.people.actor_named, memory.people.has_group),
        **verb_rules(memory.verbs, memory.permits),
        **ESCALATION_RULES,
        **SUPERVISION_RULES,
        **beginning,
    }
    return TreeRules(
        handlers={
            **engine_handlers(memory.forms),
            ReportCase: ReportCaseHandler(memory.city, memory.registers),
            BeginCase: memory.beginning,
            RederiveDeadlines: RederiveDeadlinesHandler(memory.timekeeper),
            WarnOfDeadline: WarnOfDeadlineHandler(Ladders(memory.library)),
            AcknowledgeEscalation: AcknowledgeEscalationHandler(memory.forms),
            TakeOrderStep: TakeOrderStepHandler(memory.forms),
            UseVerb: UseVerbHandler(memory.verbs, memory.permits, memory.forms, memory.timekeeper),
        },
        guard=TreeGuard(rules, audience_of, beginning=beginning),
        surroundings=Surroundings(
            library=memory.library,
            projections=PROJECTIONS,
            facts_of=facts_of(memory.city, memory.registers),
            form_version=memory.forms.bound,
            zone=memory.city.zone,
            decisions=memory.decisions,
            deadlines_of=memory.timekeeper.deadlines_of,
            listed=(DEADLINE_TABLE, ESCALATION_TABLE),
            trees=trees,
        ),
    )
