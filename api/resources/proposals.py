"""Who should act: proposals from the lists, and what is wrong with the lists."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.places import PlaceShown, place_shown
from api.ports import Platform
from api.positions import Position
from api.routes import Call, Nothing, Reply, Resource, Route
from processes.access import Permission
from processes.contents import RegisterName
from processes.registers import Asked
from processes.responsibility import BoundaryRow, Claim, ListGap, ListOverlap
from processes.responsibility.wording import STEP_NAMES
from processes.territory.shapes import geometry_of

LISTS = (RegisterName.AREA_LIST, RegisterName.BOUNDARY_LIST, RegisterName.FACILITY_LIST)
#: Gaps and overlaps that one answer draws; further ones are counted.
MOST_DRAWN = 200

Code = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


class ProposalQuestion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a unit is sought for: where it is, by point, grid or component, and what it is about."""

    #: That of the component when none is named.
    subcategory: Code | None = None
    point: Position | None = None
    grid: Code | None = None
    component: Code | None = None


class ClaimShown(msgspec.Struct, frozen=True, kw_only=True):
    """A unit that one row names, and what became of it."""

    #: ``owner``, ``maintainer``, ``manager``, ``boundary``, ``area`` or ``subdistrict``.
    step: str
    step_zh: str
    step_en: str
    unit: str
    #: Empty for a unit that the organisation does not have.
    unit_name: str
    #: Key of the row; empty for the subdistrict, which needs none.
    row: str
    #: Whether it reaches as far as the chosen row and names another unit.
    is_contradiction: bool
    message_zh: str
    message_en: str


class ProposalShown(msgspec.Struct, frozen=True, kw_only=True):
    """The unit proposed, and why not another."""

    unit: str
    unit_name: str
    #: Whether the organisation has the unit, so that a case can be given to it.
    is_known_unit: bool
    subcategory: str
    place: PlaceShown
    chosen: ClaimShown
    lost: list[ClaimShown]
    #: By list, the version that was asked; 0 for one that was never imported.
    versions: dict[str, int]


class GapShown(msgspec.Struct, frozen=True, kw_only=True):
    """Ground for which no area row names a unit, for some sub-categories."""

    grid: str
    subcategories: tuple[str, ...]
    square_metres: float
    #: GeoJSON in CGCS2000.
    geometry: dict[str, Any]


class OverlapShown(msgspec.Struct, frozen=True, kw_only=True):
    """Ground on which two rows of the same rank name different units, and no boundary row decides."""

    #: ``area`` or ``boundary``.
    list: str
    first: str
    second: str
    units: tuple[str, str]
    category: str
    square_metres: float
    #: GeoJSON in CGCS2000.
    geometry: dict[str, Any]


class ReviewShown(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with the lists; at most 200 of each are drawn."""

    gap_count: int
    overlap_count: int
    gaps: list[GapShown]
    overlaps: list[OverlapShown]


async def propose_unit(call: Call[Nothing, ProposalQuestion]) -> Reply:
    """Answer who should act, with the row it comes from and why the others lost."""
    body, platform = call.body, call.platform
    point = body.point.point() if body.point else None
    asked = Asked(subcategory=body.subcategory, point=point, grid=body.grid, component=body.component)
    found = await platform.asking.ask(asked)
    units = platform.people.register.organisation.units
    in_force, proposal = platform.registers.in_force, found.proposal
    chosen = _claim(proposal.chosen, platform)
    shown_proposal = ProposalShown(
        unit=proposal.unit,
        unit_name=chosen.unit_name,
        is_known_unit=proposal.unit in units,
        subcategory=found.subcategory,
        place=place_shown(found.place, in_force),
        chosen=chosen,
        lost=[_claim(each, platform) for each in proposal.lost],
        versions={register.value: in_force.number(register) for register in LISTS},
    )
    return answered(shown_proposal)


async def review_responsibilities(call: Call[Nothing, None]) -> Reply:
    """Answer where the lists are silent or contradict themselves."""
    found = await call.platform.reviews.review()
    return answered(
        ReviewShown(
            gap_count=len(found.gaps),
            overlap_count=len(found.overlaps),
            gaps=[_gap(each) for each in found.gaps[:MOST_DRAWN]],
            overlaps=[_overlap(each) for each in found.overlaps[:MOST_DRAWN]],
        )
    )


def _claim(claim: Claim, platform: Platform) -> ClaimShown:
    unit = platform.people.register.organisation.units.get(claim.unit)
    step_zh, step_en = STEP_NAMES[claim.step]
    return ClaimShown(
        step=claim.step.value,
        step_zh=step_zh,
        step_en=step_en,
        unit=claim.unit,
        unit_name=unit.name if unit else "",
        row=claim.row.key if claim.row else "",
        is_contradiction=claim.is_contradiction,
        message_zh=claim.message_zh,
        message_en=claim.message_en,
    )


def _gap(gap: ListGap) -> GapShown:
    return GapShown(
        grid=gap.grid,
        subcategories=gap.subcategories,
        square_metres=round(gap.square_metres, 1),
        geometry=geometry_of(gap.shape),
    )


def _overlap(overlap: ListOverlap) -> OverlapShown:
    first, second = overlap.first, overlap.second
    return OverlapShown(
        list="boundary" if isinstance(first, BoundaryRow) else "area",
        first=first.key,
        second=second.key,
        units=(first.unit, second.unit),
        category=first.category,
        square_metres=round(overlap.square_metres, 1),
        geometry=geometry_of(overlap.shape),
    )


RESOURCE = Resource(
    name="proposals",
    title_zh="责任单位建议",
    title_en="Proposals of units",
    routes=(
        Route(
            method="POST",
            path="/responsibilities/proposal",
            handler=propose_unit,
            summary_zh="由位置和小类建议责任单位，附依据与落选理由",
            summary_en="Who should act, by which row, and why the others lost",
            body=ProposalQuestion,
            answer=ProposalShown,
        ),
        Route(
            method="GET",
            path="/responsibilities/review",
            handler=review_responsibilities,
            summary_zh="责任清单的空白与重叠",
            summary_en="Gaps and overlaps of the lists",
            answer=ReviewShown,
            permission=Permission.RESPONSIBILITY_MANAGE,
        ),
    ),
)
