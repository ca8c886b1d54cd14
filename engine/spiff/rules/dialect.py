"""Rules about what elements declare: expressions, assignments, mappings, properties."""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition import Severity
from engine.spiff.rules.rule import Rule

#: What FEEL's own lint says, with the place.
_EXPRESSION = Rule(
    "{attribute} 第 {column} 个字符处：{detail_zh}",
    "{attribute}, character {column}: {detail_en}",
)

DIALECT_RULES: Mapping[str, Rule] = {
    "expression.syntax": Rule(
        "{attribute} 第 {column} 个字符处：{detail_zh}",
        "{attribute}, character {column}: {detail_en}",
        "{hint_zh}",
        "{hint_en}",
    ),
    "expression.limit": Rule("{attribute}：{detail_zh}", "{attribute}: {detail_en}"),
    "expression.language": Rule(
        "{attribute} 的语言是“{language}”，这里只执行 FEEL。",
        '{attribute} is written in "{language}"; only FEEL is executed here.',
        "请改写为 FEEL，例如 = case.level > 2。",
        "Write it in FEEL, such as = case.level > 2.",
    ),
    "dialect.overrides": Rule(
        "{standard} 与 {ours} 同时存在，以 {ours} 为准。",
        "Both {standard} and {ours} are given; {ours} is used.",
        severity=Severity.NOTE,
    ),
    "expression.unknown_member": _EXPRESSION,
    "expression.unknown_function": _EXPRESSION,
    "expression.arguments": _EXPRESSION,
    "expression.comparison": Rule(_EXPRESSION.zh, _EXPRESSION.en, severity=Severity.WARNING),
    "variable.early": Rule(
        "{attribute} 读取变量“{name}”，但流程走到“{setter}”才会给它赋值：在此之前它是 null，除非启动时已传入。",
        '{attribute} reads the variable "{name}", which nothing sets before "{setter}": it is null here unless whoever '
        "starts the process passes it.",
        "请先给它赋值，或改正变量名。",
        "Set it earlier, or correct its name.",
        severity=Severity.WARNING,
    ),
    "variable.unknown": Rule(
        "{attribute} 读取变量“{name}”，但本图和它的表单都不给它赋值：除非启动时已传入，它总是 null。",
        '{attribute} reads the variable "{name}", which nothing in this diagram or its forms sets: it is null unless '
        "whoever starts the process passes it.",
        "是否想写 {meant}？",
        "Did you mean {meant}?",
        severity=Severity.WARNING,
    ),
    "variable.nowhere": Rule(
        "{attribute} 读取变量“{name}”，但本图、它的表单和启动者都不给它赋值，它总是 null。",
        '{attribute} reads the variable "{name}", which neither this diagram nor its forms nor whoever starts it sets.',
        "{hint_zh}请改正变量名；由启动者传入的写进流程的属性 startVariables。",
        "{hint_en} Correct its name; name what is passed by whoever starts the process in its property startVariables.",
    ),
    "script.missing": Rule(
        "脚本任务没有脚本。",
        "The script task has no script.",
        "请写 zeebe:script（表达式和结果变量）。",
        "Write a zeebe:script with an expression and a result variable.",
    ),
    "script.result": Rule(
        "脚本没有结果变量（resultVariable），算出的值无处可放。",
        "The script has no resultVariable, so its value has nowhere to go.",
        "请填写结果变量名。",
        "Name a result variable.",
    ),
    "mapping.target": Rule(
        "“{target}”不能作变量映射的目标。",
        '"{target}" cannot be the target of a mapping.',
        "写变量名（字母、汉字或下划线开头，不含点），输出还可写 case.事实名。",
        "Write a variable name; an output may also name case.<fact>.",
    ),
    "mapping.reserved": Rule(
        "变量名“{target}”已有固定含义。",
        'The variable name "{target}" has a meaning of its own.',
        "请换一个名字。",
        "Choose another name.",
    ),
    "mapping.source": Rule(
        "变量映射“{target}”没有来源。",
        'The mapping of "{target}" has no source.',
        "请写来源，例如 = form.reason。",
        "Write a source, such as = form.reason.",
    ),
    "mapping.unknown_fact": Rule(
        "案件没有名为“{target}”的事实。",
        'The case has no fact named "{target}".',
        "{hint_zh}",
        "{hint_en}",
    ),
    "task.unassigned": Rule(
        "用户任务没有候选组、候选人或办理人，没有人会收到它。",
        "The user task names no group, user or assignee: nobody will be offered it.",
        "请填写候选组，或把它放进泳道。",
        "Name candidate groups, or place it in a lane.",
        severity=Severity.WARNING,
    ),
    "task.manual": Rule(
        "手工任务不会派给任何人，流程直接通过。",
        "A manual task is offered to nobody; the flow passes it at once.",
        "要有人办理请用用户任务。",
        "Use a user task when somebody has to do it.",
        severity=Severity.NOTE,
    ),
    "task.separate_unknown": Rule(
        "separateFrom 指向的“{reference}”不是用户任务。",
        'separateFrom names "{reference}", which is not a user task.',
        "请填写本图中用户任务的 id。",
        "Name ids of user tasks in this diagram.",
    ),
    "task.person": Rule(
        "{attribute} 中的“{name}”不是人员编号。",
        '"{name}" in {attribute} is not the id of a person.',
        "请写人员编号，例如 user:7，或用 FEEL，例如 = task.performer 存下的变量；岗位请写在 candidateGroups。",
        "Write an id such as user:7, or FEEL such as a variable that kept task.performer; posts go to candidateGroups.",
    ),
    "task.priority": Rule(
        "优先级“{value}”不是 0 到 100 的整数。",
        'The priority "{value}" is not a whole number from 0 to 100.',
    ),
    "form.binding": Rule(
        "表单的 bindingType=“{binding}”不能执行。",
        'The bindingType "{binding}" of the form cannot be executed.',
        "请用 latest（开启待办时的最新版本）或 versionTag。",
        "Use latest, the version published last when the task is opened, or versionTag.",
    ),
    "form.version_tag": Rule(
        "表单的 bindingType=“{binding}”与 versionTag=“{tag}”不相配。",
        'The bindingType "{binding}" of the form does not go with the versionTag "{tag}".',
        "versionTag 绑定须写标签，latest 绑定不写。",
        "The binding versionTag needs a tag, the binding latest has none.",
    ),
    "stage.malformed": Rule(
        "阶段名“{stage}”不能用：不能为空，不含首尾空格，最多 {limit} 个字符。",
        '"{stage}" cannot be a stage: not empty, no space at its ends, at most {limit} characters.',
    ),
    "name.english_place": Rule(
        "英文名（nameEn）写在 {tag} 里不起作用：那里的名称不显示给人看。",
        "An English name (nameEn) has no effect in a {tag}, whose name is shown to nobody.",
        "请写在流程、节点、顺序流、泳道或池上。",
        "Write it in a process, flow node, sequence flow, lane or pool.",
        severity=Severity.WARNING,
    ),
    "name.english_empty": Rule(
        "英文名（nameEn）是空的，英文界面仍显示中文名称。",
        "The English name (nameEn) is empty: pages in English show the Chinese name.",
        "请写上英文名，或删除这个属性。",
        "Write it, or delete the property.",
        severity=Severity.WARNING,
    ),
    "name.english_alone": Rule(
        "有英文名（nameEn），却没有名称。",
        "There is an English name (nameEn) but no name.",
        "请写上名称，或删除这个属性。",
        "Write the name, or delete the property.",
        severity=Severity.WARNING,
    ),
    "name.english_misspelt": Rule(
        "没有属性“{name}”的用处；英文名的属性是 nameEn。",
        'Nothing reads the property "{name}"; that of an English name is nameEn.',
        "请改写为 nameEn。",
        "Write nameEn.",
        severity=Severity.WARNING,
    ),
    "property.duplicate": Rule(
        "属性“{name}”写了两次。",
        'The property "{name}" is written twice.',
        "请只保留一个。",
        "Keep one.",
    ),
    "message_flow.ignored": Rule(
        "消息流仅作说明，不影响执行。",
        "A message flow is documentation only.",
        severity=Severity.NOTE,
    ),
}
