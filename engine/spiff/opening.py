"""Opens a user task: who is asked, how urgently, and who may not do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.actors import is_person
from engine.events import TaskOpened
from engine.feel import Value, kind_of
from engine.spiff.activation import Activation, Opened
from engine.spiff.compiling import DEFAULT_PRIORITY, HIGHEST_PRIORITY, names_in
from engine.spiff.deadlines import escalate, moments_of
from engine.spiff.faults import Stuck
from engine.spiff.naming import name_of_performance
from engine.spiff.performers import performers_of
from engine.spiff.variables import evaluate
from engine.spiff.whole_numbers import whole_number

if TYPE_CHECKING:
    from engine.spiff.attributes import Attribute, Behaviour
    from engine.spiff.run import Run


def open_task(run: Run, activation: Activation) -> None:
    """Decide the assignment and offer the task. Raises ``Stuck`` when a declaration yields nothing usable."""
    behaviour: Behaviour = activation.task_spec.behaviour
    opened = Opened(
        groups=candidates(run, activation, behaviour.groups, behaviour.users),
        assignee=_assignee(run, activation, behaviour.assignee),
        priority=_priority(run, activation, behaviour.priority),
        excluded=performers_of(activation, behaviour.separate_from),
        opened_at=run.step.now,
        form_version=_form_version(run, behaviour),
        name=name_of_performance(activation),
    )
    activation.opened = opened
    moments = moments_of(run, activation)
    run.step.emit(
        TaskOpened(
            task=activation.id,
            instance=run.instance,
            element=behaviour.element,
            name=opened.name or behaviour.name,
            form=behaviour.form,
            form_version=opened.form_version,
            groups=opened.groups,
            assignee=opened.assignee,
            stage=activation.stage,
            priority=opened.priority,
            excluded=opened.excluded,
            warn_at=moments.warn_at,
            due_at=moments.due_at,
        )
    )
    if behaviour.escalation:
        escalate(run, activation, opened.groups)


def _form_version(run: Run, behaviour: Behaviour) -> int:
    """The version that the task keeps, whatever is published while it is open."""
    if not behaviour.form:
        return 0
    if version := run.step.form_version(behaviour.form, behaviour.form_tag):
        return version
    wanted = f"{behaviour.form}:{behaviour.form_tag}" if behaviour.form_tag else behaviour.form
    raise Stuck(
        "form_not_published",
        f"表单 {wanted} 尚未发布。",
        f"Expected a published form {wanted}, but there is none.",
    )


def candidates(run: Run, activation: Activation, groups: Attribute | None, users: Attribute | None) -> list[str]:
    """The groups and people that something is offered to. Raises ``Stuck`` when they yield nothing usable."""
    return [*_names(run, activation, groups), *_people(run, activation, users)]


def _names(run: Run, activation: Activation, attribute: Attribute | None) -> list[str]:
    if attribute is None:
        return []
    value = evaluate(run, activation, attribute)
    if isinstance(value, str):
        return list(names_in(value))
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return [item.strip() for item in value if item.strip()]
    raise _unusable(attribute, value, "文字或文字列表", "text or a list of texts")


def _people(run: Run, activation: Activation, attribute: Attribute | None) -> list[str]:
    return [_person(attribute, name) for name in _names(run, activation, attribute)]


def _assignee(run: Run, activation: Activation, attribute: Attribute | None) -> str | None:
    if attribute is None:
        return None
    value = evaluate(run, activation, attribute)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise _unusable(attribute, value, "文字或 null", "text or null")
    return _person(attribute, value.strip())


def _person(attribute: Attribute | None, name: str) -> str:
    """The id of a person. Raises ``Stuck`` for any other text, because nobody would ever see the task."""
    if is_person(name):
        return name
    declared = attribute.name if attribute else ""
    raise Stuck(
        "assignment_failed",
        f"{declared} 应为人员编号（如 user:7），得到的却是“{name[:40]}”。",
        f'Expected {declared} to be the id of a person such as user:7, but it is "{name[:40]}".',
    )


def _priority(run: Run, activation: Activation, attribute: Attribute | None) -> int:
    if attribute is None:
        return DEFAULT_PRIORITY
    value = evaluate(run, activation, attribute)
    if (number := whole_number(value, 0, HIGHEST_PRIORITY)) is None:
        raise _unusable(attribute, value, "0 到 100 的整数", "a whole number from 0 to 100")
    return number


def _unusable(attribute: Attribute, value: Value, wanted_zh: str, wanted_en: str) -> Stuck:
    return Stuck(
        "assignment_failed",
        f"{attribute.name} 应得到{wanted_zh}，得到的却是 {kind_of(value)}。",
        f"Expected {attribute.name} to be {wanted_en}, but it is {kind_of(value)}.",
    )
