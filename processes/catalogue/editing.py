"""One entry of a catalogue put in, changed or retired; what does not fit together is refused as in an import.

A retired entry is not part of the next version; cases keep the version that they were filed under.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TypeVar

from processes.catalogue.catalogue import Catalogue
from processes.catalogue.entries import CategoryClass, EvidenceRule, FilingCondition, Milestone, SubCategory, TimeLimit
from processes.catalogue.errors import CatalogueError
from processes.catalogue.terms import Terms
from processes.catalogue.vocabulary import KINDS, STANDARD_VOCABULARY, Vocabulary

Entry = TypeVar("Entry", CategoryClass, SubCategory, FilingCondition)


def with_class(catalogue: Catalogue, entry: CategoryClass) -> Catalogue:
    """The catalogue with a class, new or in the place of that of its key."""
    kinds = catalogue.kinds or tuple(KINDS)
    return replace(catalogue, kinds=kinds, classes=_put(catalogue.classes, entry))


def without_class(catalogue: Catalogue, key: str) -> Catalogue:
    """The catalogue without a class; `class_in_use` while it has sub-categories."""
    catalogue.category_class(key)
    if inside := catalogue.subcategories_of(key):
        raise CatalogueError(
            "class_in_use",
            f"大类“{key}”下还有 {len(inside)} 个小类，请先停用它们",
            f"the class {key!r} has {len(inside)} sub-categories; retire them first",
        )
    return replace(catalogue, classes=_but(catalogue.classes, key))


def with_subcategory(catalogue: Catalogue, entry: SubCategory) -> Catalogue:
    """The catalogue with a sub-category changed; its conditions stay. `unknown_key` for one that is not there."""
    catalogue.subcategory(entry.key)
    return replace(catalogue, subcategories=_put(catalogue.subcategories, entry))


def with_new_subcategory(
    catalogue: Catalogue, entry: SubCategory, conditions: Sequence[FilingCondition], given: Collection[int]
) -> Catalogue:
    """The catalogue with one sub-category more and its first conditions, at least one (`no_condition`).

    Their numbers go on after `given`, those that any version gave under the sub-category.
    """
    if not conditions:
        raise CatalogueError(
            "no_condition",
            "新的小类至少要有一个立案条件",
            "a new sub-category needs at least one filing condition",
            pointer="/conditions",
        )
    first = max(given, default=0) + 1
    numbered = tuple(replace(each, number=number) for number, each in enumerate(conditions, first))
    return replace(
        catalogue,
        subcategories=_put(catalogue.subcategories, entry),
        conditions=(*catalogue.conditions, *numbered),
    )


def without_subcategory(catalogue: Catalogue, key: str) -> Catalogue:
    """The catalogue without a sub-category and its conditions."""
    catalogue.subcategory(key)
    kept = tuple(each for each in catalogue.conditions if each.subcategory != key)
    return replace(catalogue, subcategories=_but(catalogue.subcategories, key), conditions=kept)


def with_condition(catalogue: Catalogue, condition: FilingCondition, given: Collection[int]) -> Catalogue:
    """The catalogue with a filing condition.

    `given` are the numbers that any version gave under the sub-category: one that is not in use now is never given
    again (`number_given`). `condition_stands` when another number says the same.
    """
    catalogue.subcategory(condition.subcategory)
    others = [each for each in catalogue.conditions_of(condition.subcategory) if each.key != condition.key]
    is_new = len(others) == len(catalogue.conditions_of(condition.subcategory))
    if is_new and condition.number in given:
        free = max(given) + 1
        raise CatalogueError(
            "number_given",
            f"条件序号 {condition.number} 曾用于已停用的条件，不再使用；可用序号 {free}",
            f"the number {condition.number} was that of a retired condition and is not given again; {free} is free",
            pointer="/number",
        )
    if twin := next((each for each in others if each.identity == condition.identity), None):
        raise CatalogueError(
            "condition_stands",
            f"条件 {twin.number} 与此相同：同一小类下的条件须在内容、类别、区域或季节上不同",
            f"condition {twin.number} says the same; conditions differ in text, class, area or season",
            pointer="/text",
        )
    return replace(catalogue, conditions=_put(catalogue.conditions, condition))


def without_condition(catalogue: Catalogue, key: str) -> Catalogue:
    """The catalogue without a filing condition; the last of a sub-category stays (`no_condition`)."""
    catalogue.condition(key)
    return replace(catalogue, conditions=_but(catalogue.conditions, key))


def checked_condition(
    condition: FilingCondition, *, vocabulary: Vocabulary = STANDARD_VOCABULARY, root: str = ""
) -> FilingCondition:
    """The condition with every word as its code, or CatalogueError `unknown_term` with the place below `root`."""

    def code(terms: Terms, word: str, place: str) -> str:
        return terms.term(word, pointer=f"{root}/{place}").code

    def limit(given: TimeLimit, place: str) -> TimeLimit:
        return replace(given, unit=code(vocabulary.limit_units, given.unit, f"{place}/unit"))

    def milestone(given: Milestone, place: str) -> Milestone:
        words = code(vocabulary.milestones, given.code, f"{place}/code")
        return replace(given, code=words, limit=limit(given.limit, f"{place}/limit"))

    def evidence(given: EvidenceRule, place: str) -> EvidenceRule:
        usage = code(vocabulary.evidence_usages, given.usage, f"{place}/usage")
        return replace(given, usage=usage, medium=code(vocabulary.evidence_media, given.medium, f"{place}/medium"))

    checked = replace(
        condition,
        limit=limit(condition.limit, "limit"),
        milestones=tuple(milestone(each, f"milestones/{at}") for at, each in enumerate(condition.milestones)),
        evidence=tuple(evidence(each, f"evidence/{at}") for at, each in enumerate(condition.evidence)),
    )
    _check_milestones(checked, root)
    return checked


def _check_milestones(condition: FilingCondition, root: str) -> None:
    """Each milestone stands once, and the last is the whole: its limit and its closing are the condition's."""
    codes = [each.code for each in condition.milestones]
    for place, code in enumerate(codes):
        if code in codes[:place]:
            zh, en = f"节点“{code}”重复", f"the milestone {code!r} stands twice"
            raise CatalogueError("duplicate_milestone", zh, en, pointer=f"{root}/milestones/{place}/code")
    last = condition.milestones[-1] if condition.milestones else None
    if last is not None and (last.limit, last.closing) != (condition.limit, condition.closing):
        raise CatalogueError(
            "milestones_end_elsewhere",
            "最后一个节点的时限和结案条件应与立案条件本身相同",
            "the last milestone must have the limit and the closing condition of the filing condition itself",
            pointer=f"{root}/milestones/{len(codes) - 1}",
        )


def _put(entries: tuple[Entry, ...], entry: Entry) -> tuple[Entry, ...]:
    by_key: dict[str, Entry] = {each.key: each for each in entries}
    return tuple({**by_key, entry.key: entry}.values())


def _but(entries: tuple[Entry, ...], key: str) -> tuple[Entry, ...]:
    return tuple(each for each in entries if each.key != key)
