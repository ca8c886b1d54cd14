"""Who is proposed, by which row, and why the others lost."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, box

from processes.responsibility import (
    AreaRow,
    BoundaryRow,
    FacilityRow,
    OrderFacts,
    Responsibility,
    ResponsibilityError,
    RowList,
    Step,
    facility_rows,
)
from processes.responsibility.categories import breadth_of, containing, selectors_of
from processes.territory import Component, ComponentState, Point
from tests.unit.responsibility.lists import (
    CITY,
    EAST_STREET,
    GRATE,
    GRIDS,
    LAMP,
    SNOW,
    WASTE,
    WEST_COMMUNITY,
    WEST_STREET,
    lists,
    question,
    unit_for,
)

OWNED = FacilityRow("f", GRATE, owner="water", manager="housing", maintainer="pumps")
TERRITORIAL = AreaRow("a", WEST_STREET, "*", "west")


def test_a_component_goes_to_its_owner_before_the_territory() -> None:
    proposal = Responsibility(lists(area=[TERRITORIAL], facility=[OWNED])).propose(question(GRATE))
    assert (proposal.unit, proposal.chosen.step, proposal.chosen.row) == ("water", Step.OWNER, OWNED)
    assert [(claim.step, claim.unit) for claim in proposal.lost] == [
        (Step.MAINTAINER, "pumps"),
        (Step.MANAGER, "housing"),
        (Step.AREA, "west"),
        (Step.SUBDISTRICT, WEST_STREET),
    ]


def test_an_incident_goes_to_the_territory_before_the_owner() -> None:
    everything = FacilityRow("f", "*", owner="water")
    proposal = Responsibility(lists(area=[TERRITORIAL], facility=[everything])).propose(question(WASTE))
    assert (proposal.unit, proposal.chosen.row) == ("west", TERRITORIAL)
    assert proposal.lost[0].unit == "water"


def test_the_subdistrict_answers_where_no_list_does() -> None:
    proposal = Responsibility(lists()).propose(question(WASTE, lon=122.035))
    assert (proposal.unit, proposal.chosen.step, proposal.chosen.row) == (EAST_STREET, Step.SUBDISTRICT, None)
    assert proposal.lost == ()


def test_without_an_owner_the_maintainer_and_then_the_manager_is_asked() -> None:
    no_owner = FacilityRow("f", GRATE, manager="housing", maintainer="pumps")
    assert unit_for(Responsibility(lists(facility=[no_owner])), GRATE) == "pumps"
    only_manager = FacilityRow("f", GRATE, manager="housing")
    assert unit_for(Responsibility(lists(facility=[only_manager])), GRATE) == "housing"


def test_the_row_of_one_component_goes_before_the_row_of_its_category() -> None:
    own = FacilityRow("own", GRATE, "1522010104000007", owner="market")
    answers = Responsibility(lists(facility=[OWNED, own]))
    assert unit_for(answers, GRATE, component="1522010104000007") == "market"
    assert unit_for(answers, GRATE, component="1522010104000008") == "water"
    assert unit_for(answers, GRATE) == "water"


def test_the_narrower_category_wins_and_then_the_smaller_place() -> None:
    rows = [
        AreaRow("all", GRIDS[0].code, "*", "u1"),
        AreaRow("kind", CITY, "incident", "u2"),
        AreaRow("class", CITY, "incident-01", "u3"),
        AreaRow("sub", CITY, WASTE, "u4"),
        AreaRow("street", WEST_STREET, WASTE, "u5"),
        AreaRow("community", WEST_COMMUNITY, WASTE, "u6"),
        AreaRow("grid", GRIDS[0].code, WASTE, "u7"),
    ]
    for last, unit in ((7, "u7"), (6, "u6"), (5, "u5"), (4, "u4"), (3, "u3"), (2, "u2"), (1, "u1")):
        proposal = Responsibility(lists(area=rows[:last])).propose(question(WASTE))
        assert proposal.unit == unit
        assert len(proposal.lost) == last


def test_a_drawn_area_goes_before_the_grid() -> None:
    rows = [AreaRow("grid", GRIDS[0].code, WASTE, "clean"), AreaRow("park", "park", WASTE, "parks")]
    answers = Responsibility(lists(area=rows), areas={"park": box(122.004, 46.004, 122.006, 46.006)})
    assert unit_for(answers, WASTE) == "parks"
    assert unit_for(answers, WASTE, lon=122.009) == "clean"


def test_a_boundary_row_settles_ground_that_two_units_claim() -> None:
    rows = [AreaRow("w", WEST_STREET, WASTE, "west"), AreaRow("x", WEST_STREET, WASTE, "other")]
    zone = BoundaryRow("b", box(122.0, 46.0, 122.006, 46.01), WASTE, "west", ("other",))
    answers = Responsibility(lists(area=rows, boundary=[zone]))
    settled, open_ground = answers.propose(question(WASTE)), answers.propose(question(WASTE, lon=122.009))
    assert (settled.unit, settled.chosen.row) == ("west", zone)
    assert settled.contradictions == ()
    assert open_ground.unit == "west"
    assert [claim.unit for claim in open_ground.contradictions] == ["other"]
    assert "矛盾" in open_ground.contradictions[0].message_zh


def test_a_line_holds_as_far_as_it_reaches() -> None:
    road = BoundaryRow("road", LineString([(122.01, 46.0), (122.01, 46.01)]), "incident", "roads", (), 50.0)
    answers = Responsibility(lists(boundary=[road]))
    assert unit_for(answers, WASTE, lon=122.0095) == "roads"  # 39 m away
    assert unit_for(answers, WASTE, lon=122.0105) == "roads"
    assert unit_for(answers, WASTE, lon=122.0090) == WEST_STREET  # 77 m away
    assert unit_for(answers, GRATE, lon=122.0095) == WEST_STREET


def test_a_contradiction_is_decided_the_same_way_whatever_the_order_of_rows() -> None:
    one, other = AreaRow("k1", WEST_STREET, WASTE, "one"), AreaRow("k2", WEST_STREET, WASTE, "other")
    assert unit_for(Responsibility(lists(area=[one, other])), WASTE) == "one"
    assert unit_for(Responsibility(lists(area=[other, one])), WASTE) == "one"


def test_every_claim_says_why_in_both_languages() -> None:
    rows = [TERRITORIAL, AreaRow("same", CITY, "*", "west"), AreaRow("broad", CITY, "incident", "clean")]
    proposal = Responsibility(lists(area=rows, facility=[FacilityRow("f", "*", owner="water")])).propose(question(SNOW))
    claims = (proposal.chosen, *proposal.lost)
    assert all(claim.message_zh and claim.message_en for claim in claims)
    assert "“broad”" in proposal.chosen.message_zh
    assert "'broad'" in proposal.chosen.message_en
    assert "more specific" in proposal.lost[0].message_en


def test_another_order_can_take_the_place_of_the_standard_one() -> None:
    asked: list[OrderFacts] = []

    def territory_first(facts: OrderFacts) -> Sequence[Step]:
        asked.append(facts)
        return (Step.AREA, Step.OWNER)

    answers = Responsibility(lists(area=[TERRITORIAL], facility=[OWNED]))
    assert unit_for(answers, GRATE, component="1522010104000007", order=territory_first) == "west"
    assert asked == [OrderFacts("component", GRATE, True)]
    nowhere = Responsibility(lists())
    assert unit_for(nowhere, GRATE, order=territory_first) == WEST_STREET


def test_the_register_gives_facility_rows_for_what_stands() -> None:
    grate = Component("1522010104000007", "箅子", Point(122.005, 46.005), GRIDS[0].code, owner="water")
    gone = Component(
        "1522010104000008", "箅子", Point(122.005, 46.005), GRIDS[0].code, ComponentState.REMOVED, owner="water"
    )
    keeperless = Component("1522010104000009", "箅子", Point(122.005, 46.005), GRIDS[0].code)
    (row,) = facility_rows([grate, gone, keeperless])
    assert (row.key, row.component, row.category, row.owner) == (grate.code, grate.code, GRATE, "water")


def test_a_list_names_each_row_once() -> None:
    with pytest.raises(ResponsibilityError, match="stands twice"):
        RowList((TERRITORIAL, TERRITORIAL))


def test_selectors_widen_from_sub_category_to_everything() -> None:
    assert selectors_of(GRATE) == (GRATE, "component-01", "component", "*")
    assert [breadth_of(selector) for selector in selectors_of(LAMP)] == [0, 1, 2, 3]
    assert containing("component-01") == ("component-01", "component", "*")
    assert containing("*") == ("*",)


places = st.sampled_from([CITY, WEST_STREET, EAST_STREET, WEST_COMMUNITY, *(grid.code for grid in GRIDS)])
categories = st.sampled_from(["*", "component", "incident", "component-01", "incident-01", GRATE, LAMP, WASTE])
area_rows = st.lists(st.tuples(places, categories, st.sampled_from("uvw")), max_size=12).map(
    lambda rows: [AreaRow(f"{number:02d}", *row) for number, row in enumerate(rows)]
)


@given(area_rows, st.sampled_from([GRATE, LAMP, WASTE]), st.sampled_from([122.005, 122.015, 122.025, 122.035]))
def test_the_index_agrees_with_reading_every_row(rows: list[AreaRow], subcategory: str, lon: float) -> None:
    asked = question(subcategory, lon=lon)
    selectors, divisions = selectors_of(subcategory), asked.place.divisions
    reaching = [row for row in rows if row.category in selectors and row.place in divisions]
    reaching.sort(key=lambda row: (selectors.index(row.category), divisions.index(row.place), row.key))
    expected = reaching[0].unit if reaching else asked.place.street
    proposal = Responsibility(lists(area=rows)).propose(asked)
    assert proposal.unit == expected
    assert len(proposal.lost) == len(reaching)
