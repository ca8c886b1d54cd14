"""What the parts of a model are made with: its names, its types and its functions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple, TypeVar

from lxml import etree

from engine.dmn.xml import error_at, place, text_in
from engine.feel import (
    Expression,
    FeelError,
    FunctionTable,
    UnaryTests,
    compile_expression,
    compile_unary_tests,
)
from engine.feel.embedding import FeelType

E = TypeVar("E", bound=Expression)

_FEEL_NAMES = ("", "feel", "FEEL")


class Piece(NamedTuple):
    """An expression of the model and where it stands."""

    element_id: str | None
    line: int | None
    expression: Expression


class Workshop:
    """Compiles the expressions of one model; the same text is compiled once."""

    def __init__(self, functions: FunctionTable, names: Collection[str], types: Mapping[str, FeelType]) -> None:
        self.functions = functions
        self.names = names
        self.types = types
        #: Every expression in the order of the file, for checks.
        self.pieces: list[Piece] = []
        self._expressions: dict[str, Expression] = {}
        self._tests: dict[str, UnaryTests] = {}

    def expression(self, element: etree._Element, text: str | None = None) -> Expression:
        """The expression in an element's text; raises DmnError for one that is not FEEL."""
        written = text_in(element) if text is None else text
        return self._made(element, written, self._expressions, self._compile)

    def tests(self, element: etree._Element, text: str | None = None) -> UnaryTests:
        """The unary tests in an element's text; raises DmnError for ones that are not FEEL."""
        written = text_in(element).strip() if text is None else text
        return self._made(element, written, self._tests, self._compile_tests)

    def _compile(self, text: str) -> Expression:
        return compile_expression(text, functions=self.functions, names=self.names, types=self.types)

    def _compile_tests(self, text: str) -> UnaryTests:
        return compile_unary_tests(text, functions=self.functions, names=self.names, types=self.types)

    def _made(self, element: etree._Element, text: str, known: dict[str, E], make: Callable[[str], E]) -> E:
        language = element.get("expressionLanguage", "")
        if language not in _FEEL_NAMES and "FEEL" not in language:
            raise error_at(element, "model.language", language=language)
        made = known.get(text)
        if made is None:
            try:
                made = known[text] = make(text)
            except FeelError as error:
                raise error_at(
                    element,
                    "model.expression",
                    text=_shown(text),
                    reason_zh=error.message_zh,
                    reason_en=str(error),
                ) from error
        self.pieces.append(Piece(*place(element), made))
        return made


def _shown(text: str) -> str:
    stripped = " ".join(text.split())
    return stripped if len(stripped) <= 60 else f"{stripped[:57]}…"
