"""Compiles how an activity is performed several times."""

from __future__ import annotations

import re
from typing import Protocol

from engine.spiff.attributes import Attribute, MultiInstance, StandardLoop
from engine.spiff.formal_expressions import WrittenExpression
from engine.spiff.limits import USUAL_ITEMS
from engine.spiff.repetitions import WrittenLoop, WrittenMultiInstance, WrittenRepetition
from engine.spiff.whole_numbers import number_in

#: The property by which an activity asks for more items than usual.
MOST_ITEMS_PROPERTY = "mostItems"
#: A name or a path; a name that reads like a literal is none.
_PATH = re.compile(r"=\s*(?!(?:true|false|null)\b)([^\W\d]\w*)(?:\s*\.\s*[^\W\d]\w*)*")


class CompileWritten(Protocol):
    """Compiles an attribute that is a text or, with a leading ``=``, an expression."""

    def __call__(self, attribute: str, written: str, *, line: int) -> Attribute | None: ...


class CompileFormal(Protocol):
    """Compiles a formal expression of the standard."""

    def __call__(self, attribute: str, written: WrittenExpression) -> Attribute | None: ...


def compile_repetition(
    written: WrittenRepetition | None, most: str, compile_written: CompileWritten, compile_formal: CompileFormal
) -> MultiInstance | StandardLoop | None:
    """How an activity is repeated; ``most`` is what it says of the number of its items."""
    match written:
        case WrittenMultiInstance():
            return MultiInstance(
                is_sequential=written.is_sequential,
                collection=compile_written("inputCollection", written.collection, line=written.line),
                element=written.element,
                cardinality=compile_formal("loopCardinality", written.cardinality),
                output=written.output,
                yields=compile_written("outputElement", written.yields, line=written.line),
                kept=_name_read_by(written.yields),
                until=compile_formal("completionCondition", written.until),
                most=number_in(most) or USUAL_ITEMS,
            )
        case WrittenLoop():
            return StandardLoop(
                condition=compile_formal("loopCondition", written.condition),
                tests_before=written.tests_before,
                maximum=number_in(written.maximum),
            )
    return None


def _name_read_by(written: str) -> str:
    """The variable that an expression reads when it is a name or a path; empty for any other."""
    path = _PATH.fullmatch(written)
    return path[1] if path else ""
