"""Between instances in memory and the rows that are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from SpiffWorkflow.util.task import TaskState

from engine.spiff.activation import Activation, Performance, Phase, Undoable, Undoing, Watch
from engine.spiff.codec import ActivationRow, InstanceRow, PerformanceRow, ScopeRow, TokensRow, UndoingRow
from engine.spiff.scopes import Scope, Writing
from engine.spiff.stored_values import decode_values, encode_values
from engine.spiff.undoing import reopen
from engine.spiff.workflow import ROOT, InstanceWorkflow, SubProcessWorkflow, Tokens

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from engine.spiff.definition import Definition

    Definitions: TypeAlias = Callable[[bytes], Definition]


def instance_row(workflow: InstanceWorkflow) -> InstanceRow:
    """An instance at rest as rows."""
    return InstanceRow(
        workflow.instance,
        workflow.definition.sha,
        workflow.moment,
        workflow.performers,
        _scope_row(workflow.scope),
        _tokens_row(workflow, workflow),
        workflow.bound,
        workflow.procedure,
        workflow.is_paused,
    )


def restore_instance(row: InstanceRow, definitions: Definitions, around: Activation | None = None) -> InstanceWorkflow:
    """The instance that ``instance_row`` wrote down, with those it calls."""
    workflow = InstanceWorkflow(definitions(row.sha), row.id, _scope(row.scope, None))
    workflow.around = around
    workflow.moment = row.moment
    workflow.performers = row.performers
    workflow.bound = row.bound
    workflow.procedure = row.procedure
    workflow.is_paused = row.is_paused
    _restore_tokens(workflow, workflow, row.tokens, definitions)
    return workflow


def _scope_row(scope: Scope) -> ScopeRow:
    return ScopeRow(scope.id, scope.encoded, dict(scope.writings))


def _scope(row: ScopeRow, parent: Scope | None) -> Scope:
    scope = Scope(row.id, parent, row.values)
    scope.writings = {name: Writing(*writing) for name, writing in row.writings.items()}
    return scope


def _tokens_row(workflow: InstanceWorkflow, tokens: Tokens) -> TokensRow:
    rows = [_activation_row(workflow, activation) for activation in tokens.live_activations()]
    row = TokensRow(rows, tokens.arrivals, tokens.fault)
    row.is_interrupted = tokens.is_interrupted
    row.undoable = tokens.undoable
    for watch in tokens.watches.values():
        row.timers += watch.timers
        row.subscriptions += watch.subscriptions
        row.come += watch.come
    return row


def _activation_row(workflow: InstanceWorkflow, activation: Activation) -> ActivationRow:
    inner: SubProcessWorkflow | None = workflow.subprocesses.get(activation.id)
    called = workflow.calls.get(activation.id)
    return ActivationRow(
        activation.id,
        activation.task_spec.name,
        activation.phase,
        activation.branch,
        activation.opened,
        _scope_row(activation.local) if activation.local is not None else None,
        encode_values(activation.answer) if activation.answer and activation.phase is not Phase.ENTERED else None,
        activation.performer,
        activation.fault,
        _tokens_row(workflow, inner) if inner is not None else None,
        activation.timers,
        activation.requested,
        activation.subscriptions,
        instance_row(called) if called is not None else None,
        _performance_row(activation.performance),
        activation.repeated,
        activation.happened,
        activation.subtasks,
        list(activation.undoable),
        _undoing_row(activation.undoing),
        activation.come,
    )


def _undoing_row(undoing: Undoing | None) -> UndoingRow | None:
    if undoing is None:
        return None
    undone, scope = undoing.undone, undoing.scope
    if undone is not None and scope is not None:
        undone = Undoable(undone.number, undone.element, undone.inside, scope.encoded)
    return UndoingRow(undoing.waiting, undoing.outside, undone)


def _performance_row(performance: Performance | None) -> PerformanceRow | None:
    return None if performance is None else PerformanceRow(performance.number, _scope_row(performance.scope))


def _restore_tokens(workflow: InstanceWorkflow, tokens: Tokens, row: TokensRow, definitions: Definitions) -> None:
    tokens.arrivals = row.arrivals
    tokens.fault = row.fault
    tokens.is_interrupted = row.is_interrupted
    tokens.undoable = row.undoable
    # In the order in which they began.
    for event in (*tokens.spec.event_starts, *tokens.spec.offered):
        names = [awaited.name for awaited in event.awaited]
        timers = tuple(armed for armed in row.timers if armed.node in names)
        subscriptions = tuple(subscribed for subscribed in row.subscriptions if subscribed.node in names)
        come = tuple(one for one in row.come if one.node in names)
        if timers or subscriptions or come:
            watch = tokens.watches[event.name] = Watch(tokens, event)
            watch.timers, watch.subscriptions, watch.come = timers, subscriptions, come
    for item in row.activations:
        activation = _restore_activation(tokens, item)
        if item.inner is not None:
            inner = _open_inside(workflow, activation)
            _restore_tokens(workflow, inner, item.inner, definitions)
        if item.called is not None:
            workflow.calls[activation.id] = restore_instance(item.called, definitions, activation)


def _open_inside(workflow: InstanceWorkflow, activation: Activation) -> SubProcessWorkflow:
    undoing = activation.undoing
    if undoing is not None and undoing.undone is not None:
        return reopen(activation, undoing, undoing.undone)
    return workflow.open_sub_process(activation, activation.task_spec.spec)


def _restore_activation(tokens: Tokens, row: ActivationRow) -> Activation:
    state = TaskState.WAITING if row.fault is not None else TaskState.STARTED
    activation = Activation(tokens, tokens.spec.task_specs[row.node], tokens.tasks[ROOT], row.id, state)
    activation.phase = Phase(row.phase)
    activation.branch = row.branch
    activation.opened = row.opened
    activation.performer = row.performer
    activation.fault = row.fault
    activation.timers = row.timers
    activation.requested = row.requested
    activation.subscriptions = row.subscriptions
    activation.repeated = row.repeated
    activation.happened = row.happened
    activation.subtasks = row.subtasks
    activation.undoable = row.undoable
    activation.come = row.come
    if row.undoing is not None:
        activation.undoing = Undoing(row.undoing.waiting, row.undoing.outside, row.undoing.undone)
    if row.performance is not None:
        activation.performance = Performance(row.performance.number, _scope(row.performance.scope, tokens.scope))
    if row.local is not None:
        activation.local = _scope(row.local, activation.scope_around)
    if row.answer is not None:
        activation.answer = decode_values(row.answer)
    return activation
