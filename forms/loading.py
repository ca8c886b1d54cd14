"""From the bytes of a form's file to a form that can be used; everything wrong is said at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

import jsonschema_rs
import msgspec

from forms.errors import FormRefused, Problem
from forms.form import Form
from forms.judging import defaults_problems
from forms.layout import Layout, Text
from forms.layout_rules import layout_problems
from forms.plain_data import plain_problems
from forms.pointers import child
from forms.schema_rules import schema_problems
from forms.strict_json import read_object
from forms.validators import fast_validator, judging_validator

_KEY = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_PATH_STEP = re.compile(r"\.([^.\[\]]+)|\[([^\]]*)\]")


class _FormFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: str
    title: Text
    schema: dict[str, Any]
    layout: Layout
    version_tag: Annotated[str, msgspec.Meta(max_length=100)] = ""


def load_form(source: bytes) -> Form:
    """The form in a file. Raises ``FormRefused`` with every problem found, each by its pointer into the file."""
    document = read_object(source)
    if problems := plain_problems(document):
        raise FormRefused(problems)
    file = _shaped(document)
    problems = _key_problems(file.key) + _below("/schema", schema_problems(file.schema))
    if not problems:
        problems = _below("/layout", layout_problems(file.layout, file.schema))
        problems += _below("/schema", defaults_problems(file.schema))
    if problems:
        raise FormRefused(problems)
    return Form(
        key=file.key,
        title=file.title,
        schema=file.schema,
        layout=file.layout,
        version_tag=file.version_tag,
        sha=hashlib.sha256(source).digest(),
        fast=_fast(file.schema),
        judge=judging_validator(file.schema),
    )


def lint_form(source: bytes) -> list[Problem]:
    """What is wrong with a form's file; empty when it can be published. Never raises, whatever the bytes."""
    try:
        load_form(source)
    except FormRefused as refused:
        return list(refused.problems)
    return []


def _shaped(document: Mapping[str, Any]) -> _FormFile:
    try:
        return msgspec.convert(document, _FormFile)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `")
        problem = Problem(
            pointer=_pointer(path), code="shape", message_zh=f"表单文件结构不对：{message}", message_en=message
        )
        raise FormRefused([problem]) from None


def _fast(schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
    try:
        return fast_validator(schema)
    except jsonschema_rs.ValidationError as error:
        problem = Problem(
            pointer="/schema",
            code="schema",
            message_zh="不是可执行的 JSON Schema",
            message_en=f"cannot be compiled: {error.message}",
        )
        raise FormRefused([problem]) from None


def _pointer(path: str) -> str:
    """``$.layout[0][1].widget`, as the reader of shapes writes places, as a JSON pointer."""
    pointer = ""
    for name, index in _PATH_STEP.findall(path.removesuffix("`").removeprefix("$")):
        pointer = child(pointer, name or index)
    return pointer


def _key_problems(key: str) -> list[Problem]:
    if _KEY.fullmatch(key):
        return []
    return [
        Problem(
            pointer="/key",
            code="key",
            message_zh="只能由小写字母、数字、_ 和 - 组成，以字母开头，最多 64 个字符",
            message_en="must be at most 64 lower-case letters, digits, _ and -, beginning with a letter",
        )
    ]


def _below(pointer: str, problems: list[Problem]) -> list[Problem]:
    return [replace(problem, pointer=pointer + problem.pointer) for problem in problems]
