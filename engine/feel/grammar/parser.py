"""Expressions and unary tests, by precedence climbing."""

from __future__ import annotations

from engine.feel import nodes
from engine.feel.errors import FeelSyntaxError
from engine.feel.grammar.cursor import COMPARATORS, Cursor
from engine.feel.grammar.primaries import primary
from engine.feel.grammar.type_names import type_name
from engine.feel.lexer import Kind
from engine.feel.nodes import Node, UnaryTest

OR, AND, COMPARISON, ADDITION, MULTIPLICATION, POWER, UNARY = range(1, 8)

_SYMBOL_LEVELS = {
    **dict.fromkeys(COMPARATORS, COMPARISON),
    "+": ADDITION,
    "-": ADDITION,
    "*": MULTIPLICATION,
    "/": MULTIPLICATION,
    "**": POWER,
}
_WORD_LEVELS = {"or": OR, "and": AND, "between": COMPARISON, "in": COMPARISON}

#: What can stand behind the `[` that closes a range, and not behind one that opens a filter.
_AFTER_RANGE = frozenset(
    {"", ")", "]", "}", ",", "and", "or", "then", "else", "return", "satisfies", "=", "!=", "instance", ".", "in"}
)


class Parser(Cursor):
    """Reads one expression or one cell of unary tests."""

    def whole_expression(self) -> Node:
        """The expression that is the whole text."""
        node = self.expression()
        self._expect_end()
        return node

    def whole_unary_tests(self) -> nodes.UnaryTests:
        """The unary tests that are the whole text."""
        start = self.token.offset
        if self.at_symbol("-") and self.ahead().kind is Kind.END:
            return nodes.UnaryTests(start, ())
        if self.at_word("not") and self.ahead().text == "(" and self.ahead(3).text != ":":
            return self._negated_tests()
        tests = self._more_tests(self.test())
        self._expect_end()
        return nodes.UnaryTests(start, tests)

    def _expect_end(self) -> None:
        if self.token.kind is Kind.END:
            return
        before = self.source.text[: self.token.offset].rstrip()
        if self.token.kind is Kind.NAME and before and (before[-1].isalnum() or before[-1] == "_"):
            found = f"{before.split()[-1]} {self.token.text}"
            raise FeelSyntaxError("syntax.multiword", self.source.position(self.token.offset), found=found)
        raise self.error("syntax.trailing")

    def expression(self) -> Node:
        """An expression of any kind."""
        return self.operand(OR)

    def operand(self, level: int) -> Node:
        """An expression of operators that bind at least as tightly as `level`."""
        return self._operators(self._prefixed(), level)

    def _operators(self, left: Node, level: int) -> Node:
        count = 0
        while True:
            token = self.token
            found = (_WORD_LEVELS if token.kind is Kind.NAME else _SYMBOL_LEVELS).get(token.text)
            if found is None or found < level or token.kind is Kind.QUOTED_NAME:
                return left
            left = self._operation(left, found)
            count += 1
            self.check_depth(count)

    def _operation(self, left: Node, level: int) -> Node:
        if level == COMPARISON:
            return self._comparison(left)
        offset = self.token.offset
        if level > COMPARISON:
            return nodes.Arithmetic(offset, left, tuple(self._arithmetic_chain(level)))
        word = self.token.text
        operands = [left]
        while self.at_word(word):
            self.advance()
            operands.append(self.operand(level + 1))
        made = nodes.Disjunction if level == OR else nodes.Conjunction
        return made(offset, tuple(operands))

    def _arithmetic_chain(self, level: int) -> list[tuple[str, Node]]:
        chain: list[tuple[str, Node]] = []
        while self.token.kind is Kind.SYMBOL and _SYMBOL_LEVELS.get(self.token.text) == level:
            operator = self.advance().text
            chain.append((operator, self.operand(level + 1)))
        return chain

    def _comparison(self, left: Node) -> Node:
        token = self.advance()
        if token.text == "between":
            low = self.operand(ADDITION)
            self.expect_word("and")
            return nodes.Between(token.offset, left, low, self.operand(ADDITION))
        if token.text == "in":
            return nodes.In(token.offset, left, self._in_tests())
        return nodes.Comparison(token.offset, token.text, left, self.operand(ADDITION))

    def _prefixed(self) -> Node:
        self.enter()
        node: Node
        if self.at_symbol("-"):
            offset = self.advance().offset
            node = nodes.Negation(offset, self._prefixed())
        else:
            node = self._instance_of(self._postfixed(primary(self)))
        self.leave()
        return node

    def _instance_of(self, node: Node) -> Node:
        count = 0
        while self.at_word("instance") and self.ahead().text == "of":
            offset = self.advance(2).offset
            node = nodes.InstanceOf(offset, node, type_name(self))
            count += 1
            self.check_depth(count)
        return node

    def _postfixed(self, node: Node) -> Node:
        count = 0
        while self.token.kind is Kind.SYMBOL and self.token.text in (".", "[", "("):
            if self.at_symbol("["):
                if self.closing_range and self.ahead().text in _AFTER_RANGE:
                    break
                node = self._filter(node)
            elif self.at_symbol("."):
                offset = self.advance().offset
                node = nodes.Path(offset, node, self.name())
            else:
                node = self._call(node)
            count += 1
            self.check_depth(count)
        return node

    def _filter(self, source: Node) -> Node:
        outside, self.closing_range = self.closing_range, False
        offset = self.advance().offset
        condition = self.expression()
        self.expect_symbol("]")
        self.closing_range = outside
        return nodes.Filter(offset, source, condition)

    def _call(self, function: Node) -> Node:
        outside, self.closing_range = self.closing_range, False
        offset = function.offset
        self.advance()
        node: Node
        if self.accept_symbol(")"):
            node = nodes.Call(offset, function, ())
        elif self._named_argument_follows():
            node = nodes.NamedCall(offset, function, self._named_arguments())
        else:
            node = nodes.Call(offset, function, self.expressions_until(")"))
        self.closing_range = outside
        return node

    def _named_argument_follows(self) -> bool:
        if self.token.kind is Kind.QUOTED_NAME:
            return self.ahead().text == ":"
        return self.name_length((":",)) > 0

    def _named_arguments(self) -> tuple[tuple[str, Node], ...]:
        arguments: dict[str, Node] = {}
        while True:
            name = self.new_name(":")
            self.expect_symbol(":")
            arguments[name] = self.expression()
            if not self.accept_symbol(","):
                break
        self.expect_symbol(")")
        return tuple(arguments.items())

    def expressions_until(self, closing: str) -> tuple[Node, ...]:
        """At least one expression, more after commas, and the closing sign."""
        items = [self.expression()]
        while self.accept_symbol(","):
            items.append(self.expression())
        self.expect_symbol(closing)
        return tuple(items)

    def test(self) -> UnaryTest:
        """One positive unary test."""
        if self.token.kind is Kind.SYMBOL and self.token.text in COMPARATORS:
            token = self.advance()
            return nodes.ComparisonTest(token.offset, token.text, self.operand(ADDITION))
        self.enter()
        outside, self.read_input = self.read_input, False
        offset = self.token.offset
        test = nodes.ExpressionTest(offset, self.expression(), self.read_input)
        self.read_input = outside
        self.leave()
        return test

    def _more_tests(self, first: UnaryTest) -> tuple[UnaryTest, ...]:
        tests = [first]
        while self.accept_symbol(","):
            tests.append(self.test())
        return tuple(tests)

    def _in_tests(self) -> tuple[UnaryTest, ...]:
        """What follows `in`: one test, several in parentheses, or an expression that begins with one."""
        if not self.at_symbol("("):
            return (self._single_in_test(),)
        offset = self.advance().offset
        outside, self.closing_range = self.closing_range, False
        first = self.test()
        self.closing_range = outside
        if self.at_symbol("..") and isinstance(first, nodes.ExpressionTest):
            node = self.range_from(first.expression, offset=offset, start_included=False)
            return (self._continued(nodes.ExpressionTest(offset, node, False)),)
        tests = self._more_tests(first)
        self.expect_symbol(")")
        return tests if len(tests) > 1 else (self._continued(first),)

    def _continued(self, test: UnaryTest) -> UnaryTest:
        """The test, or the larger expression of which it was only the operand in parentheses."""
        node: Node
        if isinstance(test, nodes.ExpressionTest):
            node = test.expression
        else:
            node = nodes.ComparisonRange(test.offset, test.operator, test.operand)
        whole = self._operators(self._instance_of(self._postfixed(node)), ADDITION)
        return test if whole is node else nodes.ExpressionTest(test.offset, whole, False)

    def _single_in_test(self) -> UnaryTest:
        token = self.token
        if token.kind is Kind.SYMBOL and token.text in COMPARATORS:
            return self.test()
        return nodes.ExpressionTest(token.offset, self.operand(ADDITION), False)

    def _closes_open_end(self) -> bool:
        """`[2..)` and `[2..[`; but `[2..[]` goes on with a list."""
        if self.at_symbol("["):
            return self.ahead().text in _AFTER_RANGE and self.ahead().text != "]"
        return self.at_symbol(")")

    def range_up_to(self, offset: int) -> Node:
        """The range without start, from its dots on."""
        self.advance()
        end = self.operand(ADDITION)
        if not self.at_symbol(")") and not self.at_symbol("]"):
            raise self.error("syntax.expected", expected=")")
        return nodes.ComparisonRange(offset, "<=" if self.advance().text == "]" else "<", end)

    def range_from(self, start: Node, *, offset: int, start_included: bool) -> Node:
        """The range whose start has been read, from its dots on."""
        self.expect_symbol("..")
        if self._closes_open_end():
            self.advance()
            return nodes.ComparisonRange(offset, ">=" if start_included else ">", start)
        outside, self.closing_range = self.closing_range, True
        end = self.operand(ADDITION)
        self.closing_range = outside
        if self.token.kind is not Kind.SYMBOL or self.token.text not in ("]", ")", "["):
            raise self.error("syntax.expected", expected="]")
        end_included = self.advance().text == "]"
        return nodes.RangeOf(offset, start, end, start_included, end_included)

    def _negated_tests(self) -> nodes.UnaryTests:
        start = self.token.offset
        negation = nodes.Name(start, "not")
        self.advance(2)
        tests = self._more_tests(self.test())
        self.expect_symbol(")")
        if self.token.kind is Kind.END:
            return nodes.UnaryTests(start, tests, negated=True)
        # Something follows, so `not` was the function: not(a) and b.
        if len(tests) > 1 or not isinstance(tests[0], nodes.ExpressionTest):
            raise self.error("syntax.not_tests")
        call = nodes.Call(start, negation, (tests[0].expression,))
        self.read_input = tests[0].reads_input
        node = self._operators(self._instance_of(self._postfixed(call)), OR)
        first = nodes.ExpressionTest(start, node, self.read_input)
        tests = self._more_tests(first)
        self._expect_end()
        return nodes.UnaryTests(start, tests)
