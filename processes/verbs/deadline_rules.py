"""What the city's rules about deadlines say of a verb before it is used: the same that its effects will ask."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.effects import EffectKind, Host
from engine.errors import Invalid, InvalidState, Refusal
from engine.handling import Work
from processes.timekeeping import Timekeeper
from processes.verbs.verb import Verb

#: The field of a form that says until when a clock is to stand still.
UNTIL = "until"


def against_clock(verb: Verb, host: Host, work: Work, timekeeper: Timekeeper) -> Refusal | None:
    """What speaks against the verb's effects on the host's deadline; ``None`` when nothing does."""
    if host.activity is None:
        return None
    if verb.has(EffectKind.EXTEND):
        return timekeeper.extension_refusal(work, host.activity)
    if verb.has(EffectKind.PAUSE):
        return timekeeper.pause_refusal(work, host.activity)
    if verb.has(EffectKind.RESUME) and not timekeeper.open_deadline(work, host.activity).clock.is_paused:
        return InvalidState("not_paused", "没有挂账，不必解挂", "The deadline is not suspended")
    return None


def check_until(verb: Verb, host: Host, data: Mapping[str, Any], work: Work, timekeeper: Timekeeper) -> None:
    """Raises ``Invalid`` when a clock may not stand still until the day that was typed in."""
    until = data.get(UNTIL)
    if host.activity is None or not isinstance(until, str) or not verb.has(EffectKind.PAUSE):
        return
    refusal = timekeeper.pause_refusal(work, host.activity, datetime.fromisoformat(until))
    if refusal is not None:
        raise Invalid(refusal.code, refusal.message_zh, refusal.message_en, pointer=f"/data/{UNTIL}")
