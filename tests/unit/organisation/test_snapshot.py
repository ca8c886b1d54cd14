"""What the picture of the organisation answers."""

from __future__ import annotations

from processes.organisation import OrganisationSnapshot, UnitEntry, UnitKind


def test_units_that_ended_are_known_and_no_longer_valid() -> None:
    units = {
        code: UnitEntry(code=code, name=code, name_en="", kind=UnitKind.DEPARTMENT, parent=None, is_valid=is_valid)
        for code, is_valid in (("U12", True), ("U13", False))
    }
    snapshot = OrganisationSnapshot(units=units)
    assert snapshot.valid_units == {"U12"}
    assert set(snapshot.units) == {"U12", "U13"}
