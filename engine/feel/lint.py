"""Checks an expression against declared names, so that a slip of the pen does not become a silent null."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeAlias

from engine.feel import nodes
from engine.feel.errors import Position
from engine.feel.expression import Expression
from engine.feel.functions import FunctionTable, TableFunction
from engine.feel.members import MEMBERS
from engine.feel.nodes import Node, UnaryTest
from engine.feel.references import CallReference, Reference, path_of, walk
from engine.feel.texts import text_of
from engine.feel.values import KINDS, kind_of

#: What a name holds: `"any"`, the FEEL name of a simple type, or the members of a context.
#: The members of a list of contexts are given like those of one context.
Shape: TypeAlias = "str | Mapping[str, Shape]"

ANY_SHAPE = "any"
_MEMBERS_OF_KIND: Mapping[str, frozenset[str]] = {
    KINDS[type_]: frozenset(members) for type_, members in MEMBERS.items()
}
_LIKENESS = 0.6


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about an expression that will not do what was meant; `suggestion` is what may be meant."""

    code: str
    position: Position
    message_zh: str
    message_en: str
    suggestion: str | None = None


def lint_expression(
    expression: Expression, names: Mapping[str, Shape], functions: FunctionTable
) -> tuple[Finding, ...]:
    """What is wrong with an expression over the declared names, in the order of the text."""
    findings = [
        *(finding for read in expression.reads for finding in _unknown_read(read, names, functions)),
        *(finding for call in expression.calls for finding in _wrong_call(call, names, functions)),
        *_impossible_comparisons(expression, names),
    ]
    return tuple(sorted(findings, key=_by_offset))


def shape_of(expression: Expression, names: Mapping[str, Shape]) -> Shape:
    """What a name, or a member followed from it, holds; any for every other expression."""
    return _shape_at(path_of(expression.tree), names)


def _by_offset(finding: Finding) -> int:
    return finding.position.offset


def _finding(code: str, position: Position, suggestion: str | None = None, **fields: object) -> Finding:
    zh, en = text_of(code, fields)
    if suggestion is not None:
        more_zh, more_en = text_of("lint.suggestion", {"suggestion": suggestion})
        zh, en = zh + more_zh, en + more_en
    return Finding(code, position, zh, en, suggestion)


def _closest(name: str, candidates: Iterable[str]) -> str | None:
    return next(iter(get_close_matches(name, list(candidates), 1, _LIKENESS)), None)


def _unknown_read(read: Reference, names: Mapping[str, Shape], functions: FunctionTable) -> Iterator[Finding]:
    scopes = [_shape_at(path, names) for path in reversed(read.filters)]
    members = [_members(shape) for shape in scopes]
    for known in (*members, names):
        # Elements nobody knows may have a member of any name.
        if known is None:
            return
        if read.path[0] in known:
            yield from _unknown_member(read, known)
            return
    # A name that is called is reported as a function.
    if read.path[0] not in functions and not read.is_called:
        candidates = {name for known in (*members, names) for name in known or ()}
        yield _finding("lint.name", read.position, _closest(read.path[0], candidates), name=read.path[0])


def _unknown_member(read: Reference, names: Mapping[str, Shape]) -> Iterator[Finding]:
    shape = names[read.path[0]]
    for index, name in enumerate(read.path[1:], 1):
        members = _members(shape)
        if members is None:
            return
        if name not in members:
            owner = ".".join(read.path[:index])
            closest = _closest(name, members)
            suggestion = f"{owner}.{closest}" if closest else None
            yield _finding("lint.path", read.position, suggestion, owner=owner, name=name)
            return
        shape = members[name]


def _shape_at(path: tuple[str, ...] | None, names: Mapping[str, Shape]) -> Shape:
    """The shape at the end of a path; any where it is not known."""
    shape: Shape = names
    for name in path or ():
        members = _members(shape) or {}
        shape = members.get(name, ANY_SHAPE)
    return ANY_SHAPE if path is None else shape


def _members(shape: Shape) -> Mapping[str, Shape] | None:
    """The members of a shape; None where anything goes."""
    if isinstance(shape, str):
        if shape == ANY_SHAPE:
            return None
        return dict.fromkeys(_MEMBERS_OF_KIND.get(shape, ()), ANY_SHAPE)
    return shape


def _wrong_call(call: CallReference, names: Mapping[str, Shape], functions: FunctionTable) -> Iterator[Finding]:
    if call.name in names:
        return
    function = functions.get(call.name)
    if function is None:
        suggestion = _closest(call.name, functions.names)
        yield _finding("lint.function", call.position, suggestion, name=call.name)
    elif call.argument_names:
        yield from _wrong_names(call, function)
    elif not function.accepts(call.argument_count):
        count, signatures = call.argument_count, function.signature_text
        yield _finding("lint.arguments", call.position, name=call.name, count=count, signatures=signatures)


def _wrong_names(call: CallReference, function: TableFunction) -> Iterator[Finding]:
    if not function.accepts_named(call.argument_names):
        given, signatures = ", ".join(call.argument_names), function.signature_text
        yield _finding("lint.named", call.position, name=call.name, given=given, signatures=signatures)


def _impossible_comparisons(expression: Expression, names: Mapping[str, Shape]) -> Iterator[Finding]:
    for node, within in walk(expression.tree):
        if not isinstance(node, nodes.Comparison):
            continue
        if within.filters:
            continue
        left, right = (_kind(side, names, within.local) for side in (node.left, node.right))
        if left is not None and right is not None and left != right:
            position = expression.position(node.offset)
            yield _finding("lint.compare", position, left=left, right=right)


def _kind(node: Node | UnaryTest, names: Mapping[str, Shape], local: Collection[str]) -> str | None:
    """The type of a literal or of a declared name, where it is certain."""
    if isinstance(node, nodes.Literal):
        return None if node.value is None else kind_of(node.value)
    path = path_of(node)
    if path is None or path[0] in local or path[0] not in names:
        return None
    shape = _shape_at(path, names)
    return shape if isinstance(shape, str) and shape != ANY_SHAPE else None
