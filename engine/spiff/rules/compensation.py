"""Rules about compensation and transactions."""

from __future__ import annotations

from collections.abc import Mapping

from engine.spiff.rules.rule import Rule

COMPENSATION_RULES: Mapping[str, Rule] = {
    "compensation.handler": Rule(
        "补偿边界事件应关联到同一层里的一个补偿活动，实际关联到 {count} 个。",
        "An association should lead from the event to one compensation activity of its scope, not {count}.",
        "请从事件画一条关联线到一个活动，并把该活动标为补偿活动（isForCompensation）。",
        "Draw an association from the event to an activity, and mark that as isForCompensation.",
    ),
    "compensation.unreached": Rule(
        "补偿活动应由一个补偿边界事件关联，实际有 {count} 个。",
        "One compensation event should lead to the compensation activity by an association, not {count}.",
        "请在被补偿的活动边上放一个补偿事件，用关联线连到这里；不用于补偿的活动请去掉 isForCompensation。",
        "Put a compensation event on the border of what it undoes and associate it; or clear isForCompensation.",
    ),
    "compensation.flow": Rule(
        "补偿不在流中：顺序流“{flow}”不能进出补偿活动或补偿边界事件。",
        'Compensation stands beside the flow: "{flow}" cannot enter or leave its activity or its boundary event.',
        "请删除这条顺序流；要做几步请把补偿活动改为子流程。",
        "Delete the flow; make the compensation activity a sub-process when it takes several steps.",
    ),
    "compensation.guarded": Rule(
        "补偿活动“{host}”的边上不能有事件。",
        'No event may stand on the border of the compensation activity "{host}".',
        "请把补偿活动改为子流程，把事件放到其中的活动边上。",
        "Make it a sub-process, and put the event on the border of an activity inside it.",
    ),
    "compensation.several": Rule(
        "“{host}”有不止一种补偿方法。",
        'There is more than one way to undo "{host}".',
        "请只保留一个补偿边界事件，或只保留子流程内的补偿事件子流程。",
        "Keep one compensation event on its border, or one compensation event sub-process inside it.",
    ),
    "compensation.start": Rule(
        "补偿事件子流程只能放在嵌入子流程里：“{scope}”办完之后没有人来补偿它。",
        'A compensation event sub-process stands in an embedded sub-process; nothing ever undoes "{scope}".',
        "请把要一起补偿的活动连同它放进一个子流程。",
        "Put it into a sub-process together with what it undoes.",
    ),
    "compensation.activity": Rule(
        "activityRef“{reference}”不是这一层里可以补偿的活动。",
        'The activityRef "{reference}" is no activity of this scope that can be undone.',
        "请选择同一层里有补偿边界事件的活动或含有可补偿活动的子流程；不选则补偿整层。",
        "Choose an activity of the scope with a compensation event, or a sub-process with some inside; or choose none.",
    ),
    "compensation.nothing": Rule(
        "这一层里没有可以补偿的活动，补偿事件什么也不会做。",
        "Nothing in this scope can be undone; the compensation event would do nothing.",
        "请给要补偿的活动加补偿边界事件和补偿活动。",
        "Give what is to be undone a compensation event and a compensation activity.",
    ),
    "compensation.not_awaited": Rule(
        "waitForCompletion 只能为 true：流程等补偿做完再继续。",
        "waitForCompletion can only be true: the flow goes on when everything is undone.",
        "请删除该属性；要同时继续，请用并行网关分出一支去补偿。",
        "Delete the attribute; to go on meanwhile, let a branch of a parallel gateway do the undoing.",
    ),
    "transaction.cancel": Rule(
        "取消结束事件只能直接放在事务子流程里。",
        "A cancel end event stands directly in a transaction.",
        "请把所在的子流程改为事务子流程，或改为错误结束事件。",
        "Make the sub-process around it a transaction, or end with an error instead.",
    ),
    "transaction.uncaught": Rule(
        "事务子流程“{transaction}”的边上没有取消事件，取消之后不知道往哪里走。",
        'No cancel event stands on the border of the transaction "{transaction}": nothing says where it goes on.',
        "请在该事务边上放一个取消边界事件。",
        "Put a cancel event on its border.",
    ),
    "transaction.repeated": Rule(
        "可以取消的事务子流程“{transaction}”不能重复。",
        'The transaction "{transaction}" can be cancelled and so cannot be repeated.',
        "请把它连同取消边界事件放进一个重复的子流程。",
        "Put it, with the cancel event on its border, into a sub-process that is repeated.",
    ),
}
