"""Reads a form's file: UTF-8 JSON without repeated names, NaN or surprising size."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from forms.errors import FormRefused, Problem
from forms.limits import MAX_FORM_BYTES


def read_object(source: bytes) -> dict[str, Any]:
    """The JSON object that the file holds. Raises ``FormRefused``."""
    if len(source) > MAX_FORM_BYTES:
        raise _refused("too_large", f"文件超过 {MAX_FORM_BYTES // 1024} KiB", f"is over {MAX_FORM_BYTES // 1024} KiB")
    try:
        document = json.loads(
            source.decode("utf-8"), object_pairs_hook=_object_without_repeats, parse_constant=_refuse_constant
        )
    except UnicodeDecodeError as error:
        raise _refused("encoding", f"第 {error.start} 字节不是 UTF-8", f"is not UTF-8 at byte {error.start}") from None
    except json.JSONDecodeError as error:
        place_zh, place_en = f"第 {error.lineno} 行第 {error.colno} 列", f"line {error.lineno}, column {error.colno}"
        raise _refused("json", f"{place_zh}：不是合法的 JSON", f"is not JSON at {place_en}: {error.msg}") from None
    except (RecursionError, ValueError):
        raise _refused("json", "嵌套过深或数字过长", "is nested too deep or holds an endless number") from None
    if not isinstance(document, dict):
        raise _refused("json", "表单必须是一个 JSON 对象", "must be one JSON object")
    return document


def _object_without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) < len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        shown = ascii(repeated)
        raise _refused(
            "repeated_name", f"名称 {shown} 在同一对象中重复出现", f"gives the name {shown} twice in one object"
        )
    return document


def _refuse_constant(constant: str) -> NoReturn:
    raise _refused("not_finite", f"不允许 {constant}", f"contains {constant}, which is not JSON")


def _refused(code: str, message_zh: str, message_en: str) -> FormRefused:
    return FormRefused([Problem(pointer="", code=code, message_zh=message_zh, message_en=message_en)])
