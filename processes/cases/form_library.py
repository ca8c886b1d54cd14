"""The published forms of one process: loaded with the configuration, judging what is typed into them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import asyncpg
import msgspec

from engine.definitions import Checked, DefinitionKind, published_sources
from engine.errors import Invalid, InvalidState
from forms import DataRefused, Form, FormRefused, Problem, Reference, Widget, accept, load_form
from processes.cases.registers import Registers


@dataclass(frozen=True)
class _Published:
    form: Form
    #: The file as JSON values.
    file: Mapping[str, Any]


class FormLibrary:
    """Implements ``engine.handling.FormJudge``, and is the part of the snapshot that knows the published forms."""

    def __init__(self, registers: Registers) -> None:
        self._published: Mapping[str, _Published | FormRefused] = {}
        self._loaded: dict[bytes, _Published] = {}
        self._known: Mapping[Widget, Callable[[str], bool]] = {
            Widget.UNIT: registers.has_unit,
            Widget.CONDITION: registers.has_condition,
            Widget.SUBCATEGORY: registers.has_subcategory,
        }

    def accept(self, form: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """The data, with defaults and nulls filled in. Raises ``Invalid`` whose details list every error by pointer."""
        found = self._find(form).form
        try:
            accepted = accept(found, data)
        except DataRefused as refused:
            raise _refused(refused.problems, "/data") from refused
        unknown = [_unknown(reference) for reference in found.references(accepted) if not self._is_known(reference)]
        if unknown:
            raise _refused(unknown, "/data")
        return accepted

    def shown(self, form: str) -> Mapping[str, Any]:
        """The published form's file as JSON values. Raises ``InvalidState``."""
        return self._find(form).file

    async def read(self, connection: asyncpg.Connection) -> Mapping[str, _Published | FormRefused]:
        """The forms published now; one that this program refuses does not keep the others from being used."""
        published = await published_sources(connection, DefinitionKind.FORM)
        return {key: self._load(sha, source) for key, (sha, source) in published.items()}

    def replace(self, content: Mapping[str, _Published | FormRefused]) -> None:
        """Judge by these from now on."""
        self._published = content

    def _load(self, sha: bytes, source: bytes) -> _Published | FormRefused:
        if sha not in self._loaded:
            try:
                self._loaded[sha] = _Published(load_form(source), msgspec.json.decode(source))
            except FormRefused as refused:
                return refused
        return self._loaded[sha]

    def _find(self, key: str) -> _Published:
        found = self._published.get(key)
        if found is None:
            raise InvalidState(
                "form_not_published", f"表单 {key} 尚未发布", f"Expected a published form {key}, but none is"
            )
        if isinstance(found, FormRefused):
            raise InvalidState("form_unusable", f"表单 {key} 不能使用", f"The form {key} cannot be used: {found}")
        return found

    def _is_known(self, reference: Reference) -> bool:
        known = self._known.get(reference.widget)
        return known is None or known(reference.value)


def check_form(source: bytes) -> Checked:
    """What a form that may be published says of itself. Raises ``Invalid`` whose details list every problem."""
    try:
        form = load_form(source)
    except FormRefused as refused:
        raise _refused(refused.problems, "") from refused
    return Checked(key=form.key, name=form.title.zh)


def _unknown(reference: Reference) -> Problem:
    return Problem(
        pointer=reference.pointer,
        code="unknown_reference",
        message_zh="没有这一项，请重新选择",
        message_en="is not known; choose again",
    )


def _refused(problems: tuple[Problem, ...] | list[Problem], root: str) -> Invalid:
    errors = [
        {
            "pointer": root + problem.pointer,
            "code": problem.code,
            "message_zh": problem.message_zh,
            "message_en": problem.message_en,
        }
        for problem in problems
    ]
    first = problems[0]
    return Invalid(
        "form_invalid",
        f"表单有 {len(errors)} 处错误：{first.message_zh}",
        f"The form has {len(errors)} problems, the first: {first.message_en}",
        pointer=root + first.pointer,
        details={"errors": errors},
    )
