"""Context functions."""

from __future__ import annotations

from engine.feel.arguments import context, items, refuse, text
from engine.feel.evaluation import Evaluation
from engine.feel.functions import Parameter, Signature, TableFunction, table_function
from engine.feel.values import Value, kind_of

_M = Parameter("m", context)
_CONTEXT = Parameter("context", context)
_VALUE = Parameter("value")


def _key(value: Value) -> str:
    if not isinstance(value, str):
        raise refuse("键应为文字", "a key must be a string")
    return value


def _keys(value: Value) -> list[str]:
    if not isinstance(value, list) or not value:
        raise refuse("应为键的列表", "expected a list of keys")
    return [text(key) for key in value]


def _get_value(_evaluation: Evaluation, members: dict[str, Value], key: str) -> Value:
    return members.get(key)


def _get_entries(_evaluation: Evaluation, members: dict[str, Value]) -> Value:
    return [{"key": key, "value": value} for key, value in members.items()]


def _context(_evaluation: Evaluation, entries: list[Value]) -> Value:
    result: dict[str, Value] = {}
    for entry in entries:
        members = context(entry)
        key = members.get("key")
        if not isinstance(key, str) or "value" not in members or key in result:
            raise refuse("每项应有不重复的 key 和 value", "every entry needs a key of its own and a value")
        result[key] = members["value"]
    return result


def _put(_evaluation: Evaluation, members: dict[str, Value], key: str, value: Value) -> Value:
    return {**members, key: value}


def _put_deep(evaluation: Evaluation, members: dict[str, Value], keys: list[str], value: Value) -> Value:
    if len(keys) == 1:
        return {**members, keys[0]: value}
    inner = members.get(keys[0])
    if not isinstance(inner, dict):
        raise refuse(f"{keys[0]} 是 {kind_of(inner)}，不是上下文", f"{keys[0]} is a {kind_of(inner)}, not a context")
    return {**members, keys[0]: _put_deep(evaluation, inner, keys[1:], value)}


def _merge(_evaluation: Evaluation, contexts: list[Value]) -> Value:
    result: dict[str, Value] = {}
    for members in contexts:
        result.update(context(members))
    return result


FUNCTIONS = (
    table_function(
        "get value",
        (_M, Parameter("key", _key)),
        _get_value,
        help_zh="某键的值",
        help_en="The value of a key",
        example='get value({"单位": "城管局"}, "单位") = "城管局"',
    ),
    table_function(
        "get entries",
        (_M,),
        _get_entries,
        help_zh="各键与值的列表",
        help_en="The list of keys and values",
        example='get entries({a: 1}) = [{key: "a", value: 1}]',
    ),
    table_function(
        "context",
        (Parameter("entries", items),),
        _context,
        help_zh="由键与值的列表得到上下文",
        help_en="The context of a list of keys and values",
        example='context([{key: "a", value: 1}]) = {a: 1}',
    ),
    TableFunction(
        "context put",
        (
            Signature((_CONTEXT, Parameter("key", _key), _VALUE), _put),
            Signature((_CONTEXT, Parameter("keys", _keys), _VALUE), _put_deep),
        ),
        help_zh="加上或更换一个键，可用键的列表到达内层",
        help_en="The context with another value for a key, or for a list of keys leading inwards",
        example='context put({a: {b: 1}}, ["a", "b"], 2) = {a: {b: 2}}',
    ),
    table_function(
        "context merge",
        (Parameter("contexts", items),),
        _merge,
        help_zh="合并几个上下文，后者优先",
        help_en="Several contexts in one, the later ones winning",
        example="context merge([{a: 1}, {a: 2, b: 3}]) = {a: 2, b: 3}",
    ),
)
