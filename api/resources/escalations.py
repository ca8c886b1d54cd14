"""Escalations: who was told how far a deadline has come, and who took notice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from api.commands import carry_out
from api.lists import CountedList, Paging, Word, counted
from api.naming import element_name_en, group_names, person_name, subcategory_names, unit_names
from api.resources.tasks import OpenedTask
from api.routes import Call, Nothing, Reply, Resource, Route
from api.shapes import shown
from processes.access import Permission
from processes.escalations import AcknowledgeEscalation

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
#: Why somebody was told, by the levels that the product names; what a city names itself is told as its task is called.
_REASONS: Mapping[str, tuple[str, str]] = {
    "warning": ("时限已到预警时刻，尚未办结", "The deadline has reached its warning and is not met"),
    "overdue": ("时限已过，尚未办结", "The deadline has passed and is not met"),
    "prolonged": ("超期已久，仍未办结", "The deadline passed long ago and is still not met"),
}


class EscalationFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which escalations."""

    #: ``all`` for every state.
    state: Literal["open", "acknowledged", "moot", "all"] = "open"
    #: As the diagram names it, such as ``warning``, ``overdue`` or ``prolonged``.
    level: Word | None = None
    #: Code of the unit that the deadline binds.
    unit: Word | None = None
    #: Those that the caller was told, or that others were.
    mine: bool | None = None
    #: Raised from this moment on, and before that one.
    raised_from: Moment | None = None
    raised_before: Moment | None = None


class Escalation(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody was told of a deadline."""

    #: Also the id of the task by which they were told.
    id: str
    case: int
    number: str
    subcategory: str
    subcategory_name: str
    subcategory_name_en: str
    level: str
    title: str
    title_en: str
    element: str
    #: The groups that were told, and their names.
    groups: list[str]
    told_zh: str
    told_en: str
    #: In words: why.
    reason_zh: str
    reason_en: str
    #: Id and name of the deadline.
    deadline: str
    name: str
    stage: str
    #: Code of the unit that it binds; empty for nobody in particular.
    unit: str
    unit_name: str
    unit_name_en: str
    #: As it stood when they were told.
    warn_at: datetime | None
    due_at: datetime | None
    raised_at: datetime
    #: ``open``, ``acknowledged``, or ``moot``: the deadline was met, moved or suspended before anybody took notice.
    state: str
    ended_at: datetime | None
    #: ``Actor.id`` and name of whoever took notice, and what they said; empty when nobody did.
    acknowledged_by: str
    acknowledged_by_name: str
    note: str


class Escalations(CountedList, frozen=True, kw_only=True):
    """A page of escalations, the latest first, with counts by state, level and unit."""

    items: list[Escalation]


class Acknowledgement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What whoever takes notice has to say, if anything."""

    note: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class Acknowledged(msgspec.Struct, frozen=True, kw_only=True):
    """The escalation of which notice was taken, and what that moved."""

    case: int
    escalation: str
    opened: list[OpenedTask]
    #: Where the case stands now, when that changed.
    stage: str = ""


async def list_escalations(call: Call[EscalationFilter, None]) -> Reply:
    """Answer a page of the escalations of cases that the caller may see."""

    def item(row: Any) -> Escalation:
        name, name_en = unit_names(call.platform, row.unit)
        about, about_en = subcategory_names(call.platform, row.subcategory)
        told_zh, told_en = group_names(call.platform, row.groups)
        title_en = element_name_en(call.platform, row.element, row.title)
        reason_zh, reason_en = _REASONS.get(row.level, (row.title, title_en))
        escalation: Escalation = shown(
            row,
            Escalation,
            title_en=title_en,
            subcategory_name=about,
            subcategory_name_en=about_en,
            unit_name=name,
            unit_name_en=name_en,
            told_zh=told_zh,
            told_en=told_en,
            reason_zh=reason_zh,
            reason_en=reason_en,
            acknowledged_by_name=person_name(call.platform, row.acknowledged_by),
        )
        return escalation

    return await counted(call, call.platform.cases.escalations, Escalations, item)


async def acknowledge_escalation(call: Call[Nothing, Acknowledgement]) -> Reply:
    """Take notice of an escalation."""
    told = call.path["escalation"]
    command = AcknowledgeEscalation(
        actor=call.signed_in.actor, key=call.key, tree=told.tree, task=told.number, note=call.body.note
    )
    return await carry_out(call, command)


RESOURCE = Resource(
    name="escalations",
    title_zh="升级提醒",
    title_en="Escalations",
    routes=(
        Route(
            method="GET",
            path="/supervision/escalations",
            handler=list_escalations,
            summary_zh="升级提醒：何时、因何、告知了谁，谁已确认",
            summary_en="Escalations: who was told, when and why, and who took notice",
            query=EscalationFilter,
            answer=Escalations,
            permission=Permission.SUPERVISION_READ,
        ),
        Route(
            method="POST",
            path="/supervision/escalations/{escalation}/acknowledge",
            handler=acknowledge_escalation,
            summary_zh="确认升级提醒，可写批注",
            summary_en="Acknowledge an escalation, with a note if there is something to say",
            body=Acknowledgement,
            answer=Acknowledged,
            keyed=True,
        ),
    ),
)
