"""The catalogue of messages: one code, its Chinese and its English text."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    # The text is not FEEL.
    "syntax.character": ("不能识别的字符 {found}", "unexpected character {found}"),
    "syntax.string": ("字符串没有结束的双引号", 'the string has no closing "'),
    "syntax.escape": ("字符串 {found} 含有不成对的代理码或空字符", "{found} contains a lone surrogate or a NUL"),
    "syntax.comment": ("注释没有结束的 */", "the comment has no closing */"),
    "syntax.expected": ("此处应为 {expected}，却是 {found}", "expected {expected}, but found {found}"),
    "syntax.expression": ("此处应为表达式，却是 {found}", "expected an expression, but found {found}"),
    "syntax.trailing": ("表达式到此已完整，多出了 {found}", "the expression is complete, but {found} follows"),
    "syntax.end": ("表达式没有写完", "the expression ends too early"),
    "syntax.name": ("此处应为名称，却是 {found}", "expected a name, but found {found}"),
    "syntax.type": ("不认识的类型 {found}", "unknown type {found}"),
    "syntax.number": ("数 {found} 超出可表示的范围", "the number {found} is out of range"),
    "syntax.not_tests": ("not(…) 中有多个判断时，其后不能再有内容", "nothing may follow not(...) with several tests"),
    "syntax.operator": ("FEEL 中没有 {found}，应写 {hint}", "FEEL has no {found}; write {hint}"),
    "syntax.quote": ("字符串要用双引号，不用单引号", "strings take double quotes, not single ones"),
    "syntax.multiword": (
        "{found} 不是已声明的名称；含空格的名称须先声明，或用反引号括起",
        "{found} is not a declared name; a name with spaces must be declared or put in backquotes",
    ),
    # The text or its evaluation is too large.
    "limit.length": ("表达式超过 {allowed} 个字符", "the expression is longer than {allowed} characters"),
    "limit.tokens": ("表达式超过 {allowed} 个词", "the expression has more than {allowed} tokens"),
    "limit.depth": ("嵌套超过 {allowed} 层", "nesting is deeper than {allowed} levels"),
    "limit.steps": ("计算超过 {allowed} 步", "the evaluation takes more than {allowed} steps"),
    "limit.items": ("列表超过 {allowed} 项", "a list has more than {allowed} items"),
    "limit.characters": ("文字超过 {allowed} 个字符", "a text is longer than {allowed} characters"),
    # What a running evaluation noticed.
    "name.unknown": ("没有名为 {name} 的值，按 null 计算", "there is no value named {name}; it counts as null"),
    "path.not_context": (
        "{kind} 没有成员，.{name} 按 null 计算",
        "a {kind} has no members; .{name} counts as null",
    ),
    "path.missing": ("没有成员 {name}，按 null 计算", "there is no member {name}; it counts as null"),
    "compare.types": ("{left} 与 {right} 不能比较，结果为 null", "{left} and {right} cannot be compared: null"),
    "arithmetic.types": (
        "{left} {operator} {right} 没有定义，结果为 null",
        "{left} {operator} {right} is not defined: null",
    ),
    "arithmetic.range": (
        "{operator} 的结果无法表示（除以零或超出范围），结果为 null",
        "the result of {operator} cannot be represented (division by zero or out of range): null",
    ),
    "logic.types": ("{kind} 不是真假值，按 null 计算", "a {kind} is not a boolean; it counts as null"),
    "condition.not_boolean": (
        "条件的值是 {kind}，不是真假值，按不成立计算",
        "the condition is a {kind}, not a boolean; it counts as not met",
    ),
    "filter.condition": (
        "过滤条件的值是 {kind}，既非真假值也非序号，结果为 null",
        "the filter yields a {kind}, neither a boolean nor an index: null",
    ),
    "filter.index": (
        "序号 {index} 不在 1 到 {count} 之间，结果为 null",
        "index {index} is not within 1 to {count}: null",
    ),
    "range.ends": (
        "区间的两端 {left} 与 {right} 不成区间，结果为 null",
        "{left} and {right} are not the ends of a range: null",
    ),
    "iteration.source": ("{kind} 不能逐项取值，结果为 null", "a {kind} cannot be iterated over: null"),
    "context.duplicate": ("上下文中键 {name} 重复，结果为 null", "the context has the key {name} twice: null"),
    "call.not_function": ("{name} 不是函数，结果为 null", "{name} is not a function: null"),
    "call.arguments": (
        "函数 {name} 不接受这些参数（应为 {signatures}），结果为 null",
        "the function {name} does not take these arguments (it takes {signatures}): null",
    ),
    "call.refused": ("函数 {name}：{reason_zh}，结果为 null", "function {name}: {reason_en}: null"),
    "call.failed": ("函数 {name} 执行失败（{reason}），结果为 null", "the function {name} failed ({reason}): null"),
    "coercion.failed": (
        "{kind} 不符合类型 {type}，结果为 null",
        "a {kind} does not conform to the type {type}: null",
    ),
    "external.function": ("不执行外部函数，结果为 null", "external functions are not run: null"),
    "argument.refused": ("{reason_zh}", "{reason_en}"),
    # What cannot cross the boundary.
    "boundary.number": ("{found} 不是有限的数", "{found} is not a finite number"),
    "boundary.kind": ("{found} 不能转换", "{found} cannot be converted"),
    "boundary.instant": ("{found} 超出可表示的时间", "{found} is outside the times that can be represented"),
    # What a check against declared names found.
    "lint.name": ("没有声明名称 {name}", "the name {name} is not declared"),
    "lint.path": ("{owner} 没有成员 {name}", "{owner} has no member {name}"),
    "lint.function": ("没有名为 {name} 的函数", "there is no function named {name}"),
    "lint.arguments": (
        "函数 {name} 不接受 {count} 个参数（应为 {signatures}）",
        "the function {name} does not take {count} arguments (it takes {signatures})",
    ),
    "lint.named": (
        "函数 {name} 没有这样的参数：{given}（应为 {signatures}）",
        "the function {name} has no such parameters: {given} (it takes {signatures})",
    ),
    "lint.compare": ("{left} 与 {right} 不能比较，结果总为 null", "{left} and {right} cannot be compared: always null"),
    "lint.suggestion": ("；是否指 {suggestion}？", "; did you mean {suggestion}?"),
}


def text_of(code: str, fields: Mapping[str, object]) -> tuple[str, str]:
    """The Chinese and the English message of `code`, with `fields` filled in."""
    zh, en = TEXTS[code]
    return zh.format_map(fields), en.format_map(fields)
