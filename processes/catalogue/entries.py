"""What a catalogue is made of. The filing condition, not the sub-category, carries the time limit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from processes.catalogue.errors import CatalogueError
from processes.catalogue.seasons import season_of

MOST_AMOUNT = 10_000

#: Two characters for a class, two or three for a sub-category, so that a key reads only one way.
_CLASS_CODE = re.compile(r"[0-9A-Z]{2}")
_SUB_CODE = re.compile(r"[0-9A-Z]{2,3}")


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A span of time as an amount of a unit, e.g. 2 work_day."""

    amount: int
    #: Code of a unit of time: minute, urgent_hour, natural_day, work_hour, work_day, work_day_from_next.
    unit: str

    def __post_init__(self) -> None:
        if not 0 < self.amount <= MOST_AMOUNT:
            raise CatalogueError(
                "bad_limit",
                f"时限 {self.amount} 应在 1 到 {MOST_AMOUNT} 之间",
                f"the time limit {self.amount} must be between 1 and {MOST_AMOUNT}",
                pointer="/limit_value",
            )


@dataclass(frozen=True, slots=True)
class CategoryClass:
    """A class 大类: 01 公用设施 …"""

    kind: str
    #: Two digits by the national standard; any text by a city's.
    code: str
    name: str
    name_en: str = ""

    def __post_init__(self) -> None:
        _require_code(self.code, _CLASS_CODE, "class_code")

    @property
    def key(self) -> str:
        """Unique over all kinds: component-01."""
        return f"{self.kind}-{self.code}"


@dataclass(frozen=True, slots=True)
class SubCategory:
    """A sub-category 小类: 0101 上水井盖 …"""

    kind: str
    class_code: str
    code: str
    name: str
    name_en: str = ""
    #: Other names under which the same code came in.
    aliases: tuple[str, ...] = ()
    #: Sorts of unit that usually act, e.g. 供水管理单位; the responsibility lists name the unit itself.
    unit_types: tuple[str, ...] = ()
    legal_basis: str = ""
    #: What the inspector should mind when collecting.
    hints: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _require_code(self.class_code, _CLASS_CODE, "class_code")
        _require_code(self.code, _SUB_CODE, "sub_code")

    @property
    def key(self) -> str:
        """Unique over all kinds: component-0101."""
        return f"{self.kind}-{self.class_code}{self.code}"

    @property
    def class_key(self) -> str:
        """The key of its class."""
        return f"{self.kind}-{self.class_code}"


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step on the way to closing that has its own limit: make safe first, repair later."""

    #: make_safe, repair, …
    code: str
    #: Counted from filing, as the condition's own limit.
    limit: TimeLimit
    closing: str


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """How much of which medium a step must leave behind."""

    #: report, confirm, disposal, verify, self_disposal.
    usage: str
    #: photo, video, audio, document.
    medium: str
    least: int = 1
    #: Taken from where the picture of the report was taken.
    same_view: bool = False


#: Asked for where a condition says nothing of its own.
USUAL_EVIDENCE = (
    EvidenceRule("report", "photo"),
    EvidenceRule("disposal", "photo"),
    EvidenceRule("verify", "photo", same_view=True),
)


@dataclass(frozen=True, slots=True)
class FilingCondition:
    """When a case of a sub-category is filed, how long its disposal may take and when it may be closed."""

    #: Key of the sub-category.
    subcategory: str
    #: Within the sub-category, from 1; a number is kept over versions and not given again.
    number: int
    text: str
    limit: TimeLimit
    closing: str
    #: A 紧急, B 重大, C 一般, or another free code; empty where the standard has no such classes.
    limit_class: str = ""
    #: 1 or 2 for 一类/二类区域, or another free code; empty when it holds everywhere.
    area_class: str = ""
    milestones: tuple[Milestone, ...] = ()
    evidence: tuple[EvidenceRule, ...] = ()
    #: Where the row comes from.
    source: str = ""
    #: The part of the year in which it holds, as ``11-15..03-15``; empty when it holds all year.
    season: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "season", season_of(self.season))

    @property
    def key(self) -> str:
        """Unique within one version: component-0101-01."""
        return f"{self.subcategory}-{self.number:02d}"

    @property
    def required_evidence(self) -> tuple[EvidenceRule, ...]:
        """Its own evidence rules, or the usual ones."""
        return self.evidence or USUAL_EVIDENCE

    @property
    def identity(self) -> tuple[str, ...]:
        """What tells conditions apart in a file that has no numbers."""
        return (self.subcategory, self.text, self.limit_class, self.area_class, self.season)


def _require_code(code: str, pattern: re.Pattern[str], field: str) -> None:
    if not pattern.fullmatch(code):
        raise CatalogueError(
            "bad_code",
            f"代码“{code[:16]}”无效，应为两位（小类可为三位）数字或大写字母",
            f"{code[:16]!r} is no code; expected two digits or capitals (three are possible for a sub-category)",
            pointer=f"/{field}",
        )
