"""Rules about activities that are performed several times."""

from __future__ import annotations

from collections.abc import Mapping

from engine.spiff.rules.rule import Rule

REPETITION_RULES: Mapping[str, Rule] = {
    "repetition.several": Rule(
        "活动写了不止一种重复方式。",
        "The activity is repeated in more than one way.",
        "请只保留一种；要在每项之内再循环，请把活动放进子流程。",
        "Keep one; to loop within each item, put the activity into a sub-process.",
    ),
    "repetition.arm": Rule(
        "事件网关之后的接收任务不能重复：网关已替它等待。",
        "A receive task after an event-based gateway cannot be repeated, for the gateway waits in its stead.",
        "请在其后另画一个重复的任务。",
        "Draw a repeated task after it.",
    ),
    "repetition.behavior": Rule(
        'behavior="{behavior}" 不执行：每项完成时不会抛出事件。',
        'behavior="{behavior}" is not executed: no event is thrown when an item completes.',
        "请删除它；要抛出事件，请把活动改为子流程，在其中画抛出事件。",
        "Delete it; to throw an event for each item, make the activity a sub-process with a throw event in it.",
    ),
    "repetition.flag": Rule(
        '{attribute}="{value}" 不是 true 或 false。',
        '{attribute}="{value}" is neither true nor false.',
        "请写 true 或 false，不写即 false。",
        "Write true or false; false when absent.",
    ),
    "repetition.unbounded": Rule(
        "多实例没有写明做几次。",
        "The multi-instance does not say how often it is performed.",
        "请写 zeebe:loopCharacteristics 的 inputCollection，或写 loopCardinality。",
        "Write an inputCollection in a zeebe:loopCharacteristics, or a loopCardinality.",
    ),
    "repetition.counted_twice": Rule(
        "集合与 loopCardinality 同时写明了次数。",
        "Both the collection and loopCardinality say how often.",
        "请只保留其一。",
        "Keep one of them.",
    ),
    "repetition.literal": Rule(
        "{attribute} 要写表达式，“{value}”只是文字。",
        '{attribute} takes an expression, and "{value}" is a text.',
        "请在前面加等号：= {value}",
        "Put an equals sign before it: = {value}",
    ),
    "repetition.variable": Rule(
        "{attribute} 的“{name}”不能作变量名。",
        '"{name}" in {attribute} cannot be the name of a variable.',
        "请用字母开头的名字，不用 case、task、loopCounter。",
        "Use a name that begins with a letter and is not case, task or loopCounter.",
    ),
    "repetition.element": Rule(
        "写了 inputElement“{name}”，却没有 inputCollection。",
        'There is an inputElement "{name}" but no inputCollection to take it from.',
        "请写 inputCollection，或删除 inputElement，用 loopCounter 认出是第几次。",
        "Write an inputCollection, or delete it and use loopCounter.",
    ),
    "repetition.output": Rule(
        "只写了 {written}，没有 {missing}。",
        "There is a {written} but no {missing}.",
        "请两个都写，或都不写。",
        "Write both or neither.",
    ),
    "repetition.cardinality": Rule(
        "loopCardinality“{value}”不是 0 到 {limit} 的整数。",
        'The loopCardinality "{value}" is not a whole number from 0 to {limit}.',
        "请改正次数；确需更多时请改为成批立案，每项一案。",
        "Correct it; where more are needed, start a case for each in a batch.",
    ),
    "repetition.limit": Rule(
        "mostItems“{value}”不是 1 到 {limit} 的整数。",
        'mostItems "{value}" is not a whole number from 1 to {limit}.',
        "请改正；确需更多时请改为成批立案，每项一案。",
        "Correct it; where more are needed, start a case for each in a batch.",
    ),
    "repetition.endless": Rule(
        "标准循环既没有条件，也没有次数上限，会无休止地转。",
        "The standard loop has neither a condition nor a maximum and would turn for ever.",
        "请写 loopCondition 或 loopMaximum。",
        "Write a loopCondition or a loopMaximum.",
    ),
    "repetition.maximum": Rule(
        "loopMaximum“{value}”不是正整数。",
        'The loopMaximum "{value}" is not a whole number from 1.',
        "请写正整数，或删除它。",
        "Write a number from 1, or delete it.",
    ),
}
