"""An operator's hand on instances: the reason first, then what follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.commands import TreeCommand
from engine.errors import Invalid, NotFound
from engine.feel import FeelError, Value, from_json
from engine.handlers.progress import progress
from engine.handling import Handler, Work
from engine.intervention_events import Intervened
from engine.interventions import (
    AddToken,
    CancelInstance,
    CancelToken,
    CorrectVariables,
    Intervention,
    MoveToken,
    PauseInstance,
    ResumeInstance,
)

#: How each is carried out once its reason is recorded.
_Act = Callable[[Any, Work], None]


def _correct(command: CorrectVariables, work: Work) -> None:
    work.correct(command.instance, command.scope, _values(command.values))


def _move(command: MoveToken, work: Work) -> None:
    _refuse_foreign(command.activity, command, work)
    work.move(command.activity, command.element)


def _add(command: AddToken, work: Work) -> None:
    work.add_token(command.instance, command.element)


def _remove(command: CancelToken, work: Work) -> None:
    _refuse_foreign(command.activity, command, work)
    work.remove_token(command.activity)


def _pause(command: PauseInstance, work: Work) -> None:
    work.pause(command.instance)


def _resume(command: ResumeInstance, work: Work) -> None:
    work.resume(command.instance)


def _cancel(command: CancelInstance, work: Work) -> None:
    work.cancel(command.instance, command.reason)


#: Each with the name that the log gives it.
_ACTS: Mapping[type[Intervention], tuple[str, _Act]] = {
    CorrectVariables: ("variables", _correct),
    MoveToken: ("move", _move),
    AddToken: ("add", _add),
    CancelToken: ("remove", _remove),
    PauseInstance: ("pause", _pause),
    ResumeInstance: ("resume", _resume),
    CancelInstance: ("cancel", _cancel),
}


def _intervening(verb: str, act: _Act) -> Handler[Any]:
    def intervene(command: Intervention, work: Work) -> dict[str, Any]:
        work.record(Intervened(instance=command.instance, verb=verb, reason=command.reason))
        act(command, work)
        return {"case": command.tree, "instance": command.instance, **progress(work)}

    return intervene


INTERVENTION_HANDLERS: Mapping[type[TreeCommand], Handler[Any]] = {
    command: _intervening(verb, act) for command, (verb, act) in _ACTS.items()
}


def _refuse_foreign(activity: int, command: Intervention, work: Work) -> None:
    """Raises ``NotFound`` for a token that is open, but not in the instance."""
    token = work.contents().tokens.get(activity)
    if token is not None and token.instance != command.instance:
        raise NotFound(
            "token_not_found",
            f"流程实例中没有令牌 {activity}",
            f"Expected token {activity} to be in instance {command.instance}, but it is in {token.instance}",
        )


def _values(given: Mapping[str, Any]) -> dict[str, Value]:
    try:
        return {name: from_json(value) for name, value in given.items()}
    except FeelError as error:
        raise Invalid(f"feel.{error.code}", error.message_zh, error.message_en, pointer="/values") from error
