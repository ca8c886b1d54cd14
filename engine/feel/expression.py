"""Compiled expressions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property, lru_cache

from engine.feel import nodes
from engine.feel.closures.builder import Builder
from engine.feel.closures.table import MAKERS
from engine.feel.closures.unary_tests import of_input, tests_of
from engine.feel.errors import FeelLimitExceeded, Position
from engine.feel.evaluation import Evaluation
from engine.feel.functions import FunctionTable, check_size
from engine.feel.grammar import Parser
from engine.feel.grammar.literals import plain_literal, plain_tests
from engine.feel.limits import DEFAULT_LIMITS, Limits
from engine.feel.names import NameBook
from engine.feel.nodes import Node
from engine.feel.references import CallReference, Reference, calls_of, reads_of, texts_given_to
from engine.feel.scope import Names, Run, Scope
from engine.feel.source import Source
from engine.feel.types import FeelType
from engine.feel.values import Value


class Expression:
    """An expression, parsed and compiled once; it holds no state and serves any number of evaluations."""

    def __init__(self, tree: Node, builder: Builder, run: Run) -> None:
        self._source = builder.source
        self._functions = builder.functions
        #: The syntax tree, for checks.
        self.tree = tree
        #: The value in a scope, without the guards of `evaluate`.
        self.run = run

    @property
    def text(self) -> str:
        """The text it was compiled from."""
        return self._source.text

    @cached_property
    def reads(self) -> tuple[Reference, ...]:
        """The names it takes from outside, with the members it follows from there."""
        return reads_of(self.tree, self._source, self._functions)

    @cached_property
    def calls(self) -> tuple[CallReference, ...]:
        """The functions it calls by name."""
        return calls_of(self.tree, self._source)

    def texts_given_to(self, function: str) -> tuple[str | None, ...]:
        """The first argument of each call of that function; ``None`` for one that is computed."""
        return texts_given_to(self.tree, function)

    def position(self, offset: int) -> Position:
        """The line and column of a place in the text."""
        return self._source.position(offset)

    def evaluate(self, names: Names, evaluation: Evaluation) -> Value:
        """The value over the given names; what went wrong stands in the evaluation's warnings.

        Raises nothing but FeelLimitExceeded.
        """
        try:
            value = self.run(Scope(names, None, evaluation))
            if type(value) is list or type(value) is dict or type(value) is str:
                check_result(value, evaluation)
        except RecursionError as error:
            raise FeelLimitExceeded("depth", evaluation.limits.depth) from error
        return value

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"


class UnaryTests(Expression):
    """The tests of a table cell; as an expression, whether the value under `?` passes them."""

    def __init__(self, tree: nodes.UnaryTests, builder: Builder) -> None:
        #: The tests as they are written.
        self.cell = tree
        #: Whether a value passes, in a scope that has the value under `?`, without the guards of `evaluate`.
        self.test = tests_of(tree, builder)
        super().__init__(tree, builder, of_input(self.test, builder))


def check_result(value: Value, evaluation: Evaluation) -> None:
    """Raise FeelLimitExceeded for a result that is too large or too deep when written out.

    Values share their parts, so a small value in memory can be an endless one on paper.
    """
    level: list[Value] = [value]
    for _ in range(evaluation.limits.depth + 1):
        inner: list[Value] = []
        for item in level:
            check_size(item, evaluation)
            if type(item) is list:
                inner.extend(item)
            elif type(item) is dict:
                inner.extend(item.values())
            evaluation.spend(len(item) >> 6 if type(item) is str else 0)
            if len(inner) > evaluation.steps_left:
                raise FeelLimitExceeded("steps", evaluation.limits.steps)
        if not inner:
            return
        evaluation.spend(len(inner))
        level = inner
    raise FeelLimitExceeded("depth", evaluation.limits.depth)


def compile_over(
    text: str,
    functions: FunctionTable,
    *,
    names: Collection[str] = (),
    types: Mapping[str, FeelType] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Expression:
    """Compile an expression; raises FeelSyntaxError or FeelLimitExceeded."""
    source = Source(text)
    try:
        tree: Node | None = plain_literal(text) if len(text) <= limits.length else None
        if tree is None:
            tree = _parser(source, functions, names=names, types=types, limits=limits).whole_expression()
        builder = Builder(source, functions, MAKERS)
        return Expression(tree, builder, builder.build(tree))
    except RecursionError as error:
        raise FeelLimitExceeded("depth", limits.depth) from error


def compile_tests_over(
    text: str,
    functions: FunctionTable,
    *,
    names: Collection[str] = (),
    types: Mapping[str, FeelType] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> UnaryTests:
    """Compile unary tests of the value under `?`; raises FeelSyntaxError or FeelLimitExceeded."""
    source = Source(text)
    try:
        tree = plain_tests(text) if len(text) <= limits.length else None
        if tree is None:
            tree = _parser(source, functions, names=names, types=types, limits=limits).whole_unary_tests()
        return UnaryTests(tree, Builder(source, functions, MAKERS))
    except RecursionError as error:
        raise FeelLimitExceeded("depth", limits.depth) from error


def _parser(
    source: Source,
    functions: FunctionTable,
    *,
    names: Collection[str],
    types: Mapping[str, FeelType] | None,
    limits: Limits,
) -> Parser:
    book = _book(frozenset(names), functions) if names else functions.name_book
    return Parser(source, book=book, types=types or {}, limits=limits)


@lru_cache(maxsize=64)
def _book(names: frozenset[str], functions: FunctionTable) -> NameBook:
    """The names an expression knows; all expressions of one model share a book."""
    return NameBook(names, outer=functions.name_book)


def parse_attribute(text: str) -> str | None:
    """The expression in an attribute's text, which begins with `=`; None when the text is a literal."""
    stripped = text.lstrip()
    return stripped[1:].strip() if stripped.startswith("=") else None
