"""Processes that begin with a message or a signal, or with whichever of several comes."""

from __future__ import annotations

import pytest

from engine.definition import DefinitionRefused
from engine.spiff import compile_process
from tests.unit.spiff.drawing import (
    all_of,
    chain,
    document,
    extensions,
    message,
    of_message,
    of_signal,
    properties,
    signal,
    start,
    sub,
    timer,
    user,
)
from tests.unit.spiff.driving import Case

PAID, ALARM = message("m", "paid"), signal("s", "alarm")
LINE = (user("a"), chain("start", "a"))


@pytest.mark.parametrize(
    ("inner", "begins"),
    [
        ("", ()),
        (of_message("m"), ("message:paid",)),
        (of_signal("s"), ("signal:alarm",)),
        (of_signal("s") + of_message("m") + of_message("m"), ("signal:alarm", "message:paid")),
    ],
)
def test_a_diagram_says_what_begins_it_and_runs_like_any_other(
    inner: str, begins: tuple[str, ...], reloads: bool
) -> None:
    driven = Case(document(PAID, ALARM, start("start", inner), *LINE), reloads=reloads)
    driven.start(amount=12)
    assert driven.definition.view.starts_by == begins
    assert (driven.open, driven.subscribed, driven.path) == (["a"], [], ["start", "start-a", "a"])


@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        ("message.unresolved", (start("start", of_message("none")), *LINE)),
        ("element.unsupported", (start("start", timer("timeDuration", "PT1H")), *LINE)),
        ("element.unsupported", (start("start", of_message("m") + timer("timeDuration", "PT1H")), *LINE)),
        ("event.parallel_place", (all_of(start("start", of_message("m") + of_signal("s"))), *LINE)),
        (
            "element.unsupported",
            (start(), sub("part", start("in", of_message("m")), user("u"), chain("in", "u")), chain("start", "part")),
        ),
        (
            "message.begins_procedure",
            (
                extensions(properties(attachesTo="case", startedBy="dispatcher")),
                start("start", of_message("m")),
                *LINE,
            ),
        ),
    ],
)
def test_what_cannot_begin_a_process_is_refused_by_name(rule: str, parts: tuple[str, ...]) -> None:
    with pytest.raises(DefinitionRefused) as refused:
        compile_process(document(PAID, ALARM, *parts))
    assert rule in {finding.rule for finding in refused.value.findings}
