"""Rules about where tokens come to, found by playing the diagram."""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition import Severity
from engine.spiff.rules.rule import Rule

_DEADLOCK_FIX = (
    "汇合网关前的每条分支都要由并行网关同时发出；二选一的分支请用排他网关合并。",
    "Every branch before the join has to be begun by a parallel gateway; merge alternatives by an exclusive one.",
)

SOUNDNESS_RULES: Mapping[str, Rule] = {
    "soundness.deadlock": Rule(
        "无论怎么走，都会停在汇合网关“{join}”，永远到不了结束。",
        'Whichever way it goes, it stands still at the join "{join}" and never comes to an end.',
        *_DEADLOCK_FIX,
    ),
    "soundness.may_deadlock": Rule(
        "有的走法会停在汇合网关“{join}”：它等的令牌不会再来。",
        'On some ways it stands still at the join "{join}": the token that it waits for cannot come.',
        *_DEADLOCK_FIX,
        severity=Severity.WARNING,
    ),
    "soundness.several_tokens": Rule(
        "可能有两个令牌同时到达“{at}”，它之后的一切会各走一遍。",
        'Two tokens may come to "{at}", and everything after it happens for each.',
        "同时进行的分支请先用并行网关（或包容网关）汇合。",
        "Join branches that run at the same time by a parallel or an inclusive gateway.",
        severity=Severity.WARNING,
    ),
    "soundness.dead": Rule(
        "“{at}”永远不会执行：它前面的汇合网关等不齐令牌。",
        '"{at}" is never executed, because a join before it never gets all its tokens.',
        *_DEADLOCK_FIX,
        severity=Severity.WARNING,
    ),
    "soundness.gave_up": Rule(
        "{scope} 的走法太多，没有全部推演；已推演的 {moves} 步中没有发现别的问题。",
        "{scope} can go in too many ways; {moves} moves were played, and what lies beyond is not judged.",
        "把同时进行的分支放进子流程，可以分开推演。",
        "Branches that run at the same time can be judged apart when they stand in sub-processes.",
        severity=Severity.NOTE,
    ),
}
