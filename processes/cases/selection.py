"""Which process the cases of each sub-category start, as the city's decision says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.decisions import DecisionModel, ask
from engine.feel import Evaluation, FeelLimitExceeded, Value
from processes.cases.channels import CHANNELS
from processes.cases.facts import FACTS
from processes.cases.reporting import PROCESS_DECISION
from processes.cases.values import classified

#: Process → sub-category → channels by which its cases are reported.
Selection = Mapping[str, Mapping[str, tuple[str, ...]]]


def selection(
    model: DecisionModel | None, default: str, subcategories: Iterable[str], evaluation: Evaluation
) -> Selection:
    """The processes of all sub-categories and channels, decided by nothing else of the report.

    Without a published decision every case starts the city's ``default``.
    """
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    decided: dict[tuple[Value, ...], str] = {}
    names = _read(model) if model else ()
    for subcategory in subcategories:
        for channel in CHANNELS:
            facts: dict[str, Value] = {**dict.fromkeys(FACTS), **classified(subcategory), "channel": channel}
            asked = tuple(facts.get(name) for name in names)
            if asked not in decided:
                decided[asked] = default if model is None else _process(model, facts, evaluation)
            channels = found.setdefault(decided[asked], {})
            channels[subcategory] = (*channels.get(subcategory, ()), channel)
    found.pop("", None)
    return found


def _read(model: DecisionModel) -> tuple[str, ...]:
    """The facts on which the decision may depend."""
    names = model.inputs_of(PROCESS_DECISION)
    return tuple(FACTS) if "case" in names else tuple(sorted(names))


def _process(model: DecisionModel, facts: Mapping[str, Value], evaluation: Evaluation) -> str:
    """The key that the decision names; empty when it names none."""
    try:
        value = ask(model, PROCESS_DECISION, {**facts, "case": dict(facts)}, evaluation).value
    except FeelLimitExceeded:
        return ""
    return value if isinstance(value, str) else ""
