"""How expectations are judged: what is compared with what, and how a difference is told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.actors import Actor
from engine.feel import Evaluation, FunctionTable
from processes.scenarios.situation import Situation


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


def matched(what: str, wanted: Iterable[Any], found: Sequence[Mapping[str, Any]]) -> Iterator[Difference]:
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
            yield from otherwise(what, members["element"], members, like)
        else:
            yield difference(what, f"没有 {members['element']}", f"there is no {members['element']}")
    for item in left:
        yield difference(what, f"多出 {item['element']}", f"there is also {item['element']}")


def otherwise(what: str, thing: str, wanted: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Difference]:
    """The thing is there, and something about it is different."""
    for name, value in wanted.items():
        if found[name] != value:
            place, is_so, meant = f"{thing}.{name}", _word(found[name]), _word(value)
            yield difference(what, f"{place} 是 {is_so}，应为 {meant}", f"{place} is {is_so}, not {meant}")


def _word(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return "、".join(value) if isinstance(value, Collection) and not isinstance(value, str) else str(value)


def difference(what: str, message_zh: str, message_en: str) -> Difference:
    """What is otherwise under a name."""
    return Difference(what=what, message_zh=message_zh, message_en=message_en)
