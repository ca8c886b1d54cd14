"""Scenarios from files: judged by their schema, then read. Everything wrong is said with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

import jsonschema
import msgspec
from jsonschema.protocols import Validator

from engine.errors import Invalid
from processes.calendars import FIRST_YEAR, LAST_YEAR
from processes.scenarios.actions import ACTIONS, moment_of
from processes.scenarios.scenario import Expectation, Given, Report, Scenario, Step
from processes.scenarios.source import Source, read_source
from processes.scenarios.violations import problem_of

MOST_PROBLEMS: Final = 50
#: How every scenario begins unless it says otherwise: on a Wednesday, when work begins in summer.
START: Final = "2026-07-01T08:30:00+08:00"
REPORT: Final[Mapping[str, Any]] = {
    "by": "inspector",
    "subcategory": "component-0101",
    "channel": "inspector",
    "description": "井盖缺失",
}
LOCATION: Final[Mapping[str, Any]] = {"lon": 122.07, "lat": 46.08, "crs": "CGCS2000", "address": ""}


def schema() -> Mapping[str, Any]:
    """The JSON Schema of a file."""
    text = resources.files("processes.scenarios").joinpath("schema.json").read_bytes()
    read: Mapping[str, Any] = msgspec.json.decode(text)
    return read


def read_scenarios(text: bytes, name: str = "") -> tuple[Scenario, ...]:
    """The scenarios of a file. Raises ``Invalid`` whose details list every error with its line."""
    source = read_source(text, name)
    _judge(source)
    return tuple(_Reader(source).scenarios())


@cache
def _validator() -> Validator:
    return jsonschema.Draft202012Validator(schema(), format_checker=_formats())


def _formats() -> jsonschema.FormatChecker:
    formats = jsonschema.FormatChecker(formats=())
    formats.checks("date-time", raises=ValueError)(_is_moment)
    return formats


def _is_moment(text: object) -> bool:
    """Whether a text is a moment within the years that calendars know. Raises ``ValueError``."""
    return not isinstance(text, str) or FIRST_YEAR < moment_of(text).year < LAST_YEAR


def _judge(source: Source) -> None:
    errors = sorted(_validator().iter_errors(source.value), key=lambda error: list(map(str, error.absolute_path)))
    problems = [problem_of(error, source) for error in errors[:MOST_PROBLEMS]]
    if problems:
        raise _refused(problems, source)


def _refused(problems: list[Mapping[str, Any]], source: Source) -> Invalid:
    first = problems[0]
    return Invalid(
        "scenario_invalid",
        first["message_zh"],
        first["message_en"],
        pointer=first["pointer"],
        line=first["line"],
        details={"file": source.name, "errors": problems},
    )


class _Reader:
    """Reads what the schema has found in order."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._shared: Mapping[str, Any] = source.value.get("given") or {}
        self._by_name: dict[str, Scenario] = {}

    def scenarios(self) -> Iterator[Scenario]:
        for place, written in enumerate(self._source.value["scenarios"]):
            pointer = f"/scenarios/{place}"
            if written["name"] in self._by_name:
                raise self._problem(f"{pointer}/name", "场景重名", f"Another scenario is named {written['name']!a}")
            self._by_name[written["name"]] = scenario = self._scenario(written, pointer)
            yield scenario

    def _scenario(self, written: Mapping[str, Any], pointer: str) -> Scenario:
        before = self._continued(written.get("continues"), pointer)
        given = self._given(written.get("given") or {}, pointer, before)
        own = [self._step(step, f"{pointer}/steps/{place}") for place, step in enumerate(written.get("steps", ()))]
        return Scenario(
            file=self._source.name,
            name=written["name"],
            title=written.get("title", written["name"]),
            line=self._source.line(pointer),
            given=given,
            steps=(*(before.steps if before else ()), *own),
            then=self._expectation(written, pointer),
        )

    def _continued(self, name: str | None, pointer: str) -> Scenario | None:
        if name is None:
            return None
        if name not in self._by_name:
            raise self._problem(
                f"{pointer}/continues",
                f"前面没有名为“{name}”的场景",
                f"Expected the name of a scenario above, but {name!a} is none",
            )
        return self._by_name[name]

    def _given(self, own: Mapping[str, Any], pointer: str, before: Scenario | None) -> Given:
        if before is not None:
            if own:
                raise self._problem(
                    f"{pointer}/given",
                    "延续另一场景时，前提由那个场景确定",
                    "A scenario that continues another one has what that one is given",
                )
            return before.given
        written = {**self._shared, **own}
        self._check_begun(written, pointer)
        return Given(
            start=moment_of(written.get("start", START)),
            report=_report({**self._shared.get("report", {}), **own.get("report", {})}),
            people={name: tuple(posts) for name, posts in written.get("people", {}).items()},
            process=written.get("process"),
            begun_by=written.get("begun_by"),
            variables=written.get("variables", {}),
            facts=written.get("facts", {}),
            calendar=written.get("calendar"),
            settings=written.get("settings", {}),
            deadline_settings=written.get("deadline_settings", {}),
        )

    def _check_begun(self, written: Mapping[str, Any], pointer: str) -> None:
        """What begins by itself or by a message has a process, and reports what that says."""
        if "begun_by" not in written:
            return
        if "process" not in written or "report" in written or "facts" in written:
            raise self._problem(
                f"{pointer}/given",
                "写了 begun_by 就要写明 process，而不写 report 和 facts：上报什么由开始它的事件决定",
                "begun_by goes with a process and without report and facts: what begins it says what is reported",
            )

    def _step(self, written: Mapping[str, Any], pointer: str) -> Step:
        name = next(action for action in ACTIONS if action in written)
        return Step(
            line=self._source.line(pointer),
            words=f"{name}: {written[name]}",
            action=ACTIONS[name](written),
            then=self._expectation(written, pointer),
            refused=written.get("refused"),
        )

    def _expectation(self, written: Mapping[str, Any], pointer: str) -> Expectation | None:
        if "then" not in written:
            return None
        return Expectation(line=self._source.line(f"{pointer}/then"), wanted=written["then"])

    def _problem(self, pointer: str, message_zh: str, message_en: str) -> Invalid:
        line = self._source.line(pointer)
        problem = {"pointer": pointer, "line": line, "message_zh": message_zh, "message_en": message_en}
        return _refused([problem], self._source)


def _report(written: Mapping[str, Any]) -> Report:
    told = {**REPORT, **written}
    place = {**LOCATION, **told.pop("location", {})}
    return Report(condition=told.pop("condition", None), **told, **place)
