"""The order of the lists as the city's decision table says it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.decisions import DecisionSet, load_decisions
from engine.feel import Evaluation
from processes.responsibility import OrderFacts, ResponsibilityError, Step, decided_order, standard_order

SHIPPED = (Path(__file__).parents[3] / "bpmn" / "responsibility.dmn").read_bytes()
NOW = datetime(2026, 7, 1, tzinfo=UTC)


def order_of(source: bytes | None, facts: OrderFacts) -> list[Step]:
    published = DecisionSet(() if source is None else (load_decisions(source),))
    return list(decided_order(published, Evaluation(now=NOW, zone=UTC))(facts))


@pytest.mark.parametrize("kind", ["component", "incident", "other"])
@pytest.mark.parametrize("has_component", [True, False])
def test_the_shipped_decision_says_what_the_trade_does(kind: str, has_component: bool) -> None:
    facts = OrderFacts(kind, f"{kind}-0101", has_component)
    assert order_of(SHIPPED, facts) == list(standard_order(facts))


def test_without_a_published_decision_the_order_of_the_trade_holds() -> None:
    facts = OrderFacts("incident", "incident-0101", False)
    assert order_of(None, facts) == list(standard_order(facts))


def test_a_city_that_edits_the_table_is_asked_in_its_own_order() -> None:
    edited = SHIPPED.replace(
        b'["boundary", "area", "owner", "maintainer", "manager", "subdistrict"]', b'["subdistrict"]'
    )
    assert order_of(edited, OrderFacts("incident", "incident-0101", False)) == [Step.SUBDISTRICT]


@pytest.mark.parametrize("answer", [b'["nobody"]', b"[]", b"null", b'"owner, area"'])
def test_what_is_no_order_is_refused_in_words(answer: bytes) -> None:
    edited = SHIPPED.replace(b'["boundary", "area", "subdistrict"]', answer)
    with pytest.raises(ResponsibilityError) as refused:
        order_of(edited, OrderFacts("other", "other-0101", False))
    assert (refused.value.code, "responsibility_order" in refused.value.message_zh) == ("order_undecided", True)
