"""Which deadlines the moment of a timer follows: those that its expression asks for."""

from __future__ import annotations

from engine.spiff.attributes import Attribute

#: The function by which expressions ask where a deadline stands.
DEADLINE = "deadline"
#: What a procedure is attached to, as its expressions see it; ``host.deadline`` is the deadline of that.
HOST = "host"


def deadlines_in(attribute: Attribute) -> frozenset[str]:
    """The names of deadlines that an attribute looks at."""
    given = attribute.expression.texts_given_to(DEADLINE) if attribute.expression else ()
    return frozenset(name for name in given if name is not None)


def reads_host(attribute: Attribute) -> bool:
    """Whether an attribute looks at the deadline of the procedure's host."""
    reads = attribute.expression.reads if attribute.expression else ()
    return any(tuple(read.path[:2]) == (HOST, DEADLINE) for read in reads)
