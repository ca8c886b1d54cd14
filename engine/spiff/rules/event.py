"""Rules about events that throw and catch inside their tree, and about links."""

from __future__ import annotations

from collections.abc import Mapping

from engine.spiff.rules.rule import Rule

EVENT_RULES: Mapping[str, Rule] = {
    "event.several": Rule(
        "事件有 {count} 个定义：链接、补偿、取消和抛出的错误都要单独一个事件。",
        "The event has {count} definitions; a link, a compensation, a cancellation and an error that is thrown each "
        "stand alone.",
        "请只保留一个，其余的另画事件。",
        "Keep one, and draw events of their own for the others.",
    ),
    "event.parallel_place": Rule(
        "这里不能等齐几个定义（parallelMultiple）：只有中间捕获事件、边界事件和事件子流程的开始事件可以。",
        "Nothing can wait here for all of several definitions (parallelMultiple); only an intermediate catch event, a "
        "boundary event and the start of an event sub-process can.",
        "请去掉 parallelMultiple；流程的开始只留一个定义，其余的由紧随其后的捕获事件等齐。",
        "Remove parallelMultiple; let the start of a process keep one definition, and a catch event after it wait for "
        "all the others.",
    ),
    "event.parallel_error": Rule(
        "等齐几个定义的事件（parallelMultiple）里不能有错误：错误一来，被等的活动就结束了，等不到其余的定义。",
        "An event that waits for all of its definitions (parallelMultiple) cannot wait for an error: that ends what is "
        "waited in, and the others would never come.",
        "请另画一个捕获错误的事件，或把错误改为升级。",
        "Draw an event of its own that catches the error, or throw an escalation instead.",
    ),
    "event.parallel_twice": Rule(
        "等齐几个定义的事件（parallelMultiple）里“{name}”出现了两次，来了不知道算哪一个。",
        'An event that waits for all of its definitions (parallelMultiple) names "{name}" twice: nobody could tell '
        "which of them has come.",
        "请删除一个，或改用别的名称、关联键或代码。",
        "Delete one, or choose another name, key or code.",
    ),
    "event.reference": Rule(
        "{attribute}“{reference}”在文件里不存在。",
        'The {attribute} "{reference}" names nothing in the file.',
        "请选择一个已有的错误或升级，或新建一个。",
        "Choose an error or escalation of the file, or add one.",
    ),
    "event.condition": Rule(
        "条件事件没有写明条件。",
        "The conditional event says no condition.",
        "请写一个 FEEL 条件，如 = case.level > 3。",
        "Write a condition in FEEL such as = case.level > 3.",
    ),
    "event.code": Rule(
        "事件没有写明代码（{attribute}）。",
        "The event does not say its code ({attribute}).",
        "请选择一个有代码的错误或升级；捕获一切的边界事件则不选。",
        "Choose an error or escalation that has a code; only a boundary event that catches everything chooses none.",
    ),
    "event.code_computed": Rule(
        "代码“{code}”不能用表达式计算，否则无法知道谁会捕获。",
        'The code "{code}" cannot be computed: nobody could tell what catches it.',
        "请写固定的代码，用网关分开。",
        "Write a fixed code, and branch with a gateway.",
    ),
    "event.not_interrupting": Rule(
        "错误和取消总是中断它发生的地方。",
        "What catches an error or a cancellation always interrupts.",
        "请去掉 cancelActivity 或 isInterrupting，或改用升级事件。",
        "Remove cancelActivity or isInterrupting, or use an escalation.",
    ),
    "event.twice": Rule(
        "“{host}”的边上有两个事件捕获同样的代码或消息（“{code}”）。",
        'Two events on the border of "{host}" catch the same code or message ("{code}").',
        "请删除一个，或改用别的代码或消息。",
        "Delete one, or choose another code or message.",
    ),
    "event.no_thrower": Rule(
        "“{host}”里面没有什么可以抛出，这个边界事件永远不会发生。",
        'Nothing inside "{host}" could throw; this boundary event would never happen.',
        "请把它放到子流程的边上；取消事件放到含取消结束事件的事务子流程边上。",
        "Put it on the border of a sub-process; a cancel event, on that of a transaction with a cancel end event.",
    ),
    "event_sub_process.flow": Rule(
        "事件子流程不在流中，不能有顺序流“{flow}”进出。",
        'An event sub-process stands beside the flow; the sequence flow "{flow}" cannot enter or leave it.',
        "请删除这条顺序流；事件子流程由它的开始事件触发。",
        "Delete the flow: the sub-process begins with the event of its start.",
    ),
    "event_sub_process.start": Rule(
        "事件子流程的开始事件没有写明等什么。",
        "The start of the event sub-process does not say what it waits for.",
        "请给它一个消息、信号、定时器、错误或升级。",
        "Give it a message, signal, timer, error or escalation.",
    ),
    "event_sub_process.twice": Rule(
        "同一层里“{other}”也等同样的事件，来了不知道开始哪一个。",
        'The start "{other}" in the same scope waits for the same: nobody could tell which one begins.',
        "请删除一个，或改用别的代码、名称或关联键。",
        "Delete one, or choose another code, name or key.",
    ),
    "link.name": Rule(
        "链接事件没有名称。",
        "The link event has no name.",
        "请给链接两端写同一个名称。",
        "Give both ends of the link the same name.",
    ),
    "link.target": Rule(
        "同一层里接收链接“{name}”的捕获事件应有一个，实际有 {count} 个。",
        'Expected one catch event for the link "{name}" in this scope, but there are {count}.',
        "请在同一层画一个同名的链接捕获事件。",
        "Draw one intermediate catch event with a link of that name in the same scope.",
    ),
    "link.flow": Rule(
        "链接的{end_zh}不能有顺序流{way_zh}。",
        "No sequence flow may {way_en} the {end_en} of a link.",
        "链接本身就是流，请删除这条顺序流。",
        "The link is the flow; delete the sequence flow.",
    ),
}
