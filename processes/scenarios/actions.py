"""What happens in a step, read from what the schema has found in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from engine.deliveries import Completed, Failed, Rejected
from processes.scenarios.scenario import (
    Action,
    AnswerStep,
    CompleteStep,
    MessageStep,
    RetryStep,
    SignalStep,
    StartStep,
    UntilStep,
    UseStep,
    WaitStep,
    WorkStep,
)

_DURATION: Final = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


def moment_of(text: str) -> datetime:
    """The moment that a text says."""
    return datetime.fromisoformat(text)


def _complete(written: Mapping[str, Any]) -> Action:
    return CompleteStep(
        element=written["complete"],
        by=written["by"],
        data=written.get("data", {}),
        comment=written.get("comment", ""),
    )


def _start(written: Mapping[str, Any]) -> Action:
    return StartStep(element=written["start"], by=written["by"])


def _retry(written: Mapping[str, Any]) -> Action:
    return RetryStep(element=written["retry"], by=written["by"])


def _use(written: Mapping[str, Any]) -> Action:
    return UseStep(
        verb=written["use"],
        by=written["by"],
        data=written.get("data", {}),
        comment=written.get("comment", ""),
        on=written.get("on"),
    )


def _message(written: Mapping[str, Any]) -> Action:
    return MessageStep(name=written["message"], key=written.get("key", ""), variables=written.get("variables", {}))


def _signal(written: Mapping[str, Any]) -> Action:
    return SignalStep(name=written["signal"], variables=written.get("variables", {}))


def _answer(written: Mapping[str, Any]) -> Action:
    return AnswerStep(place=written["answer"], outcome=_outcome(written))


def _outcome(written: Mapping[str, Any]) -> Completed | Rejected | Failed:
    if "failure" in written:
        return Failed(written["failure"], "演练中投递未成", "it was in vain, as the story tells")
    if "error" in written:
        return Rejected(written["error"], variables=written.get("variables", {}))
    return Completed(written["result"])


def _wait(written: Mapping[str, Any]) -> Action:
    days, time = _amount(written["wait"])
    return WaitStep(duration=timedelta(days=days) + time)


def _work(written: Mapping[str, Any]) -> Action:
    days, time = _amount(written["wait_working"])
    return WorkStep(days=days, time=time)


def _until(written: Mapping[str, Any]) -> Action:
    text = written["wait_until"]
    return UntilStep(moment=None if text == "next timer" else moment_of(text))


def _amount(text: str) -> tuple[int, timedelta]:
    """Days, and the time beside them."""
    found = _DURATION.fullmatch(text)
    assert found is not None, "the schema lets nothing else through"  # noqa: S101 - see its pattern
    days, hours, minutes, seconds = (int(digits or 0) for digits in found.groups())
    return days, timedelta(hours=hours, minutes=minutes, seconds=seconds)


#: How the action of a step is read, by the key that names it.
ACTIONS: Final[Mapping[str, Callable[[Mapping[str, Any]], Action]]] = {
    "complete": _complete,
    "start": _start,
    "retry": _retry,
    "use": _use,
    "message": _message,
    "signal": _signal,
    "answer": _answer,
    "wait": _wait,
    "wait_working": _work,
    "wait_until": _until,
}
