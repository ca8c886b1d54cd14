"""What cases may name is what is in force."""

from __future__ import annotations

from guiliu.registers import city_registers
from processes.access import People, Register
from processes.organisation import OrganisationSnapshot, UnitEntry, UnitKind
from processes.registers import LiveRegisters


def test_work_is_given_only_to_units_that_have_not_ended() -> None:
    units = {
        code: UnitEntry(code=code, name=code, name_en="", kind=UnitKind.DEPARTMENT, parent=None, is_valid=is_valid)
        for code, is_valid in (("U12", True), ("U13", False))
    }
    people = People()
    registers = city_registers(people, LiveRegisters())
    assert not registers.has_unit("U12")
    people.replace(Register(organisation=OrganisationSnapshot(units=units)))
    assert [registers.has_unit(code) for code in ("U12", "U13", "U99")] == [True, False, False]
