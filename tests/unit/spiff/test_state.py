"""The stored state: exact, small, versioned, and the same size however long a case has run."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Invalid
from engine.events import VariablesWritten
from engine.feel import (
    Date,
    DateTime,
    DayTimeDuration,
    Evaluation,
    Range,
    Time,
    YearMonthDuration,
    Zone,
    compile_expression,
)
from engine.spiff import LiveTree, codec
from engine.spiff.stored_values import NotStorable, decode_values, encode_values
from tests.unit.spiff.drawing import (
    all_of,
    boundary,
    call,
    catch,
    chain,
    compensation,
    document,
    end,
    event_sub,
    exclusive,
    flow,
    message,
    of_message,
    of_signal,
    parallel,
    script,
    signal,
    start,
    sub,
    throw,
    timer,
    undone,
    user,
)
from tests.unit.spiff.driving import NOW, Case

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False) | st.integers().map(Decimal)
TEMPORALS = st.sampled_from(
    [
        Date(2026, 2, 28),
        Date(-44, 3, 15),
        Time(30_600_000_000_000),
        Time(1, Zone(28_800)),
        DateTime(Date(2026, 11, 22), Time(123_456_789, Zone(-12_600))),
        DayTimeDuration(-90_000_000_001),
        DayTimeDuration(0),
        YearMonthDuration(-14),
        YearMonthDuration(0),
    ]
)
SCALARS = st.none() | st.booleans() | st.text(max_size=5) | NUMBERS | TEMPORALS
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)


def told(value: object) -> object:
    """A value with everything that equality overlooks: the digits of a number, the kind of a temporal value."""
    if isinstance(value, list):
        return [told(item) for item in value]
    if isinstance(value, dict):
        return {name: told(item) for name, item in value.items()}
    return (type(value).__name__, str(value))


@given(st.dictionaries(st.text(), VALUES, max_size=4))
def test_values_come_back_exactly(values: dict[str, object]) -> None:
    assert told(decode_values(encode_values(values))) == told(values)


@pytest.mark.parametrize("text", ["function(x) x", "[1..2]", "{a: [function() 1]}"])
def test_values_that_only_live_in_an_expression_cannot_be_stored(text: str) -> None:
    value = compile_expression(text).evaluate({}, Evaluation(now=NOW, zone=NOW.tzinfo))
    with pytest.raises(NotStorable):
        encode_values({"x": value})


def test_a_range_is_none_of_the_stored_kinds() -> None:
    with pytest.raises(NotStorable):
        encode_values({"x": Range(Decimal(1), Decimal(2))})


REWORK = document(
    start(),
    exclusive("again"),
    parallel("fork"),
    user("a"),
    user("b"),
    parallel("join"),
    sub("part", start("s"), user("c"), chain("s", "c")),
    exclusive("ok", default="ok-end"),
    end(),
    chain("start", "again", "fork", "a", "join", "part", "ok", "end"),
    chain("fork", "b", "join"),
    flow("ok", "again", "= rework"),
)


def test_two_thousand_rework_passes_leave_the_state_small_and_the_case_alive() -> None:
    driven = Case(REWORK, reloads=True)
    driven.start(title="井盖破损")
    sizes = []
    for turn in range(2000):
        driven.complete("a" if turn % 2 else "b")
        driven.complete("b" if turn % 2 else "a")
        driven.complete("c", rework=True)
        sizes.append(driven.reload())
        driven.events.clear()
    assert driven.open == ["a", "b"]
    assert max(sizes) < 4096
    assert max(sizes) - min(sizes[1:]) < 64


def test_an_empty_tree_keeps_its_counter() -> None:
    driven = Case(document(start(), user("a"), end(), chain("start", "a", "end")), reloads=True)
    first = driven.start()
    driven.complete("a")
    assert driven.start() > first
    assert len(driven.tree.instances) == 1


def test_loading_and_dumping_again_gives_the_same_bytes() -> None:
    driven = Case(REWORK)
    driven.start(price=Decimal("1.50"))
    driven.complete("a", x=1)
    state = driven.tree.dump()
    again = LiveTree.load(state, lambda _sha: driven.definition)
    assert again.dump() == state
    assert again.tasks == driven.tree.tasks


def test_a_definition_is_asked_for_by_the_sha_of_its_diagram() -> None:
    driven = Case(REWORK)
    driven.start()
    asked = []
    LiveTree.load(driven.tree.dump(), lambda sha: asked.append(sha) or driven.definition)
    assert asked == [driven.definition.view.sha]


@pytest.mark.parametrize("state", [b"", b"\x90", b"nonsense", b"\x93\x63\x01\x90", b"\x93\x01\x01"])
def test_bytes_that_are_no_state_are_refused(state: bytes) -> None:
    with pytest.raises(codec.StateUnreadable):
        codec.decode_tree(state)


def test_a_state_of_an_earlier_version_is_upgraded_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    earlier = msgspec.msgpack.encode([-1, "seven"])
    steps = {-1: lambda rows: [0, rows[1]], 0: lambda _rows: [codec.VERSION, 7, []]}
    monkeypatch.setattr(codec, "UPGRADES", steps)
    assert codec.decode_tree(earlier) == codec.TreeRow(codec.VERSION, 7, [])


def test_the_stored_shape_of_this_version_is_never_edited() -> None:
    """A state stored by version 1: it must load and run for ever, through upgrades if need be."""
    driven = Case(FROZEN)
    tree = LiveTree.load(bytes.fromhex(FROZEN_STATE), lambda _sha: driven.definition)
    driven.tree = tree
    assert driven.open == ["a", "b"]
    assert tree.faults[10].code == "gateway_without_flow"
    driven.complete("a")
    driven.complete("b", n=20)
    driven.retry(10)
    assert driven.is_complete


def test_the_stored_shape_of_the_second_version_is_never_edited() -> None:
    """A state with armed timers, stored by version 2."""
    driven = Case(FROZEN_WITH_TIMERS)
    driven.tree = LiveTree.load(bytes.fromhex(FROZEN_STATE_WITH_TIMERS), lambda _sha: driven.definition)
    assert {armed.element: armed.due_at - NOW for armed in driven.tree.timers.values()} == {
        "remind": timedelta(hours=1),
        "w": timedelta(days=1),
    }
    assert driven.fire(7)
    assert driven.waiting == ["remind", "w"]
    driven.complete("a")
    assert driven.fire(8)
    assert driven.is_complete


def test_the_stored_shape_of_the_third_version_is_never_edited() -> None:
    """A state with a called instance, stored by version 3."""
    driven = Case(FROZEN_CALLING, FROZEN_CALLED)
    definitions = iter((driven.definition, driven.library.latest_compiled("inner")))
    driven.tree = LiveTree.load(bytes.fromhex(FROZEN_STATE_WITH_CALL), lambda _sha: next(definitions))
    assert driven.open == ["u"]
    assert driven.waiting == ["late"]
    driven.complete("u", x=5)
    assert driven.is_complete
    assert driven.of(VariablesWritten)[-1].values == {"x": 6}


def test_the_stored_shape_of_the_fourth_version_is_never_edited() -> None:
    """A state whose scope waits for its event sub-processes itself, stored by version 4."""
    driven = Case(FROZEN_WATCHING)
    driven.tree = LiveTree.load(bytes.fromhex(FROZEN_STATE_WATCHING), lambda _sha: driven.definition)
    assert (driven.open, driven.subscribed, driven.waiting) == (["a", "u"], [("on_x", "paid", "7")], ["on_y"])
    driven.correlate("on_x")
    assert driven.open == ["a", "u", "u"]
    assert driven.fire()
    assert driven.open == ["v"]
    driven.complete("v")
    assert driven.is_complete


def test_the_stored_shape_of_the_fifth_version_is_never_edited() -> None:
    """A state in which something is being undone and something else is left to be undone, stored by version 5."""
    driven = Case(FROZEN_UNDOING)
    driven.tree = LiveTree.load(bytes.fromhex(FROZEN_STATE_UNDOING), lambda _sha: driven.definition)
    assert driven.open == ["undo_b"]
    driven.complete("undo_b")
    assert driven.open == ["undo_a"]
    driven.complete("undo_a")
    assert driven.is_complete


def test_the_stored_shape_of_the_sixth_version_is_never_edited() -> None:
    """A state in which some of what parallel multiple events wait for has come, stored by version 6."""
    driven = Case(FROZEN_GATHERING)
    driven.tree = LiveTree.load(bytes.fromhex(FROZEN_STATE_GATHERING), lambda _sha: driven.definition)
    assert (driven.subscribed, driven.waiting) == ([("on_x", "alarm", "")], ["b"])
    driven.correlate("on_x")
    assert driven.open == ["a", "u"]
    assert driven.fire()
    assert driven.open == ["t", "u"]
    driven.complete("t")
    driven.complete("u")
    assert driven.is_complete


def test_a_state_beyond_the_limit_is_refused() -> None:
    driven = Case(document(start(), user("a"), end(), chain("start", "a", "end")))
    driven.start(big="x" * 5_000_000)
    with pytest.raises(Invalid) as refused:
        driven.tree.dump()
    assert refused.value.code == "state_too_large"


FROZEN = document(
    start(),
    parallel("fork"),
    user("a"),
    sub("part", start("s"), user("b"), chain("s", "b")),
    exclusive("g"),
    parallel("join"),
    end(),
    chain("start", "fork", "a", "join", "end"),
    chain("fork", "part", "join"),
    chain("fork", "g"),
    flow("g", "join", "= n > 10"),
)
FROZEN_STATE = (
    "93010c919601c4208d84f5f5bf9b321e5e00213800a49e9d71fcc18ced5f95cf28684db2fcb1e8d006809302c41082a16e01"
    "a57072696365d601312e35308093939a05a3652e6101049591a46465736bc03290d6ff6b02a808c0c0c0c0c09a06a6652e70"
    "6172740105c09308c4018080c0c0c093919a0ba3652e6201059591a46465736bc03290d6ff6b02a808c0c0c0c0c080c09a07"
    "a3652e670106c0c0c0c0950aa167b4676174657761795f776974686f75745f666c6f77d930e6b2a1e69c89e4b880e4b8aae6"
    "9da1e4bbb6e68890e7ab8befbc8ce4b99fe6b2a1e69c89e9bb98e8aea4e6b581e38082d94b4578706563746564206f6e6520"
    "636f6e646974696f6e20746f20686f6c642c20627574206e6f6e6520646f657320616e64207468657265206973206e6f2064"
    "656661756c7420666c6f772ec080c0"
)

FROZEN_WITH_TIMERS = document(
    start(),
    parallel("fork"),
    user("a"),
    boundary("remind", "a", timer("timeCycle", "R3/PT1H"), interrupts=False),
    catch("w", timer("timeDuration", "P1D")),
    parallel("join"),
    end(),
    chain("start", "fork", "a", "join", "end"),
    chain("fork", "w", "join"),
)
FROZEN_STATE_WITH_TIMERS = (
    "930209919701c420369b2c6ea6bdc58822fd2f1f44c9cede6926144a2a80be2fade452c764b76a9704809302c40180809392"
    "9b05a3652e6101039691a46465736bc03290d6ff6b02a80800c0c0c0c0c0919507a8652e72656d696e64d6ff6b02b61802a7"
    "505433363030539b06a3652e770104c0c0c0c0c0c0919508a3652e77d6ff6b03f98800c080c080"
)

FROZEN_CALLING = document(
    start(),
    call("c", "inner"),
    boundary("late", "c", timer("timeDuration", "P1D")),
    user("b"),
    end(),
    chain("start", "c", "end"),
    chain("late", "b", "end"),
)
FROZEN_CALLED = document(
    start(), user("u"), script("s", "= x + 1", "x"), end(), chain("start", "u", "s", "end"), key="inner"
)
FROZEN_STATE_WITH_CALL = (
    "93030a919801c4202b9698c9f14fe2294214673221401c6d59493161c3756043294bbebfbc59872402809302c40481a17801"
    "8093919e04a3652e630101c0c0c0c0c0c0919505a6652e6c617465d6ff6b03f98800c0c0909806c42074abdfdd2dd07e38b4"
    "8f39318b15f7d312af32f08eb2f8c3e378895ae865ecbe02809307c40481a178018093919e09a3652e7501019691a4646573"
    "6bc03290d6ff6b02a80800c0c0c0c0c090c090c080c080c080c080c0"
)

FROZEN_WATCHING = document(
    message("m", "paid", "= order"),
    start(),
    user("a"),
    chain("start", "a"),
    event_sub("x", of_message("m"), user("u"), chain("on_x", "u"), interrupts=False),
    event_sub("y", timer("timeDuration", "PT1H"), user("v"), chain("on_y", "v")),
)
FROZEN_STATE_WATCHING = (
    "93040d919801c420f1b0d515a3b54f9430ba0d741a72d2c77be10a2c9a497b98ca3c9a2558d88eb404809302c40f82a56f72"
    "646572a137a4706169640481a4706169649204039692dc001006a3652e6101019691a46465736bc03290d6ff6b02a80800c0"
    "c0c0c0c090c090c0c0c0dc001009a3652e780103c0930ac4018080c0c0c09691dc00100ca3652e7501039691a46465736bc0"
    "3290d6ff6b02a80800c0c0c0c0c090c090c0c0c080c09090c290c090c0c0c080c0919505a6652e6f6e5f79d6ff6b02b61800"
    "c0919308a6652e6f6e5f78a137c280c0"
)

FROZEN_UNDOING = document(
    start(),
    user("a"),
    undone("a"),
    sub("part", start("s"), user("b"), undone("b"), chain("s", "b")),
    throw("undo", compensation()),
    end(),
    chain("start", "a", "part", "undo", "end"),
)
FROZEN_STATE_UNDOING = (
    "930511919901c42054a5cd2dc3e4e546d108f16a32791889885e3c15a2b048bd992d3543e62eeff002809302c40481a16e01"
    "809791dc00140da6652e756e646f0101c0c0c0c0c09791dc00140ea6632e706172740101c0c0c0c0c09791dc001410a8652e"
    "756e646f5f6201019691a46465736bc03290d6ff6b02a80800c0c0c0c0c090c090c0c0c0a09090c080c09090c39090c090c0"
    "c0c0a09090939000950aa162a66b2e6f6e5f62c401809080c09090c39090c090c0c0c0a09090939192009505a161a66b2e6f"
    "6e5f61c401809000950ca470617274a6652e70617274c401809080c09090c29080c0c2"
)

FROZEN_GATHERING = document(
    message("m", "paid", "= order"),
    message("m2", "sent", "= order"),
    signal("s", "alarm"),
    start(),
    user("a"),
    all_of(boundary("b", "a", of_message("m") + timer("timeDuration", "PT1H"))),
    user("t"),
    end(),
    chain("start", "a", "end"),
    chain("b", "t", "end"),
    all_of(event_sub("x", of_message("m2") + of_signal("s"), user("u"), chain("on_x", "u"), interrupts=False)),
)
FROZEN_STATE_GATHERING = (
    "930609919901c4204f8727befbb43b5a7b8eb2fbd79a1b2a907d19ee501b29b517a03c9b943daab102809302c40881a56f72"
    "64657207809891dc001506a3652e6101019791a46465736bc03290d6ff6b02a80800a0c0c0c0c0c0919508a56d2e312e62d6"
    "ff6b02b61800c0c090c0c0c0a09090c09195a56d2e302e62d6ff6b02a808c40481a16e01c09607a56d2e302e62a13700c290"
    "80c090919605a86d2e312e6f6e5f78a000c290c2909195a86d2e302e6f6e5f78d6ff6b02a808c40180c09604a86d2e302e6f"
    "6e5f78a13700c29080c0c2"
)
