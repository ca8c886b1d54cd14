"""What is read of cases and tasks: SQL in, values out, each through the actor's row scope."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from engine.actors import Actor
from engine.clock import Clock
from engine.storage.database import Database
from processes.cases.form_library import FormLibrary
from processes.cases.names import Names
from processes.cases.queries.board import BoardCell, audiences, board, visible_cases
from processes.cases.queries.case_detail import (
    CaseDetail,
    FaultEntry,
    HistoryEntry,
    InstanceEntry,
    TaskOfCase,
    case_detail,
    case_history,
    case_instance,
    case_tasks,
)
from processes.cases.queries.case_list import CaseSummary, CasesWanted, ListedCase, list_cases, matching_cases
from processes.cases.queries.deadlines import (
    DeadlineEntry,
    DeadlineQueries,
    DeadlinesWanted,
    ExplainedDeadline,
    OpenDeadline,
)
from processes.cases.queries.deliveries import DeliveryDetail, DeliveryEntry, DeliveryQueries
from processes.cases.queries.escalations import EscalationEntry, EscalationsWanted, list_escalations
from processes.cases.queries.faults import OpenFault, list_faults
from processes.cases.queries.filed import filed_under
from processes.cases.queries.gatherings import gathered
from processes.cases.queries.orders import OrderEntry, OrdersWanted, Steps, list_orders
from processes.cases.queries.pages import After, Count, CountedPage, Page
from processes.cases.queries.task_detail import TaskDetail, TaskDraft, task_detail
from processes.cases.queries.task_list import TaskSummary, TasksWanted, list_tasks
from processes.cases.queries.timers import ArmedTimer, TimerPage, list_timers
from processes.cases.queries.waits import Wait, case_waits
from processes.cases.settings import CaseSettings


class CaseQueries:
    """Reads cases; what the actor may not see is ``NotFound``."""

    def __init__(self, database: Database, settings: CaseSettings, names: Names, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._names = names

    async def list(self, actor: Actor, wanted: CasesWanted, after: After, limit: int) -> CountedPage[ListedCase]:
        """Cases, the newest first, with counts by stage and unit."""
        return await list_cases(self._database, self._clock, actor, wanted, after=after, limit=limit)

    async def matching(self, actor: Actor, wanted: CasesWanted, most: int) -> Sequence[int]:
        """Ids of the cases that match, the oldest first, no more than so many."""
        return await matching_cases(self._database, self._clock, actor, wanted, most)

    async def detail(self, actor: Actor, case: int) -> CaseDetail:
        """One case with its facts."""
        return await case_detail(self._database, actor, case)

    async def history(self, actor: Actor, case: int, after: After, limit: int) -> Page[HistoryEntry]:
        """What happened in a case, in order."""
        return await case_history(self._database, actor, case, after=after, limit=limit)

    async def tasks(self, actor: Actor, case: int) -> Sequence[TaskOfCase]:
        """Every task of a case, open and closed."""
        return await case_tasks(self._database, actor, case)

    async def waits(self, actor: Actor, case: int) -> Sequence[Wait]:
        """Why a case does not move, and who can act."""
        return await case_waits(self._database, actor, case, self._names, self._settings.zone)

    async def instance(self, actor: Actor, case: int, number: int) -> InstanceEntry:
        """One instance of a case with its faults."""
        return await case_instance(self._database, actor, case, number)

    async def board(self, actor: Actor) -> Sequence[BoardCell]:
        """How many open cases stand in which stage at which unit."""
        return await board(self._database, self._clock, actor)

    async def timers(self, actor: Actor, after: After, limit: int) -> TimerPage:
        """What cases wait for until a moment comes, the soonest first."""
        return await list_timers(self._database, self._clock, actor, after=after, limit=limit)

    async def escalations(
        self, actor: Actor, wanted: EscalationsWanted, after: After, limit: int
    ) -> CountedPage[EscalationEntry]:
        """Who was told of deadlines, the latest first, with counts by state, level and unit."""
        return await list_escalations(self._database, actor, wanted, after=after, limit=limit)

    async def orders(
        self, actor: Actor, wanted: OrdersWanted, steps: Steps, after: After, limit: int
    ) -> CountedPage[OrderEntry]:
        """Supervision orders, the latest first, with counts by state and by what is awaited."""
        return await list_orders(self._database, actor, wanted, steps, after=after, limit=limit)

    async def faults(self, actor: Actor, case: int | None, after: After, limit: int) -> Page[OpenFault]:
        """Where a case, or any, stands still, the longest standing first."""
        return await list_faults(self._database, actor, case, after=after, limit=limit)

    async def filed_under(self, condition: str) -> int:
        """How many open cases were filed under a condition, whoever may see them."""
        return await filed_under(self._database, condition)

    async def audiences(self, cases: Collection[int]) -> dict[int, frozenset[str]]:
        """Who may see each of the cases; unknown ones are left out."""
        return await audiences(self._database, cases)

    async def visible(self, actor: Actor, cases: Collection[int]) -> frozenset[int]:
        """Those of the cases that the actor may see."""
        return await visible_cases(self._database, actor, cases)


class TaskQueries:
    """Reads tasks; what the actor may not see is ``NotFound``."""

    def __init__(self, database: Database, forms: FormLibrary, clock: Clock) -> None:
        self._database = database
        self._forms = forms
        self._clock = clock

    async def list(self, actor: Actor, wanted: TasksWanted, after: After, limit: int) -> CountedPage[TaskSummary]:
        """Open tasks, the oldest first, with counts by stage and group."""
        return await list_tasks(self._database, self._clock, actor, wanted, after=after, limit=limit)

    async def detail(self, actor: Actor, tree: int, task: int) -> TaskDetail:
        """One task with its form and its draft."""
        return await task_detail(self._database, self._clock, actor, (tree, task), self._forms)


__all__ = [
    "After",
    "ArmedTimer",
    "BoardCell",
    "CaseDetail",
    "CaseQueries",
    "CaseSummary",
    "CasesWanted",
    "Count",
    "CountedPage",
    "DeadlineEntry",
    "DeadlineQueries",
    "DeadlinesWanted",
    "DeliveryDetail",
    "DeliveryEntry",
    "DeliveryQueries",
    "EscalationEntry",
    "EscalationsWanted",
    "ExplainedDeadline",
    "FaultEntry",
    "HistoryEntry",
    "InstanceEntry",
    "ListedCase",
    "OpenDeadline",
    "OpenFault",
    "OrderEntry",
    "OrdersWanted",
    "Page",
    "Steps",
    "TaskDetail",
    "TaskDraft",
    "TaskOfCase",
    "TaskQueries",
    "TaskSummary",
    "TasksWanted",
    "TimerPage",
    "Wait",
    "gathered",
]
