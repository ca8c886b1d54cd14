"""String functions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.feel.arguments import items, optional, refuse, text, whole
from engine.feel.errors import FeelLimitExceeded
from engine.feel.evaluation import Evaluation
from engine.feel.functions import Parameter, table_function
from engine.feel.numbers import number
from engine.feel.patterns import compiled
from engine.feel.values import Value, kind_of

#: A match of a regular expression costs about as much as this many steps.
_STEPS_OF_MATCH = 4

_STRING = Parameter("string", text)
_MATCH = Parameter("match", text)
_PATTERN = Parameter("pattern", text)


def _substring(_evaluation: Evaluation, string: str, start: int, length: int | None = None) -> Value:
    if start == 0 or abs(start) > len(string):
        raise refuse(f"起始位置 {start} 不在字符串内", f"the start position {start} is outside the string")
    first = start - 1 if start > 0 else len(string) + start
    if length is None:
        return string[first:]
    if length < 1:
        raise refuse("长度应至少为 1", "the length must be at least 1")
    return string[first : first + length]


def _length(_evaluation: Evaluation, string: str) -> Value:
    return number(len(string))


def _upper(_evaluation: Evaluation, string: str) -> Value:
    return string.upper()


def _lower(_evaluation: Evaluation, string: str) -> Value:
    return string.lower()


def _before(_evaluation: Evaluation, string: str, match: str) -> Value:
    before, found, _ = string.partition(match) if match else ("", "", "")
    return before if found else ""


def _after(_evaluation: Evaluation, string: str, match: str) -> Value:
    if not match:
        return string
    return string.partition(match)[2]


def _contains(_evaluation: Evaluation, string: str, match: str) -> Value:
    return match in string


def _starts(_evaluation: Evaluation, string: str, match: str) -> Value:
    return string.startswith(match)


def _ends(_evaluation: Evaluation, string: str, match: str) -> Value:
    return string.endswith(match)


def _matches(_evaluation: Evaluation, string: str, pattern: str, flags: str | None = None) -> Value:
    return compiled(pattern, flags or "").search(string) is not None


def _replace(evaluation: Evaluation, string: str, pattern: str, replacement: str, flags: str | None = None) -> Value:
    regex = compiled(pattern, flags or "")
    if regex.search("") is not None:
        raise refuse("正则表达式能匹配空串", "the pattern matches the empty string")
    pieces: list[str | int] = [replacement]
    if "q" not in (flags or ""):
        pieces = list(_replacement_pieces(replacement, regex.groups))
    return _limited(_replaced(string, _found(regex, string, evaluation), pieces), evaluation)


def _replacement_pieces(replacement: str, group_count: int) -> Iterator[str | int]:
    """The replacement as literal text and group numbers; raises ArgumentRefused for a stray sign."""
    position = 0
    while position < len(replacement):
        char, following = replacement[position], replacement[position + 1 : position + 2]
        position += 2
        if char == "\\" and following and following in "\\$":
            yield following
        elif char == "$" and following.isascii() and following.isdigit():
            group = int(following)
            while replacement[position : position + 1].isdigit():
                longer = group * 10 + int(replacement[position])
                if longer > group_count:
                    break
                group, position = longer, position + 1
            yield group
        elif char in "\\$":
            raise refuse("替换文字中的 \\ 或 $ 不成立", "a stray \\ or $ in the replacement")
        else:
            position -= 1
            yield char


def _found(regex: Any, string: str, evaluation: Evaluation) -> Iterator[Any]:
    for match in regex.finditer(string):
        evaluation.spend(_STEPS_OF_MATCH)
        yield match


def _replaced(string: str, matches: Iterator[Any], pieces: list[str | int]) -> Iterator[str]:
    end = 0
    for match in matches:
        yield string[end : match.start()]
        for piece in pieces:
            if isinstance(piece, str):
                yield piece
            elif piece <= len(match.groups()):
                yield match[piece] or ""
        end = match.end()
    yield string[end:]


def _limited(parts: Iterator[str], evaluation: Evaluation) -> str:
    """The parts joined, unless they are longer than a string may be."""
    kept: list[str] = []
    left = evaluation.limits.characters
    for part in parts:
        kept.append(part)
        left -= len(part)
        if left < 0:
            raise FeelLimitExceeded("characters", evaluation.limits.characters)
    return "".join(kept)


def _split(evaluation: Evaluation, string: str, delimiter: str) -> Value:
    parts: list[str] = []
    end = 0
    for match in _found(compiled(delimiter), string, evaluation):
        if match.end() > match.start():
            parts.append(string[end : match.start()])
            end = match.end()
    return [*parts, string[end:]]


def _join(evaluation: Evaluation, parts: list[Value], delimiter: str | None = None) -> Value:
    texts: list[str] = []
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
        elif part is not None:
            raise refuse(f"列表中有 {kind_of(part)}", f"the list contains a {kind_of(part)}")
    return _limited(_delimited(texts, delimiter or ""), evaluation)


def _delimited(texts: list[str], delimiter: str) -> Iterator[str]:
    for index, part in enumerate(texts):
        if index:
            yield delimiter
        yield part


FUNCTIONS = (
    table_function(
        "substring",
        (_STRING, Parameter("start position", whole), optional("length", whole)),
        _substring,
        help_zh="从某位置起的一段文字；位置从 1 数起，负数从末尾数起",
        help_en="A part of a string from a position; positions count from 1, negative ones from the end",
        example='substring("归流河畔", 3) = "河畔"',
    ),
    table_function(
        "string length",
        (_STRING,),
        _length,
        help_zh="字符数",
        help_en="The number of characters",
        example='string length("归流") = 2',
    ),
    table_function(
        "upper case",
        (_STRING,),
        _upper,
        help_zh="转为大写",
        help_en="The string in capital letters",
        example='upper case("aBc4") = "ABC4"',
    ),
    table_function(
        "lower case",
        (_STRING,),
        _lower,
        help_zh="转为小写",
        help_en="The string in small letters",
        example='lower case("aBc4") = "abc4"',
    ),
    table_function(
        "substring before",
        (_STRING, _MATCH),
        _before,
        help_zh="第一次出现之前的文字；没有出现时为空串",
        help_en="What stands before the first occurrence; empty when there is none",
        example='substring before("乌兰浩特市-兴安街道", "-") = "乌兰浩特市"',
    ),
    table_function(
        "substring after",
        (_STRING, _MATCH),
        _after,
        help_zh="第一次出现之后的文字；没有出现时为空串",
        help_en="What stands behind the first occurrence; empty when there is none",
        example='substring after("乌兰浩特市-兴安街道", "-") = "兴安街道"',
    ),
    table_function(
        "replace",
        (Parameter("input", text), _PATTERN, Parameter("replacement", text), optional("flags", text)),
        _replace,
        help_zh="按正则表达式替换；$1 表示第一组",
        help_en="Replaces what a regular expression matches; $1 is the first group",
        example='replace("2026-11-22", "(\\d+)-(\\d+)-(\\d+)", "$2/$3") = "11/22"',
    ),
    table_function(
        "contains",
        (_STRING, _MATCH),
        _contains,
        help_zh="是否含有某段文字",
        help_en="Whether a string contains another",
        example='contains("占道经营", "占道")',
    ),
    table_function(
        "starts with",
        (_STRING, _MATCH),
        _starts,
        help_zh="是否以某段文字开头",
        help_en="Whether a string begins with another",
        example='starts with("占道经营", "占道")',
    ),
    table_function(
        "ends with",
        (_STRING, _MATCH),
        _ends,
        help_zh="是否以某段文字结尾",
        help_en="Whether a string ends with another",
        example='ends with("占道经营", "经营")',
    ),
    table_function(
        "matches",
        (Parameter("input", text), _PATTERN, optional("flags", text)),
        _matches,
        help_zh="是否有与正则表达式相符的部分；标志 s m i x q 同 XPath",
        help_en="Whether a part matches a regular expression; the flags s m i x q are XPath's",
        example='matches("0482-8266666", "^0482-\\d+$")',
    ),
    table_function(
        "split",
        (_STRING, Parameter("delimiter", text)),
        _split,
        help_zh="按正则表达式分开",
        help_en="The parts between what a regular expression matches",
        example='split("甲;乙;丙", ";") = ["甲", "乙", "丙"]',
    ),
    table_function(
        "string join",
        (Parameter("list", items), optional("delimiter", text)),
        _join,
        help_zh="把列表中的文字连起来，略过 null",
        help_en="The strings of a list in one, with a delimiter; null is skipped",
        example='string join(["甲", null, "乙"], "、") = "甲、乙"',
    ),
)
