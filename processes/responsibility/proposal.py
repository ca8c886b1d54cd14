"""Who should act? A proposal names the unit, the row it came from, and why the other rows lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from processes.responsibility.lookup import AreaLookup, BoundaryLookup, FacilityLookup, Ranked
from processes.responsibility.order import Order, OrderFacts, Step, standard_order
from processes.responsibility.rows import AreaRow, BoundaryRow, FacilityRow, ResponsibilityLists
from processes.responsibility.wording import chosen_words, lost_words
from processes.territory import Place


@dataclass(frozen=True, slots=True)
class Question:
    """What a unit is sought for."""

    #: Key of the sub-category, e.g. component-0104.
    subcategory: str
    place: Place
    #: Number of the component, if the case is about one of the register.
    component: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One unit that one row names, and what became of it."""

    step: Step
    unit: str
    #: The row; None for the subdistrict, which needs none.
    row: AreaRow | BoundaryRow | FacilityRow | None
    #: Whether it is of the same rank as the chosen one and names another unit: the list contradicts itself.
    is_contradiction: bool
    message_zh: str
    message_en: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """The unit proposed, with all claims in the order in which they were weighed."""

    chosen: Claim
    lost: tuple[Claim, ...]

    @property
    def unit(self) -> str:
        """Code of the unit proposed."""
        return self.chosen.unit

    @property
    def contradictions(self) -> tuple[Claim, ...]:
        """Claims of the same rank that name another unit; a boundary row should settle them."""
        return tuple(claim for claim in self.lost if claim.is_contradiction)


@dataclass(frozen=True, slots=True)
class _Found:
    step: Step
    unit: str
    ranked: Ranked | None


class Responsibility:
    """The lists ready for questions. Built once per change of a list, read by everyone."""

    def __init__(
        self,
        lists: ResponsibilityLists,
        *,
        areas: Mapping[str, BaseGeometry] | None = None,
    ) -> None:
        """`areas` are the drawn areas that area rows name by code."""
        self._area = AreaLookup(lists.area, areas or {})
        self._boundary = BoundaryLookup(lists.boundary)
        self._facility = FacilityLookup(lists.facility)

    def propose(self, question: Question, *, order: Order = standard_order) -> Proposal:
        """The unit to which a case should be dispatched. The subdistrict answers where no list does."""
        found = tuple(self._found(question, order))
        best = found[0]
        chosen = Claim(best.step, best.unit, _row(best), False, *chosen_words(best.step, _key(best)))
        return Proposal(chosen, tuple(_lost(each, best) for each in found[1:]))

    def _found(self, question: Question, order: Order) -> Iterator[_Found]:
        """All units that any list names, in the order of steps and ranks; the subdistrict comes last at the latest."""
        kind = question.subcategory.partition("-")[0]
        steps = order(OrderFacts(kind, question.subcategory, bool(question.component)))
        for step in steps:
            yield from self._at(step, question)
        if Step.SUBDISTRICT not in steps:
            yield _Found(Step.SUBDISTRICT, question.place.street, None)

    def _at(self, step: Step, question: Question) -> Iterator[_Found]:
        place, subcategory = question.place, question.subcategory
        match step:
            case Step.SUBDISTRICT:
                yield _Found(step, place.street, None)
            case Step.AREA:
                yield from _named(step, self._area.ranked(place, subcategory), "unit")
            case Step.BOUNDARY:
                yield from _named(step, self._boundary.ranked(place, subcategory), "unit")
            case Step.OWNER | Step.MANAGER | Step.MAINTAINER:
                ranked = self._facility.ranked(place, subcategory, question.component)
                yield from _named(step, ranked, str(step))


def _named(step: Step, ranked: list[Ranked], field: str) -> Iterator[_Found]:
    for each in ranked:
        unit: str = getattr(each.row, field)
        if unit:
            yield _Found(step, unit, each)


def _lost(found: _Found, best: _Found) -> Claim:
    equal_rank = found.step is best.step and _rank(found) == _rank(best)
    contradicts = equal_rank and found.unit != best.unit
    words = lost_words(found.step, best.step, same_unit=found.unit == best.unit, contradicts=contradicts)
    return Claim(found.step, found.unit, _row(found), contradicts, *words)


def _row(found: _Found) -> AreaRow | BoundaryRow | FacilityRow | None:
    return found.ranked.row if found.ranked else None


def _key(found: _Found) -> str:
    return found.ranked.row.key if found.ranked else ""


def _rank(found: _Found) -> tuple[int, int]:
    return found.ranked.rank if found.ranked else (0, 0)
