"""A JSON value together with its pointer, so that every refusal can name its place."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from processes.calendars.errors import CalendarError

Parsed = TypeVar("Parsed")
Choice = TypeVar("Choice", bound=StrEnum)

_LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Expected:
    """What a field should hold, in both languages."""

    zh: str
    en: str


_OBJECT = Expected("对象", "an object")
_LIST = Expected("列表", "a list")
_TEXT = Expected(f"1 至 {_LONGEST_TEXT} 个字符的文本", f"a text of 1 to {_LONGEST_TEXT} characters")
_STORABLE_TEXT = Expected("不含空字符和孤立代理项的文本", "a text without NUL or lone surrogates")
_WHOLE_NUMBER = Expected("整数", "a whole number")


@dataclass(frozen=True, slots=True)
class Node:
    """One value of the document and the JSON pointer that leads to it."""

    value: Any
    pointer: str

    def only(self, *, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> None:
        """Refuse anything but an object with these fields."""
        if not isinstance(self.value, Mapping):
            raise self._refused(_OBJECT)
        for name in required:
            if name not in self.value:
                raise _field_error("missing_field", f"{self.pointer}/{name}", "缺少该字段", "this field is missing")
        for name in self.value:
            if name not in required and name not in optional:
                raise _field_error("unknown_field", f"{self.pointer}/{name}", "未知字段", "this field is unknown")

    def field(self, name: str, default: Any = None) -> "Node":
        """The named member, or the default in its place."""
        return Node(self.value.get(name, default), f"{self.pointer}/{name}")

    def items(self) -> "Iterator[Node]":
        """Each member of a list."""
        if not isinstance(self.value, list | tuple):
            raise self._refused(_LIST)
        return (Node(item, f"{self.pointer}/{index}") for index, item in enumerate(self.value))

    def items_of(self, name: str) -> "Iterator[Node]":
        """Each member of a list that may be absent."""
        return self.field(name, ()).items()

    def text(self) -> str:
        """A text that is not empty, not long, and storable (no NUL, no lone surrogate)."""
        if not isinstance(self.value, str) or not 0 < len(self.value) <= _LONGEST_TEXT:
            raise self._refused(_TEXT)
        if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in self.value):
            raise self._refused(_STORABLE_TEXT)
        return self.value

    def whole_number(self) -> int:
        """An integer; ``true`` is none."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self._refused(_WHOLE_NUMBER)
        return self.value

    def parsed(self, parse: Callable[[str], Parsed], expected: Expected) -> Parsed:
        """A text put through ``parse``, whose ValueError means that the text is not what was expected."""
        try:
            return parse(self.text())
        except CalendarError:
            raise
        except ValueError:
            raise self._refused(expected) from None

    def choice(self, kinds: type[Choice]) -> Choice:
        """One of an enumeration's values."""
        try:
            return kinds(self.text())
        except CalendarError:
            raise
        except ValueError:
            listed = ", ".join(kinds)
            raise self._refused(Expected(f"以下之一：{listed}", f"one of {listed}")) from None

    def _refused(self, expected: Expected) -> CalendarError:
        shown = repr(self.value)[:60]
        problem_zh, problem_en = f"应为{expected.zh}，却是 {shown}", f"expected {expected.en}, but got {shown}"
        return _field_error("wrong_value", self.pointer, problem_zh, problem_en)


def _field_error(code: str, pointer: str, problem_zh: str, problem_en: str) -> CalendarError:
    place = pointer or "/"
    return CalendarError(code, pointer, message_zh=f"{place}：{problem_zh}。", message_en=f"At {place}, {problem_en}.")
