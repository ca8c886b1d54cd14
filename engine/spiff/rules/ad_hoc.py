"""Rules about ad-hoc sub-processes."""

from __future__ import annotations

from collections.abc import Mapping

from engine.spiff.rules.rule import Rule

AD_HOC_RULES: Mapping[str, Rule] = {
    "ad_hoc.start_or_end": Rule(
        "自由子流程里不能有开始事件和结束事件：其中的活动不按次序开始。",
        "No start event and no end event stands in an ad-hoc sub-process: nothing in it begins in its turn.",
        "请删除它和与它相连的顺序流；何时结束写在 completionCondition 里。",
        "Delete it with its flows; say when the sub-process ends in its completionCondition.",
    ),
    "ad_hoc.beginning": Rule(
        "没有顺序流进入“{node}”，而自由子流程里只有活动可以由人发起。",
        'No flow leads to "{node}", and only activities of an ad-hoc sub-process can be begun by themselves.',
        "请从一个活动画一条顺序流到这里，或改为活动。",
        "Lead a flow from an activity to it, or make it an activity.",
    ),
    "ad_hoc.nothing": Rule(
        "自由子流程里没有可以发起的活动。",
        "There is no activity in the ad-hoc sub-process that could be begun.",
        "请放入至少一个没有顺序流进入的活动。",
        "Put at least one activity into it that no flow leads to.",
    ),
    "ad_hoc.endless": Rule(
        "自由子流程既没有写何时结束，也没有写以哪些活动开始。",
        "The ad-hoc sub-process says neither when it ends nor with which activities it begins.",
        "请写 completionCondition，或写 zeebe:adHoc 的 activeElementsCollection：所列活动全部办完即结束。",
        "Write a completionCondition, or activeElementsCollection of a zeebe:adHoc: it ends when those are done.",
    ),
    "ad_hoc.literal": Rule(
        "activeElementsCollection 应是 = 开头的表达式，实际是“{value}”。",
        'activeElementsCollection should be an expression with a leading =, but it is "{value}".',
        '请写成列表，例如 = ["活动标识"]。',
        'Write a list such as = ["id of an activity"].',
    ),
    "ad_hoc.by_event": Rule(
        "自由子流程不能由事件触发。",
        "An ad-hoc sub-process is not begun by an event.",
        "请删除 triggeredByEvent；要由事件开始，请把它放进事件子流程。",
        "Delete triggeredByEvent; put it into an event sub-process when an event is to begin it.",
    ),
    "ad_hoc.fork": Rule(
        "自由子流程按顺序办理（ordering=Sequential），“{node}”却会让几个活动同时进行。",
        'One activity after another is to be done here (ordering="Sequential"), but "{node}" sets several off at once.',
        "请去掉分叉或不中断的事件，或把要同时进行的放进一个子流程。",
        "Remove the fork or the event that does not interrupt, or put what is done at once into a sub-process.",
    ),
}
