"""What the engine itself can be asked of a tree: about its tasks, timers, faults and deliveries."""

from __future__ import annotations

from engine.commands import (
    AssignTask,
    BeginActivity,
    CatchSignal,
    ClaimTask,
    CommentTask,
    CompleteTask,
    CorrelateMessage,
    DelegateTask,
    FireTimer,
    ReleaseTask,
    ResolveTask,
    RetryFault,
    SaveDraft,
    SplitTask,
    UnassignTask,
    WithdrawSubtask,
)
from engine.handlers.assignment import assign_task, claim_task, release_task, unassign_task
from engine.handlers.comments import comment_task
from engine.handlers.completion import CompleteTaskHandler
from engine.handlers.deliveries import DELIVERY_HANDLERS
from engine.handlers.drafts import save_draft
from engine.handlers.faults import retry_fault
from engine.handlers.interventions import INTERVENTION_HANDLERS
from engine.handlers.messages import catch_signal, correlate_message
from engine.handlers.offers import begin_activity
from engine.handlers.sharing import delegate_task, resolve_task, split_task, withdraw_subtask
from engine.handlers.timers import fire_timer
from engine.handling import FormJudge, Handlers


def engine_handlers(forms: FormJudge) -> Handlers:
    """The table of the engine's handlers; ``forms`` judges what was typed."""
    return {
        CompleteTask: CompleteTaskHandler(forms),
        ClaimTask: claim_task,
        ReleaseTask: release_task,
        AssignTask: assign_task,
        UnassignTask: unassign_task,
        SaveDraft: save_draft,
        DelegateTask: delegate_task,
        ResolveTask: resolve_task,
        SplitTask: split_task,
        WithdrawSubtask: withdraw_subtask,
        CommentTask: comment_task,
        RetryFault: retry_fault,
        FireTimer: fire_timer,
        CorrelateMessage: correlate_message,
        CatchSignal: catch_signal,
        BeginActivity: begin_activity,
        **DELIVERY_HANDLERS,
        **INTERVENTION_HANDLERS,
    }


__all__ = ["engine_handlers"]
