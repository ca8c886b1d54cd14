"""Undoing what was done: activities that can be undone are kept in their scope when they are done, and undone later.

What is kept is no more than undoing needs: of an activity with a handler the variables that the handler reads, as they
were when the activity was done; of a sub-process its own variables and what was done inside it. An event that undoes
takes what is kept out of its scope and works on it inside itself, the last first and one at a time. In an event
sub-process it also undoes what was done in the scope around, for which the event sub-process stands.

A handler reads the variables of that time and writes those of today.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from engine.definition import ElementKind
from engine.spiff.activation import Undoable, Undoing
from engine.spiff.faults import Stuck
from engine.spiff.limits import MOST_UNDOABLE
from engine.spiff.scopes import PastScope, Scope
from engine.spiff.stored_values import encode_values

if TYPE_CHECKING:
    from engine.spiff.activation import Activation
    from engine.spiff.run import Run
    from engine.spiff.workflow import SubProcessWorkflow, Tokens


def admit(activation: Activation) -> None:
    """Raises ``Stuck`` when too much is kept in a scope for one more activity to be kept."""
    if len(activation.workflow.undoable) >= MOST_UNDOABLE:
        raise Stuck(
            "too_much_to_undo",
            f"这一层已有 {MOST_UNDOABLE} 个办完的活动留待补偿，不能再多；请把循环放进子流程。",
            f"Expected at most {MOST_UNDOABLE} activities of a scope to be kept for compensation; "
            "put the loop into a sub-process.",
        )


def keep_for_handler(run: Run, activation: Activation, handler: str) -> None:
    """Keep an activity that is done for its handler."""
    names = _spec(activation, handler).handler_reads
    seen = {name: value for name, value in activation.scope.seen().items() if names is None or name in names}
    _keep(activation, Undoable(run.next_id(), activation.task_spec.element, handler, encode_values(seen)))


def keep_with_inside(run: Run, activation: Activation, inside: str) -> None:
    """Keep a sub-process that is done, when something in it can be undone."""
    begins = _spec(activation, inside).undone_at
    if activation.undoable or (begins is not None and begins.behaviour.catches is not None):
        values = activation.scope.encoded
        element = activation.task_spec.element
        _keep(activation, Undoable(run.next_id(), element, inside, values, list(activation.undoable)))


def keep_each(activation: Activation) -> None:
    """Keep what each performance of a repeated activity has left to be undone."""
    activation.workflow.undoable.extend(activation.undoable)


def begin(activation: Activation, element: str) -> None:
    """Take what is to be undone out of the scope of an event: one activity, as often as it was done, or all of them."""
    waiting: list[tuple[int, Undoable]] = []
    for outside, tokens in enumerate(_scopes(activation)):
        waiting.extend((outside, each) for each in tokens.undoable if element in ("", each.element))
        tokens.undoable = [each for each in tokens.undoable if element not in ("", each.element)]
    activation.undoing = Undoing(sorted(waiting, key=lambda one: one[1].number))


def go_on(run: Run, activation: Activation) -> bool | None:
    """Begin to undo the last of what is left; ``None`` while the token has to wait for that, ``True`` at the end."""
    undoing = activation.undoing
    if undoing is None or not undoing.waiting:
        return True
    # What was done in many commands may be undone in one.
    run.step.effort.undone = min(run.step.effort.undone + 1, MOST_UNDOABLE)
    undoing.outside, undone = undoing.waiting.pop()
    inner = reopen(activation, undoing, undone)
    inner.undoable = undone.inner
    # It is done: nothing that happens now begins one of its event sub-processes.
    inner.is_interrupted = True
    run.begin_inside(inner, inner.spec.undone_at)
    return None


def reopen(activation: Activation, undoing: Undoing, undone: Undoable) -> SubProcessWorkflow:
    """The inside in which an event undoes something now, with the variables that were kept, without a token."""
    spec, around = _spec(activation, undone.inside), list(_scopes(activation))[undoing.outside].scope
    # The event on the border of an activity begins its handler.
    kind = PastScope if spec.undone_at.behaviour.attached_to else Scope
    undoing.undone, undoing.scope = undone, kind(undone.number, around, undone.values)
    inner: SubProcessWorkflow = activation.workflow.top_workflow.open_sub_process(activation, undone.inside)
    inner.scope = undoing.scope
    return inner


def give_back(activation: Activation, inner: Tokens | None) -> None:
    """Leave in its scope what an event has not begun to undo, inside what it undoes too, for the event is given up."""
    undoing = activation.undoing
    if undoing is None:
        return
    waiting, undone = undoing.waiting, undoing.undone
    if inner is not None and inner.undoable and undone is not None:
        rest = Undoable(undone.number, undone.element, undone.inside, inner.scope.encoded, inner.undoable)
        waiting.append((undoing.outside, rest))
    scopes = list(_scopes(activation))
    for outside, undoable in reversed(waiting):
        scopes[outside].undoable.insert(0, undoable)


def _keep(activation: Activation, undoable: Undoable) -> None:
    activation.workflow.undoable.append(undoable)


def _spec(activation: Activation, name: str) -> Any:
    return activation.workflow.top_workflow.subprocess_specs[name]


def _scopes(activation: Activation) -> Iterator[Tokens]:
    """The scope of an event, then the one around it while that is an event sub-process."""
    for around in activation.outwards():
        if around is not activation and around.task_spec.behaviour.kind is not ElementKind.EVENT_SUB_PROCESS:
            return
        yield around.workflow
