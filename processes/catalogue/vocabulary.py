"""The terms that every Chinese city shares. They are rows: a city may import with a longer vocabulary."""

from __future__ import annotations

from dataclasses import dataclass

from processes.catalogue.terms import Term, Terms

KINDS = Terms(
    "类型",
    "kind",
    (
        Term("component", "部件", "component", ("部件类", "C", "1")),
        Term("incident", "事件", "incident", ("event", "事件类", "E", "2")),
        Term("service", "服务事项", "service request", ("服务", "咨询投诉", "S", "3")),
    ),
)

#: 紧急工作日 runs through nights and holidays, so it is the calendar day.
LIMIT_UNITS = Terms(
    "时限单位",
    "unit of time",
    (
        Term("minute", "分钟", "minute", ("紧急分钟",)),
        Term("urgent_hour", "紧急工作时", "hour, nights and holidays included", ("紧急小时",)),
        Term("natural_day", "自然日", "calendar day", ("紧急工作日",)),
        Term("work_hour", "工作时", "working hour", ("工作小时",)),
        Term("work_day", "工作日", "working day"),
        Term("work_day_from_next", "工作日·次日起算", "working day, counted from the next", ("次日起算工作日",)),
    ),
)

MILESTONES = Terms(
    "节点",
    "milestone",
    (
        Term("make_safe", "消除隐患", "make safe", ("围护", "应急处置")),
        Term("stop", "制止", "stop", ("停工",)),
        Term("penalise", "处罚", "penalise"),
        Term("repair", "修复", "repair", ("恢复",)),
        Term("remove", "拆除", "remove", ("清除",)),
    ),
)

EVIDENCE_USAGES = Terms(
    "取证环节",
    "use of evidence",
    (
        Term("report", "上报", "report"),
        Term("confirm", "核实", "confirmation"),
        Term("disposal", "处置", "disposal"),
        Term("verify", "核查", "verification"),
        Term("self_disposal", "自处置", "disposal by the inspector"),
    ),
)

EVIDENCE_MEDIA = Terms(
    "取证方式",
    "medium",
    (
        Term("photo", "照片", "photo"),
        Term("video", "视频", "video"),
        Term("audio", "录音", "sound recording"),
        Term("document", "文书", "document"),
    ),
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The closed lists that a catalogue is written in."""

    kinds: Terms = KINDS
    limit_units: Terms = LIMIT_UNITS
    milestones: Terms = MILESTONES
    evidence_usages: Terms = EVIDENCE_USAGES
    evidence_media: Terms = EVIDENCE_MEDIA


STANDARD_VOCABULARY = Vocabulary()
