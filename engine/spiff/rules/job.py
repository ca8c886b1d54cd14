"""Rules about the work that outside systems are asked for."""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition import Severity
from engine.spiff.rules.rule import Rule

JOB_RULES: Mapping[str, Rule] = {
    "job.topic": Rule(
        "没有写明要外部系统做什么（topic）。",
        "The task does not say what an outside system is to do (its topic).",
        "请写 zeebe:taskDefinition 的 type，或改用用户任务。",
        "Write the type of a zeebe:taskDefinition, or use a user task.",
    ),
    "job.name": Rule(
        "{attribute}“{name}”太长，最多 {limit} 个字符。",
        '{attribute} "{name}" is longer than {limit} characters.',
        "请换一个短的名字。",
        "Use a shorter name.",
    ),
    "job.retries": Rule(
        "retries“{value}”应为 1 到 {limit} 的整数。",
        'retries "{value}" is no whole number from 1 to {limit}.',
    ),
    "job.header_duplicate": Rule(
        "taskHeaders 里“{name}”写了不止一次。",
        'The header "{name}" is given more than once.',
        "请只保留一个。",
        "Keep one of them.",
    ),
    "job.secret": Rule(
        "“{name}”像是密钥或口令，不能写在图里：看得到图的人都看得到它。",
        '"{name}" looks like a secret; whoever sees the diagram would see it.',
        "请删除它，把密钥配置在外部系统的目标上。",
        "Delete it; the secret belongs to the configuration of the target.",
    ),
    "job.target_unknown": Rule(
        "没有配置名为“{target}”的外部系统，执行到这里会成为故障。",
        'No outside system named "{target}" is configured; cases will stand still here as faults.',
        "请先配置它，或改正 taskHeaders 里的 target。{hint_zh}",
        "Configure it first, or correct the header target.{hint_en}",
        severity=Severity.WARNING,
    ),
    "job.template_unknown": Rule(
        "所用模板是外部系统“{target}”的，它没有配置。",
        'The template that was applied is that of the outside system "{target}", which is not configured.',
        "请改用别的模板，或先配置它。",
        "Apply another template, or configure it first.",
        severity=Severity.WARNING,
    ),
    "job.template_left": Rule(
        "所用模板是外部系统“{target}”的，而 taskHeaders 的 target 是“{written}”。",
        'The template that was applied is that of the outside system "{target}", but the header target is "{written}".',
        "请重新套用模板，或去掉 zeebe:modelerTemplate。",
        "Apply the template anew, or take zeebe:modelerTemplate away.",
        severity=Severity.WARNING,
    ),
}
