"""Compensation and transactions as parts."""

from __future__ import annotations

from tests.unit.spiff.drawing import (
    CANCEL,
    boundary,
    chain,
    compensation,
    end,
    event_sub,
    exclusive,
    start,
    sub,
    throw,
    transaction,
    undone,
    user,
)
from tests.unit.spiff.elements.part import Part, complete

WORK = (start("s"), user("u"), undone("u"), end("e"), chain("s", "u", "e"))


def thrown(name: str, *shows: str, interrupts: bool = True) -> Part:
    """An activity, then an event that undoes it."""
    border = undone("x") if interrupts else undone("x").replace("attachedToRef", 'cancelActivity="false" attachedToRef')
    return Part(
        name=name,
        shows=shows,
        nodes=[user("x"), border, throw("t", compensation("x")), chain("x", "t")],
        first="x",
        last="t",
        acts=[complete("x"), complete("undo_x")],
    )


def of_sub_process(name: str, *shows: str, inside: str = "", acts: tuple[str, ...] = ("u", "undo_u")) -> Part:
    """A sub-process that is undone from inside it."""
    return Part(
        name=name,
        shows=shows,
        nodes=[sub("x", *WORK, inside), throw("t", compensation()), chain("x", "t")],
        first="x",
        last="t",
        acts=[complete(task) for task in acts],
    )


def begun(*, interrupts: bool) -> str:
    inside = (user("t1"), throw("t2", compensation()), chain("on_es", "t1", "t2"))
    return event_sub("es", compensation(), *inside, interrupts=interrupts)


COMPENSATION = [
    thrown("throw compensation", "intermediateThrowEvent compensate", "boundaryEvent interrupting compensate"),
    thrown("border compensation with cancelActivity", "boundaryEvent beside compensate", interrupts=False),
    Part(
        name="end compensation",
        shows=["endEvent compensate"],
        nodes=[sub("x", *WORK[:3], end("e", compensation()), chain("s", "u", "e"))],
        first="x",
        last="x",
        acts=[complete("u"), complete("undo_u")],
    ),
    of_sub_process("compensation of a sub-process", "subProcess"),
    *(
        of_sub_process(
            f"compensation event sub-process{how}",
            f"startEvent {where} compensate",
            "event subProcess",
            inside=begun(interrupts=not how),
            acts=("u", "t1", "undo_u"),
        )
        for where, how in (("interrupting", ""), ("beside", " with isInterrupting"))
    ),
    Part(
        name="transaction",
        shows=["transaction"],
        nodes=[transaction("x", *WORK)],
        first="x",
        last="x",
        acts=[complete("u")],
    ),
    Part(
        name="cancelled transaction",
        shows=["transaction", "endEvent cancel", "boundaryEvent interrupting cancel"],
        nodes=[
            transaction("x", *WORK[:3], end("e", CANCEL), chain("s", "u", "e")),
            boundary("b", "x", CANCEL),
            exclusive("y"),
            chain("x", "y"),
            chain("b", "y"),
        ],
        first="x",
        last="y",
        acts=[complete("u"), complete("undo_u")],
    ),
]
