"""What a scenario may expect, each under its name, and what is said when it is otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from engine.decisions import told as shown
from engine.feel import (
    FeelError,
    Value,
    compile_expression,
    from_json,
    kind_of,
    temporal_from_text,
)
from processes.scenarios.clocks import judge_deadlines, judge_escalations
from processes.scenarios.judging import Difference, Judge, Surroundings, difference
from processes.scenarios.scenario import Expectation
from processes.scenarios.situation import Situation
from processes.scenarios.waits import (
    judge_deliveries,
    judge_faults,
    judge_messages,
    judge_open,
    judge_thrown,
    judge_timers,
)

_TEMPORAL: Final = frozenset({"date", "time", "date and time", "days and time duration", "years and months duration"})


def differences(expected: Expectation, situation: Situation, around: Surroundings) -> list[Difference]:
    """Everything that is not as expected, in the order in which it was written."""
    return [
        difference for name, wanted in expected.wanted.items() for difference in JUDGES[name](wanted, situation, around)
    ]


def _passed(wanted: Sequence[str], situation: Situation, _: Surroundings) -> Iterator[Difference]:
    path = situation.path
    position = 0
    for each in wanted:
        if each not in path[position:]:
            where = f"（在 {path[position - 1]} 之后）" if position else ""
            yield difference(
                "passed", f"没有经过 {each}{where}；经过的是 {'、'.join(path)}", _not_passed_en(each, path)
            )
            return
        position += path[position:].index(each) + 1


def _not_passed_en(each: str, path: Sequence[str]) -> str:
    return f"{each} was not passed in this order; what was passed is {', '.join(path)}"


def _not_passed(wanted: Sequence[str], situation: Situation, _: Surroundings) -> Iterator[Difference]:
    path = set(situation.path)
    for each in wanted:
        if each in path:
            yield difference("not_passed", f"经过了 {each}", f"{each} was passed")


def _stage(wanted: str, situation: Situation, _: Surroundings) -> Iterator[Difference]:
    stage = situation.case.stage if situation.case else ""
    if stage != wanted:
        yield difference("stage", f"阶段是 {stage}，应为 {wanted}", f"the stage is {stage}, not {wanted}")


def _stages(wanted: Sequence[str], situation: Situation, _: Surroundings) -> Iterator[Difference]:
    if situation.stages != list(wanted):
        entered = ", ".join(situation.stages)
        yield difference(
            "stages", f"依次进入的阶段是 {entered}，应为 {', '.join(wanted)}", f"the stages entered are {entered}"
        )


def _ended(wanted: str | bool, situation: Situation, _: Surroundings) -> Iterator[Difference]:
    case = situation.case
    end = case.end if case and not case.is_open else None
    if (end or False) != wanted:
        yield difference(
            "ended",
            f"已结束于 {end}" if end else "尚未结束",
            f"it ended at {end}" if end else "it has not ended",
        )


def _facts(wanted: Mapping[str, Any], situation: Situation, _: Surroundings) -> Iterator[Difference]:
    for name, value in wanted.items():
        if name not in situation.facts:
            yield difference("facts", f"没有事实 case.{name}", f"there is no fact case.{name}")
        else:
            yield from _compared("facts", f"case.{name}", value, situation.facts[name])


def _variables(wanted: Mapping[str, Any], situation: Situation, _: Surroundings) -> Iterator[Difference]:
    written = situation.variables()
    for name, value in wanted.items():
        if name not in written:
            yield difference("variables", f"变量 {name} 从未写入", f"the variable {name} was never written")
        else:
            yield from _compared("variables", name, value, from_json(written[name]))


def _compared(what: str, name: str, wanted: Any, found: Value) -> Iterator[Difference]:
    meant: Value = from_json(wanted)
    if isinstance(wanted, str) and kind_of(found) in _TEMPORAL:
        meant = temporal_from_text(wanted)
    if meant != found:
        yield difference(
            what,
            f"{name} 是 {shown(found)!a:.200}，应为 {wanted!a:.200}",
            f"{name} is {shown(found)!a:.200}, not {wanted!a:.200}",
        )


def _holds(wanted: Sequence[str], situation: Situation, around: Surroundings) -> Iterator[Difference]:
    names: dict[str, Value] = {name: from_json(value) for name, value in situation.variables().items()}
    names["case"] = dict(situation.facts)
    for text in wanted:
        try:
            value = compile_expression(
                text.removeprefix("=").strip(), functions=around.functions, names=list(names)
            ).evaluate(names, around.evaluation)
        except FeelError as error:
            yield difference("holds", f"{text}：{error.message_zh}", f"{text}: {error.message_en}")
            continue
        if value is not True:
            yield difference("holds", f"{text} 不成立，而是 {shown(value)!a:.200}", f"{text} is {shown(value)!a:.200}")


#: Every name under which something may be expected.
JUDGES: Final[Mapping[str, Judge]] = {
    "open": judge_open,
    "timers": judge_timers,
    "faults": judge_faults,
    "deliveries": judge_deliveries,
    "messages": judge_messages,
    "thrown": judge_thrown,
    "deadlines": judge_deadlines,
    "escalations": judge_escalations,
    "passed": _passed,
    "not_passed": _not_passed,
    "stage": _stage,
    "stages": _stages,
    "ended": _ended,
    "facts": _facts,
    "variables": _variables,
    "holds": _holds,
}
