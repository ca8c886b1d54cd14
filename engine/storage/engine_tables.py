"""The engine's tables as ``TableStorage``: instances, tasks, drafts, faults; the others have modules of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from engine.projections import (
    DraftRow,
    FaultRow,
    FaultState,
    InstanceRow,
    InstanceState,
    TaskRow,
    TaskState,
)
from engine.storage.delivery_table import DeliveryTable
from engine.storage.message_tables import ThrownMessageTable, ThrownSignalTable, UsedMessageTable
from engine.storage.procedure_table import ProcedureTable
from engine.storage.subscription_table import SubscriptionTable
from engine.storage.tables import columns, joined, open_rows, split
from engine.storage.timer_table import TimerTable


class InstanceTable:
    """Instances that still run."""

    table = "instance"
    whole = """
        select id, definition_key, definition_sha, caller, caller_element, state, started_at, ended_at, paused_at,
            pause_reason
        from instance where tree = $1
    """
    load = open_rows("instance", whole)
    write = "write_instance"
    types = ("int[]", "text[]", "bytea[]", "int[]", "text[]", "text[]", *("timestamptz[]",) * 3, "text[]")

    def read(self, record: Sequence[Any]) -> tuple[int, InstanceRow]:
        """Key and row."""
        key, definition_key, sha, caller, caller_element, state, started, ended, paused, reason = record
        return key, InstanceRow(
            definition_key=definition_key,
            definition_sha=sha,
            caller=caller,
            caller_element=caller_element,
            state=InstanceState(state),
            started_at=started,
            ended_at=ended,
            paused_at=paused,
            pause_reason=reason,
        )

    def folded(self, row: InstanceRow) -> InstanceRow:
        """Everything comes from events."""
        return row

    def arrays(self, rows: Sequence[tuple[int, InstanceRow]]) -> Sequence[Sequence[Any]]:
        """One array per column."""
        return columns([(key, *self._values(row)) for key, row in rows])

    def _values(self, row: InstanceRow) -> tuple[Any, ...]:
        called = (row.caller, row.caller_element)
        times = (row.started_at, row.ended_at, row.paused_at)
        return (row.definition_key, row.definition_sha, *called, row.state, *times, row.pause_reason)


_TASK_COLUMNS = """
    id, version, instance, element, name, form, form_version, queue, stage, priority, excluded, assignee, state,
    opened_at, closed_at, performer, warn_at, due_at, parent, owner
"""


class TaskTable:
    """Open tasks, and the one that the command names."""

    table = "task"
    load = f"""
        {open_rows("task", f"select {_TASK_COLUMNS} from task where tree = $1")}
        union all
        select {_TASK_COLUMNS} from task where tree = $1 and id = $2 and state <> 'open'
    """  # noqa: S608 - constants of this module
    whole = f"select {_TASK_COLUMNS} from task where tree = $1"  # noqa: S608 - the same
    write = "write_task"
    types = (
        "int[]", "int[]", "int[]", "text[]", "text[]", "text[]", "int[]", "text[]", "text[]", "int[]", "text[]",
        "text[]", "text[]", "timestamptz[]", "timestamptz[]", "text[]", "timestamptz[]", "timestamptz[]",
        "int[]", "text[]",
    )  # fmt: skip

    def read(self, record: Sequence[Any]) -> tuple[int, TaskRow]:
        """Key and row."""
        (key, version, instance, element, name, form, form_version, queue, stage, priority, excluded, assignee,
         state, opened, closed, performer, warn_at, due_at, parent, owner) = record  # fmt: skip
        return key, TaskRow(
            instance=instance,
            element=element,
            name=name,
            form=form,
            form_version=form_version,
            groups=split(queue),
            stage=stage,
            priority=priority,
            excluded=split(excluded),
            assignee=assignee,
            state=TaskState(state),
            version=version,
            opened_at=opened,
            closed_at=closed,
            performer=performer,
            warn_at=warn_at,
            due_at=due_at,
            parent=parent,
            owner=owner,
        )

    def folded(self, row: TaskRow) -> TaskRow:
        """Claims and versions are the row's own."""
        return replace(row, assignee=None, owner=None, version=0)

    def arrays(self, rows: Sequence[tuple[int, TaskRow]]) -> Sequence[Sequence[Any]]:
        """One array per column."""
        return columns(
            [
                (key, r.version, r.instance, r.element, r.name, r.form, r.form_version, joined(r.groups), r.stage,
                 r.priority, joined(r.excluded), r.assignee, r.state, r.opened_at, r.closed_at, r.performer,
                 r.warn_at, r.due_at, r.parent, r.owner)
                for key, r in rows
            ]
        )  # fmt: skip


class DraftTable:
    """The draft of the task that the command names."""

    table = "task_draft"
    load = "select task, version, data, editor, saved_at from task_draft where tree = $1 and task = $2"
    write = "write_task_draft"
    types = ("int[]", "int[]", "text[]", "text[]", "timestamptz[]")

    def read(self, record: Sequence[Any]) -> tuple[int, DraftRow]:
        """Key and row."""
        key, version, data, editor, saved = record
        return key, DraftRow(data=data, version=version, editor=editor, saved_at=saved)

    def arrays(self, rows: Sequence[tuple[int, DraftRow]]) -> Sequence[Sequence[Any]]:
        """One array per column."""
        return columns([(key, r.version, r.data, r.editor, r.saved_at) for key, r in rows])


class FaultTable:
    """Open faults."""

    table = "fault"
    whole = """
        select id, instance, element, code, message_zh, message_en, state, raised_at, cleared_at
        from fault where tree = $1
    """
    load = open_rows("fault", whole)
    write = "write_fault"
    types = ("int[]", "int[]", "text[]", "text[]", "text[]", "text[]", "text[]", "timestamptz[]", "timestamptz[]")

    def read(self, record: Sequence[Any]) -> tuple[int, FaultRow]:
        """Key and row."""
        key, instance, element, code, message_zh, message_en, state, raised, cleared = record
        return key, FaultRow(
            instance=instance,
            element=element,
            code=code,
            message_zh=message_zh,
            message_en=message_en,
            state=FaultState(state),
            raised_at=raised,
            cleared_at=cleared,
        )

    def folded(self, row: FaultRow) -> FaultRow:
        """Everything comes from events."""
        return row

    def arrays(self, rows: Sequence[tuple[int, FaultRow]]) -> Sequence[Sequence[Any]]:
        """One array per column."""
        return columns(
            [
                (key, r.instance, r.element, r.code, r.message_zh, r.message_en, r.state, r.raised_at, r.cleared_at)
                for key, r in rows
            ]
        )


AUDITED_TABLES = (
    InstanceTable(),
    TaskTable(),
    TimerTable(),
    SubscriptionTable(),
    FaultTable(),
    ProcedureTable(),
    DeliveryTable(),
)
# After the subscriptions, which take the locks of messages: no row of a message is locked before them.
ENGINE_TABLES = (*AUDITED_TABLES, DraftTable(), ThrownMessageTable(), UsedMessageTable(), ThrownSignalTable())
