"""The sample city's units: those that the sample lists hold responsible, and those that run the platform."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.actors import Actor
from processes.organisation import SaveUnit, UnitKind
from processes.responsibility.sample import SampleUnit, sample_units
from processes.territory.sample import sample_divisions

#: Where the seats, inspectors and leaders of the sample city belong.
CENTRE: Final = "operation_centre"
#: The unit of the sample clerk.
CLERK_UNIT: Final = "urban_management"

_CENTRES: Final = frozenset({CENTRE, "hotline_centre"})
_COMPANY: Final = "_company"
#: Units without a duty of their own in the sample lists: code → names.
_FURTHER: Final[Mapping[str, tuple[str, str]]] = {
    CENTRE: ("市城市运行管理服务中心（样例）", "City operation and management centre (sample)"),
    "political_legal": ("市委政法委", "Political and legal affairs commission"),
    "industry": ("市工业和信息化局", "Industry and information bureau"),
    "finance": ("市财政局", "Finance bureau"),
    "petitions": ("市信访局", "Petitions bureau"),
    "broadcasting_company": ("广播电视网络公司（样例）", "Broadcasting network company (sample)"),
}


def unit_commands(actor: Actor) -> list[SaveUnit]:
    """Each unit, those above before those below."""
    named = (*(_further(code) for code in _FURTHER), *sample_units(sample_divisions()))
    return [_save(unit, actor) for unit in sorted(named, key=lambda unit: unit.manager != "")]


def _further(code: str) -> SampleUnit:
    name, name_en = _FURTHER[code]
    return SampleUnit(code=code, name=name, name_en=name_en, unit_type="", manager="")


def _save(unit: SampleUnit, actor: Actor) -> SaveUnit:
    return SaveUnit(
        actor=actor,
        expected=0,
        code=unit.code,
        name=unit.name,
        name_en=unit.name_en,
        kind=_kind(unit.code),
        parent=unit.manager or None,
    )


def _kind(code: str) -> UnitKind:
    if code.isdecimal():
        return UnitKind.SUBDISTRICT
    if code.endswith(_COMPANY):
        return UnitKind.ENTERPRISE
    return UnitKind.CENTRE if code in _CENTRES else UnitKind.DEPARTMENT
