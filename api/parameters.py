"""Parameters: names in paths, the query string, and headers that make a change safe to repeat."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote

import msgspec

from api.bodies import check_plain
from api.validation import typed_text
from engine.commands import IdempotencyKey
from engine.errors import Invalid, Malformed, NotFound, PreconditionMissing

LARGEST_ID = 2**63 - 1
LARGEST_SMALL_ID = 2**31 - 1
MOST_PARAMETERS = 40
LONGEST_ROW_KEY = 200

Shape = TypeVar("Shape")


@dataclass(frozen=True)
class PathParameter:
    """How a name in a path is written and read."""

    pattern: str
    description: str
    read: Callable[[str], Any]


@dataclass(frozen=True)
class Numbered:
    """Something numbered within a case: a task, an instance or a delivery."""

    tree: int
    number: int

    def __str__(self) -> str:
        return f"{self.tree}.{self.number}"


def _row(text: str) -> str:
    """The key of a row, which may hold anything printable, hence escaped in a path."""
    key = unquote(text, errors="strict")
    if len(key) > LONGEST_ROW_KEY or not key.isprintable() or key != key.strip():
        raise ValueError(text)
    return key


def _date(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def _month_day(text: str) -> str:
    # In a leap year, which has every date.
    date.fromisoformat(f"2000-{text}")
    return text


def _id(text: str) -> int:
    return _within(int(text), LARGEST_ID)


def _numbered(text: str) -> Numbered:
    tree, number = text.split(".")
    return Numbered(_within(int(tree), LARGEST_ID), _within(int(number), LARGEST_SMALL_ID))


def _small(text: str) -> int:
    return _within(int(text), LARGEST_SMALL_ID)


def _within(number: int, largest: int) -> int:
    if number > largest:
        raise ValueError(number)
    return number


_ID = PathParameter(r"[1-9][0-9]{0,18}", "A whole number from 1.", _id)
_NUMBERED = PathParameter(r"[1-9][0-9]{0,18}\.[1-9][0-9]{0,9}", "Case and number, joined by a dot.", _numbered)
_KEY = PathParameter(r"[A-Za-z_][A-Za-z0-9_.-]{0,254}", "A key: letters, digits, dot, hyphen, underscore.", str)
_ROW = PathParameter(r"[^/]{1,1800}", "Key of a row, at most 200 characters; a slash is written %2F.", _row)
_OUTSIDE = PathParameter(r"[a-z][a-z0-9._-]{0,63}", "Name of an outside system.", str)

#: Every name that may stand in a path.
PATH_PARAMETERS: Mapping[str, PathParameter] = {
    "case": _ID,
    "media": _ID,
    "message": _ID,
    "activity": _ID,
    "batch": _ID,
    "upload": _ID,
    "task": _NUMBERED,
    "instance": _NUMBERED,
    "delivery": _NUMBERED,
    "escalation": _NUMBERED,
    "order": _NUMBERED,
    "target": _OUTSIDE,
    "source": _OUTSIDE,
    "process": _KEY,
    "scenario": _KEY,
    "form": _KEY,
    "verb": _KEY,
    "decision": _KEY,
    "calendar": _KEY,
    "unit": PathParameter(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}", "Code of a unit.", str),
    "user": _ID,
    "group": PathParameter(r"[a-z][a-z0-9-]{0,31}", "Key of a group.", str),
    "api_key": PathParameter(r"[a-z][a-z0-9-]{0,31}", "Name of a program's key.", str),
    "staged": _ID,
    "category_class": PathParameter(r"[a-z]{1,32}-[0-9A-Z]{2}", "Key of a class: component-01.", str),
    "subcategory": PathParameter(r"[a-z]{1,32}-[0-9A-Z]{4,5}", "Key of a sub-category: component-0104.", str),
    "condition": PathParameter(
        r"[a-z]{1,32}-[0-9A-Z]{4,5}-(?:0[1-9]|[1-9][0-9]{1,8})", "Key of a filing condition: component-0104-02.", str
    ),
    "row": _ROW,
    "grid": PathParameter(r"[0-9]{15}", "Code of a unit grid.", str),
    "component": PathParameter(r"[0-9]{16}", "Code of a component.", str),
    "date": PathParameter(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]", "A date: 2026-05-20.", _date),
    "month_day": PathParameter(r"[01][0-9]-[0-3][0-9]", "A date of each year: 05-20.", _month_day),
    "year": PathParameter(r"[12][0-9]{3}", "A year.", int),
    "version": PathParameter(r"[1-9][0-9]{0,9}", "Number of a published version.", _small),
}


def read_path(given: Mapping[str, str]) -> dict[str, Any]:
    """The path's parameters, read. Raises ``NotFound``: what cannot be a name of something names nothing."""
    read: dict[str, Any] = {}
    for name, text in given.items():
        parameter = PATH_PARAMETERS[name]
        if not re.fullmatch(parameter.pattern, text, re.ASCII):
            raise not_found()
        try:
            read[name] = parameter.read(text)
        except ValueError:
            raise not_found() from None
    return read


def numbered(text: str) -> Numbered | None:
    """Something numbered within a case, by its written name; ``None`` when it cannot be the name of one."""
    try:
        return _numbered(text) if re.fullmatch(_NUMBERED.pattern, text, re.ASCII) else None
    except ValueError:
        return None


def not_found() -> NotFound:
    """The one answer for what does not exist and for what the caller may not see."""
    return NotFound("not_found", "没有找到，或您无权查看", "There is no such thing, or none you may see")


def read_query(text: str, shape: type[Shape]) -> Shape:
    """The query string as ``shape``. Raises ``Invalid`` for unknown, double or wrong parameters."""
    if not text:
        return typed_text({}, shape)
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_PARAMETERS, errors="strict")
    except ValueError:
        raise Malformed("query_unreadable", "查询串无法读取", "The query string cannot be read") from None
    lists = _list_parameters(shape)
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name in lists:
            values.setdefault(name, []).append(value)
        elif name in values:
            raise Invalid(
                "double_parameter",
                f"查询参数 {name} 出现了不止一次",
                f"The query parameter {name} stands more than once",
                details={"parameter": name},
            )
        else:
            values[name] = value
    check_plain(values)
    return typed_text(values, shape)


def _list_parameters(shape: Any) -> frozenset[str]:
    fields = msgspec.inspect.type_info(shape)
    assert isinstance(fields, msgspec.inspect.StructType)  # noqa: S101 - routes declare structs
    return frozenset(field.name for field in fields.fields if isinstance(field.type, msgspec.inspect.ListType))


_KEY_SHAPE = re.compile(r"[\x21-\x7e]{1,200}")


def read_idempotency_key(given: str | None, actor: str, request: tuple[str, str, bytes]) -> IdempotencyKey:
    """The caller's key for this change; ``request`` is method, path and body. Raises ``Malformed``."""
    if not given:
        raise Malformed(
            "idempotency_key_missing", "缺少 Idempotency-Key 请求头", "The header Idempotency-Key is missing"
        )
    if not _KEY_SHAPE.fullmatch(given):
        raise Malformed(
            "idempotency_key_unreadable",
            "Idempotency-Key 应为 1 到 200 个可见 ASCII 字符",
            "Idempotency-Key must be 1 to 200 visible ASCII characters",
        )
    method, path, body = request
    fingerprint = hashlib.sha256(b"\0".join((method.encode(), path.encode(), body))).digest()
    return IdempotencyKey(actor=actor, key=given, fingerprint=fingerprint)


_ETAG = re.compile(r'(?:W/)?"(0|[1-9][0-9]{0,17})"')


def etag(version: int) -> str:
    """The ``ETag`` of a version."""
    return f'"{version}"'


def read_if_match(given: str | None) -> int | None:
    """The version in an ``If-Match`` header, ``None`` when there is none. Raises ``Malformed``."""
    if given is None:
        return None
    if found := _ETAG.fullmatch(given.strip()):
        return int(found[1])
    raise Malformed(
        "if_match_unreadable", "If-Match 应为一个 ETag 值", "If-Match must hold one ETag as it was answered"
    )


def precondition_missing() -> PreconditionMissing:
    """A change that needs the version it starts from came without."""
    return PreconditionMissing(
        "if_match_missing",
        "缺少 If-Match 请求头：请先读取当前版本",
        "The header If-Match is missing: read the current version first",
    )
