"""The catalogue of messages about decision models: one code, its Chinese and its English text."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    # The file cannot be read.
    "xml.size": ("文件超过 {allowed} 字节", "the file is larger than {allowed} bytes"),
    "xml.malformed": ("不是格式正确的 XML：{reason}", "not well-formed XML: {reason}"),
    "xml.doctype": ("不接受 DOCTYPE 和实体声明", "DOCTYPE and entity declarations are not accepted"),
    "xml.root": ("根元素是 {found}，不是 DMN 的 definitions", "the root element is {found}, not DMN definitions"),
    # The model does not hold together.
    "model.duplicate": ("id {id} 重复", "the id {id} is used twice"),
    "model.reference": ("{href} 指向不存在的元素", "{href} refers to no element"),
    "model.import": (
        "没有命名空间为 {namespace} 的导入模型",
        "no model of the namespace {namespace} was given to import",
    ),
    "model.cycle": ("{name} 依赖于自身", "{name} depends on itself"),
    "model.expression": ("{text}：{reason_zh}", "{text}: {reason_en}"),
    "model.language": (
        "不支持表达式语言 {language}，请用 FEEL",
        "the expression language {language} is not supported; use FEEL",
    ),
    "model.depth": ("模型嵌套过深", "the model is nested too deeply"),
    "model.tags": ("一个文件只能有一个版本标签，这里有 {tags}", "a file has one version tag; here are {tags}"),
    "model.missing": ("{kind} 缺少 {part}", "{kind} has no {part}"),
    "table.policy": ("不认识的命中策略 {found}", "unknown hit policy {found}"),
    "table.aggregation": ("不认识的汇总方式 {found}", "unknown aggregation {found}"),
    "table.width": (
        "第 {row} 行有 {found} 个单元格，应为 {expected} 个",
        "row {row} has {found} cells, expected {expected}",
    ),
    "decision.unknown": ("没有名称或 id 为 {name} 的决策", "there is no decision with the name or id {name}"),
    # What a running evaluation noticed.
    "value.type": (
        "{name} 的值不符合类型 {type}，按 null 计算",
        "the value of {name} does not conform to {type}: null",
    ),
    "table.input": (
        "输入 {name} 的值不在允许范围内，结果为 null",
        "the value of the input {name} is not allowed: null",
    ),
    "table.several": (
        "唯一命中的决策表有 {count} 行命中（第 {rows} 行），结果为 null",
        "a unique table has {count} matching rows ({rows}): null",
    ),
    "table.differ": (
        "命中的各行（第 {rows} 行）输出不同，结果为 null",
        "the matching rows ({rows}) have different outputs: null",
    ),
    "table.none": ("没有一行命中，结果为 null", "no row matches: null"),
    "function.external": ("不执行外部函数 {kind}，结果为 null", "external functions ({kind}) are not run: null"),
    "function.none": ("被调用的是 {kind}，不是函数，结果为 null", "what is called is a {kind}, not a function: null"),
    # What the lint of a table found.
    "lint.overlap": (
        "第 {row} 行与第 {other} 行可同时命中（{example}），而命中策略为唯一",
        "rows {row} and {other} can both match ({example}), but the hit policy is unique",
    ),
    "lint.differ": (
        "第 {row} 行与第 {other} 行可同时命中（{example}）而输出不同",
        "rows {row} and {other} can both match ({example}) with different outputs",
    ),
    "lint.gap": ("没有一行对应：{example}", "no row matches: {example}"),
    "lint.unreachable": (
        "第 {row} 行永不起作用，前面的行已全部覆盖",
        "row {row} never has an effect: the rows before it cover all of it",
    ),
    "lint.impossible": ("第 {row} 行的 {column} 永不成立：{text}", "row {row}: {column} can never hold: {text}"),
    "lint.type": (
        "第 {row} 行的 {column} 是 {found}，应为 {expected}：{text}",
        "row {row}: {column} is a {found}, expected a {expected}: {text}",
    ),
    "lint.not_allowed": (
        "第 {row} 行的 {column} 不在允许的值之中：{text}",
        "row {row}: {column} is not one of the allowed values: {text}",
    ),
    "lint.no_values": (
        "命中策略 {policy} 需要给出输出值的先后",
        "the hit policy {policy} needs the output values in order",
    ),
    "lint.empty": (
        "第 {row} 行的输出 {column} 为空，按 null 计算",
        "row {row}: the output {column} is empty and counts as null",
    ),
}


def text_of(code: str, fields: Mapping[str, object]) -> tuple[str, str]:
    """The Chinese and the English message of `code`, with `fields` filled in."""
    zh, en = TEXTS[code]
    return zh.format_map(fields), en.format_map(fields)
