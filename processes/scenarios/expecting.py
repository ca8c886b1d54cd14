"""What a scenario may expect, each under its name, and what is said when it is otherwise."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from engine.actors import Actor
from engine.decisions import told as shown
from engine.feel import (
    Evaluation,
    FeelError,
    FunctionTable,
    Value,
    compile_expression,
    from_json,
    kind_of,
    temporal_from_text,
)
from processes.scenarios.scenario import Expectation
from processes.scenarios.situation import Situation

_TEMPORAL: Final = frozenset({"date", "time", "date and time", "days and time duration", "years and months duration"})


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Something that is not as it was expected."""

    #: Name of the expectation, such as ``open``.
    what: str
    message_zh: str
    message_en: str


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What expectations are judged with, beside the situation."""

    actors: Mapping[str, Actor]
    functions: FunctionTable
    evaluation: Evaluation


Judge = Callable[[Any, Situation, Surroundings], Iterator[Difference]]


def differences(expected: Expectation, situation: Situation, around: Surroundings) -> list[Difference]:
    """Everything that is not as expected, in the order in which it was written."""
    return [
        difference for name, wanted in expected.wanted.items() for difference in JUDGES[name](wanted, situation, around)
    ]


def _open(wanted: Sequence[Any], situation: Situation, around: Surroundings) -> Iterator[Difference]:
    shown_tasks = [
        {
            "element": task.element,
            "groups": list(task.groups),
            "assignee": task.assignee,
            "priority": task.priority,
            "stage": task.stage,
            "form": task.form,
        }
        for task in situation.tasks
    ]
    yield from _matched("open", [_with_identity(each, around.actors) for each in wanted], shown_tasks)


def _with_identity(wanted: Any, actors: Mapping[str, Actor]) -> Any:
    """People are named in the story, and by their ids in rows."""
    if isinstance(wanted, str) or "assignee" not in wanted:
        return _sorted_groups(wanted)
    named = actors.get(wanted["assignee"])
    return _sorted_groups({**wanted, "assignee": named.id if named else wanted["assignee"]})


def _sorted_groups(wanted: Any) -> Any:
    return {**wanted, "groups": sorted(wanted["groups"])} if "groups" in wanted and isinstance(wanted, dict) else wanted


def _timers(wanted: Sequence[Any], situation: Situation, _: Surroundings) -> Iterator[Difference]:
    armed = [
        {"element": timer.element, "due_at": timer.due_at, "attached_to": timer.attached_to}
        for _, timer in situation.timers
    ]
    yield from _matched("timers", [_with_moment(each) for each in wanted], armed)


def _with_moment(wanted: Any) -> Any:
    if isinstance(wanted, str) or "due_at" not in wanted:
        return wanted
    due_at = wanted["due_at"]
    return {**wanted, "due_at": datetime.fromisoformat(due_at) if due_at else None}


def _faults(wanted: Sequence[Any], situation: Situation, _: Surroundings) -> Iterator[Difference]:
    raised = [{"element": fault.element, "code": fault.code} for _, fault in situation.faults]
    yield from _matched("faults", wanted, raised)


def _matched(what: str, wanted: Iterable[Any], found: Sequence[Mapping[str, Any]]) -> Iterator[Difference]:
    """Each wanted thing stands for exactly one that is there, and nothing is left over."""
    left = list(found)
    for each in wanted:
        members = {"element": each} if isinstance(each, str) else each
        match = next((item for item in left if members.items() <= item.items()), None)
        like = next((item for item in left if item["element"] == members["element"]), None)
        if match is not None:
            left.remove(match)
        elif like is not None:
            left.remove(like)
            yield from _otherwise(what, members, like)
        else:
            yield _difference(what, f"没有 {members['element']}", f"there is no {members['element']}")
    for item in left:
        yield _difference(what, f"多出 {item['element']}", f"there is also {item['element']}")


def _otherwise(what: str, wanted: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Difference]:
    """The thing is there, and something about it is different."""
    for name, value in wanted.items():
        if found[name] != value:
            place, is_so, meant = f"{wanted['element']}.{name}", _word(found[name]), _word(value)
            yield _difference(what, f"{place} 是 {is_so}，应为 {meant}", f"{place} is {is_so}, not {meant}")


def _passed(wanted: Sequence[str], situation: Situation, _: Surroundings) -> Iterator[Difference]:
    path = situation.path
    position = 0
    for each in wanted:
        if each not in path[position:]:
            where = f"（在 {path[position - 1]} 之后）" if position else ""
            yield _difference(
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
            yield _difference("not_passed", f"经过了 {each}", f"{each} was passed")


def _stage(wanted: str, situation: Situation, _: Surroundings) -> Iterator[Difference]:
    stage = situation.case.stage if situation.case else ""
    if stage != wanted:
        yield _difference("stage", f"阶段是 {stage}，应为 {wanted}", f"the stage is {stage}, not {wanted}")


def _stages(wanted: Sequence[str], situation: Situation, _: Surroundings) -> Iterator[Difference]:
    if situation.stages != list(wanted):
        entered = ", ".join(situation.stages)
        yield _difference(
            "stages", f"依次进入的阶段是 {entered}，应为 {', '.join(wanted)}", f"the stages entered are {entered}"
        )


def _ended(wanted: str | bool, situation: Situation, _: Surroundings) -> Iterator[Difference]:
    case = situation.case
    end = case.end if case and not case.is_open else None
    if (end or False) != wanted:
        yield _difference(
            "ended",
            f"已结束于 {end}" if end else "尚未结束",
            f"it ended at {end}" if end else "it has not ended",
        )


def _facts(wanted: Mapping[str, Any], situation: Situation, _: Surroundings) -> Iterator[Difference]:
    for name, value in wanted.items():
        if name not in situation.facts:
            yield _difference("facts", f"没有事实 case.{name}", f"there is no fact case.{name}")
        else:
            yield from _compared("facts", f"case.{name}", value, situation.facts[name])


def _variables(wanted: Mapping[str, Any], situation: Situation, _: Surroundings) -> Iterator[Difference]:
    written = situation.variables()
    for name, value in wanted.items():
        if name not in written:
            yield _difference("variables", f"变量 {name} 从未写入", f"the variable {name} was never written")
        else:
            yield from _compared("variables", name, value, from_json(written[name]))


def _compared(what: str, name: str, wanted: Any, found: Value) -> Iterator[Difference]:
    meant: Value = from_json(wanted)
    if isinstance(wanted, str) and kind_of(found) in _TEMPORAL:
        meant = temporal_from_text(wanted)
    if meant != found:
        yield _difference(
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
            yield _difference("holds", f"{text}：{error.message_zh}", f"{text}: {error.message_en}")
            continue
        if value is not True:
            yield _difference("holds", f"{text} 不成立，而是 {shown(value)!a:.200}", f"{text} is {shown(value)!a:.200}")


#: Every name under which something may be expected.
JUDGES: Final[Mapping[str, Judge]] = {
    "open": _open,
    "timers": _timers,
    "faults": _faults,
    "passed": _passed,
    "not_passed": _not_passed,
    "stage": _stage,
    "stages": _stages,
    "ended": _ended,
    "facts": _facts,
    "variables": _variables,
    "holds": _holds,
}


def _word(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return "、".join(value) if isinstance(value, Collection) and not isinstance(value, str) else str(value)


def _difference(what: str, message_zh: str, message_en: str) -> Difference:
    return Difference(what=what, message_zh=message_zh, message_en=message_en)
