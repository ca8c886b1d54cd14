"""The published forms of this process, and the judgement of what was typed into them.

A form's own rules are judged in ``forms``; what an answer names outside the form (a unit, a filing condition) must be
known to the city's registers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import asyncpg

from engine.definitions import Checked, DefinitionKind, published_sources
from engine.errors import Invalid, NotFound
from forms import DataRefused, Form, FormRefused, Problem, Reference, Widget, load_form
from forms import accept as accept_data
from processes.cases import Registers

Known = Callable[[Registers, str], bool]

#: Widget → whether the value it picks is known, code of the problem, what it is in both languages.
_KNOWN: Mapping[Widget, tuple[Known, str, str, str]] = {
    Widget.UNIT: (Registers.has_unit, "unit_unknown", "单位", "unit"),
    Widget.CONDITION: (Registers.has_condition, "condition_unknown", "立案条件", "filing condition"),
    Widget.SUBCATEGORY: (Registers.has_subcategory, "subcategory_unknown", "小类", "sub-category"),
}


def check_form(source: bytes) -> Checked:
    """What a form says of itself. Raises ``Invalid`` with every problem when it may not be published."""
    try:
        form = load_form(source)
    except FormRefused as refused:
        raise Invalid(
            "form_refused", "表单定义有误", "The form has problems", details={"errors": _listed(refused.problems)}
        ) from refused
    return Checked(key=form.key, name=form.title.zh)


class FormLibrary:
    """The part of the configuration snapshot that knows the published forms; judges answers to them."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers
        self._by_sha: dict[bytes, Form] = {}
        self._latest: Mapping[str, Form] = {}

    async def read(self, connection: asyncpg.Connection) -> Mapping[str, Form]:
        """The latest published version of every form, loaded once by hash."""
        published = await published_sources(connection, DefinitionKind.FORM)
        for sha, source in published.values():
            if sha not in self._by_sha:
                self._by_sha[sha] = load_form(source)
        return {key: self._by_sha[sha] for key, (sha, _) in published.items()}

    def replace(self, content: Mapping[str, Form]) -> None:
        """Use these from now on."""
        self._latest = content

    def form(self, key: str) -> Form:
        """The latest published version. Raises ``NotFound``."""
        form = self._latest.get(key)
        if form is None:
            raise NotFound(
                "form_not_published", f"表单 {key} 尚未发布", f"Expected a published form {key}, but none is"
            )
        return form

    def accept(self, form: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """The data with defaults filled in. Raises ``Invalid`` whose details list every problem by JSON pointer."""
        judging = self.form(form)
        try:
            accepted = accept_data(judging, data)
        except DataRefused as refused:
            raise _refused(refused.problems) from refused
        if unknown := [problem for named in judging.references(accepted) if (problem := self._against(named))]:
            raise _refused(tuple(unknown))
        return accepted

    def _against(self, named: Reference) -> Problem | None:
        if named.widget not in _KNOWN:
            return None
        is_known, code, zh, en = _KNOWN[named.widget]
        if is_known(self._registers, named.value):
            return None
        message_zh, message_en = f"没有这个{zh}：{named.value}", f"is not a known {en}: {named.value}"
        return Problem(pointer=named.pointer, code=code, message_zh=message_zh, message_en=message_en)


def _refused(problems: tuple[Problem, ...]) -> Invalid:
    first = problems[0]
    return Invalid(
        "form_data_invalid",
        f"表单填写有误：{first.message_zh}",
        f"The form is not filled in correctly: {first.message_en}",
        pointer=f"/data{first.pointer}",
        details={"errors": _listed(problems)},
    )


def _listed(problems: tuple[Problem, ...]) -> list[dict[str, str]]:
    return [
        {
            "pointer": f"/data{problem.pointer}",
            "code": problem.code,
            "message_zh": problem.message_zh,
            "message_en": problem.message_en,
        }
        for problem in problems
    ]
