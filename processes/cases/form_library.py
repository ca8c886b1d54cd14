"""The published forms of one process: loaded with the configuration, judging what is typed into them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import Any

import asyncpg
import msgspec

from engine.definitions import Checked, DefinitionKind, sources_of, stored_versions
from engine.errors import Invalid, InvalidState
from forms import DataRefused, Form, FormRefused, Problem, Reference, Widget, accept, load_form
from processes.cases.form_versions import FormVersions
from processes.cases.registers import Registers


class _Source:
    """The bytes of one published version; nothing is compiled before it is used."""

    def __init__(self, source: bytes) -> None:
        self._source = source

    @cached_property
    def form(self) -> Form:
        """Ready for use. Raises ``FormRefused`` when this program cannot use it."""
        return load_form(self._source)

    @cached_property
    def file(self) -> Mapping[str, Any]:
        """The file as JSON values."""
        file: Mapping[str, Any] = msgspec.json.decode(self._source)
        return file


class FormLibrary:
    """Implements ``engine.handling.FormJudge``, and is the part of the snapshot that knows the published forms.

    Every version that was ever published stays at hand, for the tasks that were opened with it.
    """

    def __init__(self, registers: Registers, zone: tzinfo) -> None:
        """``zone`` is the city's: its day decides which filing conditions are in season."""
        self._registers = registers
        self._zone = zone
        self._versions = FormVersions()
        self._sources: dict[bytes, _Source] = {}
        self._known: Mapping[Widget, Callable[[str], bool]] = {
            Widget.UNIT: registers.has_unit,
            Widget.CONDITION: registers.has_condition,
            Widget.SUBCATEGORY: registers.has_subcategory,
        }

    def add(self, sha: bytes, source: bytes) -> None:
        """Have the bytes of a version at hand; nothing is compiled before it is used."""
        self._sources.setdefault(sha, _Source(source))

    def bound(self, form: str, tag: str) -> int:
        """Number of the version that a task opened now is bound to; 0 when there is none (``FormVersion``)."""
        return self._versions.bound(form, tag)

    def newest(self, form: str, tag: str) -> Mapping[str, Any] | None:
        """The file of the version that a task opened now is bound to; ``None`` when there is no such form."""
        sha = self._versions.sha(form, self.bound(form, tag))
        return None if sha is None else self._sources[sha].file

    def accept(self, form: str, version: int, data: Mapping[str, Any], at: datetime) -> Mapping[str, Any]:
        """The data, with defaults and nulls filled in. Raises ``Invalid`` whose details list every error by pointer."""
        found = self._find(form, version).form
        try:
            accepted = accept(found, data)
        except DataRefused as refused:
            raise form_refused(refused.problems, "/data") from refused
        on = at.astimezone(self._zone).date()
        problems = [problem for each in found.references(accepted) if (problem := self._problem_of(each, on))]
        if problems:
            raise form_refused(problems, "/data")
        return accepted

    def shown(self, form: str, version: int) -> Mapping[str, Any]:
        """The file of a version as JSON values. Raises ``InvalidState``."""
        return self._find(form, version).file

    async def read(self, connection: asyncpg.Connection) -> FormVersions:
        """Which versions there are; fetches only the bytes that are not at hand."""
        versions = FormVersions(await stored_versions(connection, DefinitionKind.FORM))
        fetched = await sources_of(connection, versions.shas - self._sources.keys())
        for sha, source in fetched.items():
            self.add(sha, source)
        return versions

    def replace(self, content: FormVersions) -> None:
        """Bind new tasks by these from now on."""
        self._versions = content

    def _find(self, key: str, version: int) -> _Source:
        sha = self._versions.sha(key, version)
        if sha is None:
            raise InvalidState(
                "form_not_published",
                f"表单 {key} 没有第 {version} 版",
                f"Expected version {version} of the form {key}, but there is none",
            )
        source = self._sources[sha]
        try:
            source.form  # noqa: B018 - compiled by being looked at
        except FormRefused as refused:
            raise InvalidState(
                "form_unusable",
                f"表单 {key} 第 {version} 版不能使用",
                f"Version {version} of the form {key} cannot be used: {refused}",
            ) from refused
        return source

    def _problem_of(self, reference: Reference, on: date) -> Problem | None:
        known = self._known.get(reference.widget)
        if known is not None and not known(reference.value):
            return _unknown(reference)
        if reference.widget is not Widget.CONDITION:
            return None
        season = self._registers.season_missed(reference.value, on)
        return _out_of_season(reference, season) if season else None


def check_form(source: bytes) -> Checked:
    """What a form that may be published says of itself. Raises ``Invalid`` whose details list every problem."""
    try:
        form = load_form(source)
    except FormRefused as refused:
        raise form_refused(refused.problems, "") from refused
    return Checked(key=form.key, name=form.title.zh, version_tag=form.version_tag)


def _unknown(reference: Reference) -> Problem:
    return Problem(
        pointer=reference.pointer,
        code="unknown_reference",
        message_zh="没有这一项，请重新选择",
        message_en="is not known; choose again",
    )


def _out_of_season(reference: Reference, season: str) -> Problem:
    return Problem(
        pointer=reference.pointer,
        code="out_of_season",
        message_zh=f"该立案条件只在 {season} 适用，请选择此时适用的条件",
        message_en=f"holds only from {season}; choose one that holds now",
    )


def form_refused(problems: tuple[Problem, ...] | list[Problem], root: str) -> Invalid:
    """The refusal that lists every problem by its pointer below ``root``."""
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
