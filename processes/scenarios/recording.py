"""Writing down what was tried: the steps as a scenario, with expectations that held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import yaml

from engine.decisions import told as shown
from engine.events import FactsChanged
from processes.scenarios.situation import Situation

#: Expectations by name, as a scenario writes them.
Held = Mapping[str, Any]

_WIDTH: Final = 120
_SIMPLE: Final = (str, int, float, Decimal, bool, type(None))


def held(situation: Situation) -> Held:
    """What may be expected after a step: what is waited for, and where the case stands still."""
    found: dict[str, Any] = {"open": [task.element for task in situation.tasks]}
    if faults := [{"element": fault.element, "code": fault.code} for _, fault in situation.faults]:
        found["faults"] = faults
    if deliveries := [row.element for _, row in situation.deliveries]:
        found["deliveries"] = deliveries
    if messages := [row.element for _, row in situation.subscriptions]:
        found["messages"] = messages
    return found


def held_in_the_end(situation: Situation) -> Held:
    """What may be expected of the whole story."""
    case = situation.case
    ended = case.end if case and not case.is_open else None
    return {
        **held(situation),
        "stages": situation.stages,
        "facts": _facts(situation),
        "ended": ended or False,
    }


def written(given: Mapping[str, Any], name: str, title: str, steps: Sequence[Mapping[str, Any]], end: Held) -> str:
    """The text of a file with one scenario; what each step expects stands in it already."""
    scenario = {"name": name, **({"title": title} if title else {}), "steps": list(steps), "then": dict(end)}
    file = {**({"given": dict(given)} if given else {}), "scenarios": [scenario]}
    text: str = yaml.dump(
        file, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=_WIDTH
    )
    return text


def _facts(situation: Situation) -> dict[str, Any]:
    """The facts that were set on the way, those with parts apart."""
    names = dict.fromkeys(name for event in situation.events if isinstance(event, FactsChanged) for name in event.facts)
    values = {name: shown(situation.facts[name]) for name in names if name in situation.facts}
    return {name: value for name, value in values.items() if isinstance(value, _SIMPLE)}


class _Dumper(yaml.SafeDumper):
    """Writes what scenarios read: without anchors, and texts in quotes wherever something else could be meant."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    is_plain = text.replace("_", "").isalpha() and text.lower() not in ("true", "false", "null")
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if is_plain else '"')


def _number(dumper: yaml.SafeDumper, number: Decimal) -> yaml.ScalarNode:
    """Without an exponent, which scenarios do not know."""
    digits = format(number, "f")
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in digits else 'int'}", digits)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Decimal, _number)
