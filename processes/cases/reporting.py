"""A report becomes a case: numbered, placed in its grid, and started on the city's diagram."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from engine.errors import Invalid, InvalidState
from engine.events import FactsChanged
from engine.feel import kind_of
from engine.handlers.progress import progress
from engine.handling import Work
from processes.cases.channels import CHANNELS
from processes.cases.commands import ReportCase, Reporter
from processes.cases.events import CaseReported
from processes.cases.numbers import case_number
from processes.cases.places import situated
from processes.cases.registers import Registers
from processes.cases.rows import PersonalRow
from processes.cases.settings import CaseSettings
from processes.cases.values import facts_of
from processes.media import media_reference

#: Says which diagram a case starts; its inputs are the facts of the case by name.
PROCESS_DECISION = "process_of_case"
#: Fields about a person, by the key of their row.
PERSONAL_FIELDS = {1: "name", 2: "phone"}


class ReportCaseHandler:
    """Decides ``ReportCase``."""

    def __init__(self, settings: CaseSettings, registers: Registers) -> None:
        self._settings = settings
        self._registers = registers

    def __call__(self, command: ReportCase, work: Work) -> dict[str, Any]:
        """The new case: id, number, the tasks that opened, the stage entered."""
        number = self.register(command, work)
        work.start(self.process_of(work), {})
        return {"case": work.tree, "number": number, **progress(work)}

    def register(self, command: ReportCase, work: Work) -> str:
        """Make the case, numbered and placed, without a diagram yet; its number. Raises the ``Refusal`` of a report."""
        if not work.is_new:
            raise InvalidState("case_exists", "该案件已存在", f"Expected a new case, but {work.tree} exists")
        self.check_codes(command)
        self._check_season(command.condition, work.now)
        number = case_number(work.tree, work.now, self._settings)
        work.record(self._reported(command, number))
        if command.self_handled:
            work.record(FactsChanged(instance=0, element="", facts={"self_handled": True}))
        _keep_personal(command.reporter, work)
        return number

    def process_of(self, work: Work) -> str:
        """The key of the diagram that the case starts, as the city's decision says. Raises ``InvalidState``."""
        facts = facts_of(self._settings, self._registers)({"cases": work.rows("cases")}).values()
        process = work.decide(PROCESS_DECISION, facts, self._settings.process)
        if not isinstance(process, str):
            raise InvalidState(
                "process_not_decided",
                f"决策 {PROCESS_DECISION} 没有给出流程的标识",
                f"Expected the decision {PROCESS_DECISION} to name a process, but it is {kind_of(process)}",
            )
        return process

    def check_codes(self, command: ReportCase) -> None:
        """Raises ``Invalid`` for what the catalogue does not know, ``InvalidState`` while there is none."""
        if not self._registers.has_catalogue():
            raise InvalidState(
                "catalogue_empty",
                "尚未导入立案标准，不能上报；请先在“立案标准”中导入",
                "Nothing can be reported before a catalogue is imported",
            )
        if not self._registers.has_subcategory(command.subcategory):
            raise _unknown("subcategory", "目录中没有这个小类", command.subcategory)
        if command.channel not in CHANNELS:
            raise _unknown("channel", "没有这个来源", command.channel)
        condition = command.condition
        if condition is None:
            return
        if not self._registers.has_condition(condition) or not condition.startswith(f"{command.subcategory}-"):
            raise _unknown("condition", "该小类没有这个立案条件", condition)

    def _check_season(self, condition: str | None, at: datetime) -> None:
        on = at.astimezone(self._settings.zone).date()
        if condition is not None and (season := self._registers.season_missed(condition, on)):
            raise Invalid(
                "out_of_season",
                f"该立案条件只在 {season} 适用，请选择此时适用的条件",
                f"The filing condition holds only from {season}; choose one that holds now",
                pointer="/condition",
            )

    def _reported(self, command: ReportCase, number: str) -> CaseReported:
        return CaseReported(
            number=number,
            subcategory=command.subcategory,
            catalogue_version=self._registers.catalogue_version(),
            condition=command.condition,
            channel=command.channel,
            description=command.description,
            **situated(command.location, self._registers.place_of),
            media=[media_reference(media) for media in command.media],
            personal=_hashes(command.reporter),
        )


def _hashes(reporter: Reporter | None) -> dict[str, str]:
    if reporter is None:
        return {}
    values = {field: getattr(reporter, field) for field in PERSONAL_FIELDS.values()}
    return {field: salted_hash(reporter.salt, value) for field, value in values.items() if value}


def salted_hash(salt: bytes, value: str) -> str:
    """What the log keeps of a personal field."""
    return hashlib.sha256(salt + value.encode()).hexdigest()


def _keep_personal(reporter: Reporter | None, work: Work) -> None:
    for key, field in PERSONAL_FIELDS.items():
        if reporter is not None and (value := getattr(reporter, field)):
            work.rows("personal").put(key, PersonalRow(value=value, salt=reporter.salt))


def _unknown(place: str, message_zh: str, given: str) -> Invalid:
    name = place.rpartition("/")[2]
    return Invalid(
        f"{name}_unknown", message_zh, f"Expected a known {name}, but got {given!a:.80}", pointer=f"/{place}"
    )
