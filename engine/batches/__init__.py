"""Batches: work over many aggregates as one row and one command per item.

    StartBatch → rows committed → feeder → PgQueuer job → runner: one command per item, outcome per item

A batch survives whoever runs it: what was done is in its rows, each item has its own idempotency key, and the feeder
enqueues every running batch that has no job.
"""

from engine.batches.commands import CancelBatch, StartBatch
from engine.batches.handlers import BATCH_HANDLERS
from engine.batches.kinds import BatchKind, BatchKinds
from engine.batches.queries import BatchItem, BatchProgress, BatchQueries, BatchState, ItemState
from engine.batches.runner import BatchRunner
from engine.batches.tasks import TASK_VERBS, TASKS, task_command
from engine.batches.worker import BatchWorker

__all__ = [
    "BATCH_HANDLERS",
    "TASKS",
    "TASK_VERBS",
    "BatchItem",
    "BatchKind",
    "BatchKinds",
    "BatchProgress",
    "BatchQueries",
    "BatchRunner",
    "BatchState",
    "BatchWorker",
    "CancelBatch",
    "ItemState",
    "StartBatch",
    "task_command",
]
