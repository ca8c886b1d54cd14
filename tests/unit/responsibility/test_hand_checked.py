"""The table of proposals that were worked out on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from shapely import LineString, box
from shapely.geometry.base import BaseGeometry

from processes.responsibility import AreaRow, BoundaryRow, FacilityRow, Responsibility
from tests.unit.responsibility.lists import lists, question

PAPER = Path(__file__).with_name("hand_checked.md").read_text()
SOUTH, NORTH = 46.0, 46.01


def rows_of(first_cell: str) -> Iterator[list[str]]:
    """The rows of the table whose head begins with the given cell."""
    table = PAPER.split(f"| {first_cell} |", 1)[1].split("\n\n", 1)[0]
    for line in table.splitlines()[2:]:
        yield [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def shape(west: str, east: str) -> BaseGeometry:
    if west == east:
        return LineString([(float(west), SOUTH), (float(west), NORTH)])
    return box(float(west), SOUTH, float(east), NORTH)


ANSWERS = Responsibility(
    lists(
        area=[AreaRow(key, place, category, unit) for key, place, category, unit in rows_of("area")],
        boundary=[
            BoundaryRow(key, shape(west, east), category, unit, (), float(reach))
            for key, west, east, reach, category, unit in rows_of("boundary")
        ],
        facility=[
            FacilityRow(key, category, component, place, owner, manager, maintainer)
            for key, category, component, place, owner, manager, maintainer in rows_of("facility")
        ],
    ),
    areas={"park": box(122.012, SOUTH, 122.016, NORTH)},
)
QUESTIONS = list(rows_of("id"))


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row[0])
def test_the_proposal_is_that_of_the_paper(row: list[str]) -> None:
    _, about, lon, component, unit, step, key, _ = row
    proposal = ANSWERS.propose(question(about, lon=float(lon), component=component))
    chosen = proposal.chosen
    assert (proposal.unit, chosen.step.value, chosen.row.key if chosen.row else "-") == (unit, step, key)


def test_what_the_paper_calls_a_contradiction_is_told_as_one() -> None:
    contradicted = [row for row in QUESTIONS if "contradicts" in row[-1]]
    (row,) = contradicted
    proposal = ANSWERS.propose(question(row[1], lon=float(row[2])))
    assert [claim.unit for claim in proposal.contradictions] == ["clean"]


def test_there_are_as_many_rows_as_it_takes_to_meet_every_rule() -> None:
    assert len(QUESTIONS) >= 25
    assert {row[5] for row in QUESTIONS} == {"owner", "maintainer", "boundary", "area", "subdistrict"}
