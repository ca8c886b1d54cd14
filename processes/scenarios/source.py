"""YAML as scenarios are written in it: the values of JSON, each with the line it stands in.

What else YAML has (anchors, tags, dates, ``yes`` for true, the same key twice) is refused or read as plain text: a
file means the same to everybody who reads it. It is read event by event, so that what is nested too deep or too long is
refused when it is met, not when it is in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import yaml

from engine.errors import Invalid
from processes.scenarios.limits import DEEPEST_NESTING, LARGEST_FILE, MOST_VALUES

_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,15})")
_FRACTION: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,15})\.[0-9]{1,15}")
#: What no column of text takes.
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
_CONSTANTS: Final[Mapping[str, Any]] = {"true": True, "false": False, "null": None, "": None}


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file as plain values."""

    #: Shown before the line of whatever is said about it.
    name: str
    value: Any
    #: Line, counted from 1, by JSON pointer.
    lines: Mapping[str, int]

    def line(self, pointer: str) -> int:
        """The line of a place; of what surrounds it when the place itself is missing."""
        while pointer not in self.lines:
            pointer = pointer.rpartition("/")[0]
        return self.lines[pointer]


def read_source(text: bytes, name: str) -> Source:
    """The values of a file. Raises ``Invalid`` with the line."""
    try:
        return _Reader(name, text).source()
    except UnicodeDecodeError as error:
        raise _invalid("not_text", "文件不是 UTF-8 文本", "Expected UTF-8 text", name, None) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        problem = error.problem or "something is missing"
        raise _invalid(
            "not_yaml", f"不是有效的 YAML：{problem}", f"Expected YAML, but {problem}", name, line
        ) from error
    except yaml.YAMLError as error:
        raise _invalid("not_yaml", "不是有效的 YAML", f"Expected YAML, but {error!s:.200}", name, None) from error


class _Reader:
    """Turns the events of one file into values and notes where they stand."""

    def __init__(self, name: str, text: bytes) -> None:
        self._name = name
        if len(text) > LARGEST_FILE:
            raise _invalid(
                "too_large", f"文件超过 {LARGEST_FILE} 字节", f"Expected at most {LARGEST_FILE} bytes", name, None
            )
        self._events: Iterator[yaml.Event] = yaml.parse(text.decode(), Loader=yaml.CSafeLoader)
        self._lines: dict[str, int] = {}

    def source(self) -> Source:
        """All of it. Raises ``Invalid`` and ``yaml.YAMLError``."""
        next(self._events)
        if not isinstance(next(self._events), yaml.DocumentStartEvent):
            raise self._problem("empty", "文件是空的", "Expected scenarios, but the file is empty", 1)
        value = self._value(next(self._events), "", 0)
        next(self._events)
        if not isinstance(after := next(self._events), yaml.StreamEndEvent):
            raise self._problem("two_documents", "只能有一个文档", "Expected one document", _line(after))
        return Source(name=self._name, value=value, lines=self._lines)

    def _value(self, event: yaml.Event, pointer: str, depth: int) -> Any:
        line = self._lines[pointer] = _line(event)
        if depth > DEEPEST_NESTING or len(self._lines) > MOST_VALUES:
            raise self._problem("too_much", "内容过多或嵌套过深", "Expected less, or less nesting", line)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise self._problem("anchor", "不能使用锚点和引用（& *）", "Anchors and aliases are not used here", line)
        if getattr(event, "tag", None) is not None:
            raise self._problem("tag", "不能使用标签（!）", "Tags are not used here", line)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(pointer, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(pointer, depth)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, line)
        raise self._problem("not_yaml", "不是有效的 YAML", f"Expected a value, but got {event}", line)

    def _mapping(self, pointer: str, depth: int) -> dict[str, Any]:
        members: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise self._problem("bad_key", "键必须是文本", "Expected a text as a key", line)
            key = self._text(event, line)
            if key in members:
                raise self._problem("duplicate_key", f"“{key}”写了两次", f"{key!a} stands here twice", line)
            inner = f"{pointer}/{_escaped(key)}"
            members[key] = self._value(next(self._events), inner, depth + 1)
            self._lines[inner] = line
        return members

    def _sequence(self, pointer: str, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, f"{pointer}/{len(items)}", depth + 1))
        return items

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> Any:
        text = self._text(event, line)
        if event.style is not None and event.style != "":
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        return float(text) if _FRACTION.fullmatch(text) else text

    def _text(self, event: yaml.ScalarEvent, line: int) -> str:
        text = str(event.value)
        if _UNSTORABLE.search(text):
            raise self._problem("bad_text", "文本中有不能保存的字符", "Expected text that can be stored", line)
        return text

    def _problem(self, code: str, message_zh: str, message_en: str, line: int) -> Invalid:
        return _invalid(code, message_zh, message_en, self._name, line)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _invalid(code: str, message_zh: str, message_en: str, name: str, line: int | None) -> Invalid:
    return Invalid(f"scenario_{code}", message_zh, message_en, line=line, details={"file": name} if name else None)
