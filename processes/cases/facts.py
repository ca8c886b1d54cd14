"""The facts of a case, version 1: every name that diagrams may read under ``case``, and may set where it says so.

A name is never given another meaning or type; a new fact is a new row here and in ``docs/reference/facts.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from processes.cases.channels import CHANNELS

FACTS_VERSION = 1


class FactType(StrEnum):
    """What a fact holds; ``null`` is always allowed and means "not said"."""

    STRING = "string"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE_TIME = "date-time"
    CONTEXT = "context"
    LIST = "list"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One fact."""

    name: str
    type: FactType
    zh: str
    en: str
    #: The only values it may have; empty: any of its type.
    values: tuple[str, ...] = ()
    #: Set when the case is reported and by nothing else.
    is_given: bool = False


_STRING, _NUMBER, _BOOLEAN, _TIME = FactType.STRING, FactType.NUMBER, FactType.BOOLEAN, FactType.DATE_TIME

_FACTS = (
    Fact(name="number", type=_STRING, zh="案号", en="case number", is_given=True),
    Fact(name="kind", type=_STRING, zh="类型", en="kind, by the sub-category", is_given=True),
    Fact(name="category", type=_STRING, zh="大类", en="class, by the sub-category", is_given=True),
    Fact(name="subcategory", type=_STRING, zh="小类", en="sub-category, by the condition once filed", is_given=True),
    Fact(name="catalogue_version", type=_NUMBER, zh="立案标准版本", en="version of the catalogue", is_given=True),
    Fact(name="channel", type=_STRING, zh="来源", en="channel", values=tuple(CHANNELS), is_given=True),
    Fact(name="location", type=FactType.CONTEXT, zh="位置", en="lon, lat, crs, address"),
    Fact(name="grid", type=_STRING, zh="单元网格", en="unit grid by the location, 15 digits", is_given=True),
    Fact(name="community", type=_STRING, zh="社区", en="community by the location, 12 digits", is_given=True),
    Fact(name="street", type=_STRING, zh="街道", en="subdistrict or town by the location, 12 digits", is_given=True),
    Fact(name="description", type=_STRING, zh="问题描述", en="description", is_given=True),
    Fact(name="reported_at", type=_TIME, zh="上报时间", en="when it was reported", is_given=True),
    Fact(name="media", type=FactType.LIST, zh="上报照片", en="media of the report", is_given=True),
    Fact(name="condition", type=_STRING, zh="立案条件", en="filing condition"),
    Fact(name="urgency", type=_STRING, zh="紧急程度", en="urgency", values=("normal", "urgent", "critical")),
    Fact(
        name="acceptance_decision",
        type=_STRING,
        zh="受理意见",
        en="decision on acceptance",
        values=("accept", "refuse"),
    ),
    Fact(name="confirm_on_site", type=_BOOLEAN, zh="要求现场核实", en="confirmation on site was asked for"),
    Fact(name="accepted_at", type=_TIME, zh="受理时间", en="when it was accepted"),
    Fact(name="refusal_reason", type=_STRING, zh="不予受理、立案理由", en="why it was refused"),
    Fact(name="refusal_reply", type=_STRING, zh="答复内容", en="what the reporter was told"),
    Fact(
        name="reply_channel",
        type=_STRING,
        zh="答复方式",
        en="how the reporter was told",
        values=("phone", "message", "letter", "none"),
    ),
    Fact(
        name="confirmation_result",
        type=_STRING,
        zh="核实结果",
        en="result of the confirmation",
        values=("confirmed", "refuted", "unable"),
    ),
    Fact(
        name="filing_decision",
        type=_STRING,
        zh="立案意见",
        en="decision on filing",
        values=("file", "refuse", "send_back", "void"),
    ),
    Fact(name="filed_at", type=_TIME, zh="立案时间", en="when it was filed"),
    Fact(name="priority", type=_NUMBER, zh="优先级", en="priority of the tasks from filing on, 0 to 100"),
    Fact(name="void_reason", type=_STRING, zh="作废理由", en="why it was voided"),
    Fact(
        name="dispatch_decision",
        type=_STRING,
        zh="派遣意见",
        en="decision on dispatch",
        values=("dispatch", "send_back"),
    ),
    Fact(name="responsible_unit", type=_STRING, zh="责任单位", en="responsible unit"),
    Fact(name="instruction", type=_STRING, zh="派遣要求", en="instruction to the unit"),
    Fact(name="dispatched_at", type=_TIME, zh="派遣时间", en="when it was dispatched"),
    Fact(
        name="disposal_result",
        type=_STRING,
        zh="处置结果",
        en="result of the disposal",
        values=("fixed", "made_safe", "partly_fixed"),
    ),
    Fact(name="disposal_measures", type=_STRING, zh="处置措施", en="what was done"),
    Fact(name="disposed_at", type=_TIME, zh="处置反馈时间", en="when the unit reported the disposal"),
    Fact(
        name="verification_result",
        type=_STRING,
        zh="核查结果",
        en="result of the verification",
        values=("passed", "not_passed", "unable"),
    ),
    Fact(name="verified_at", type=_TIME, zh="核查时间", en="when it was verified"),
    Fact(name="rework_count", type=_NUMBER, zh="返工次数", en="how often it was reworked"),
    Fact(name="return_count", type=_NUMBER, zh="退回次数", en="how often a unit returned it"),
    Fact(name="return_reason", type=_STRING, zh="退回理由", en="why a unit returned it last"),
    Fact(name="urge_count", type=_NUMBER, zh="催办次数", en="how often it was urged"),
    Fact(name="closure_decision", type=_STRING, zh="结案意见", en="decision on closure", values=("close", "rework")),
    Fact(name="closed_at", type=_TIME, zh="结案时间", en="when it was closed"),
    Fact(name="satisfaction", type=_NUMBER, zh="满意度", en="satisfaction of the reporter, 1 to 5"),
    Fact(name="self_handled", type=_BOOLEAN, zh="采集员自行处置", en="the inspector put it right himself"),
)

FACTS: Mapping[str, Fact] = {fact.name: fact for fact in _FACTS}

Stored = Mapping[str, Any]
#: What turns the stored facts of a version into those of the next one.
UPGRADES: Mapping[int, Callable[[Stored], Stored]] = {}


def upgraded(facts: Stored, version: int) -> Stored:
    """Stored facts of any released version, as today's."""
    while version < FACTS_VERSION:
        facts, version = UPGRADES[version](facts), version + 1
    return facts
