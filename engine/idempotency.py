"""Answering a repeated request with the answer it had, to the letter, also when that was a refusal."""

from __future__ import annotations

from engine.commands import Command
from engine.errors import REFUSALS, InvalidState, Refusal
from engine.jsontext import json_text, json_value
from engine.store import Answer

_OWN_MEMBERS = ("code", "message_zh", "message_en", "pointer", "element", "line")


def replayed(answered: Answer, command: Command) -> Answer:
    """The answer given before. Raises the refusal given before; ``InvalidState`` for a key of another request."""
    assert command.key is not None, "only commands with a key are looked up"  # noqa: S101 - the caller's contract
    if answered.fingerprint != command.key.fingerprint:
        raise InvalidState(
            "idempotency_key_reused",
            "该幂等键已用于另一个请求",
            "Expected a new idempotency key for a new request, but this one was used for another request",
        )
    if answered.outcome in REFUSALS:
        raise refusal_of(answered)
    return answered


def answer_of(refusal: Refusal, fingerprint: bytes) -> Answer:
    """The refusal as it is stored under its key."""
    return Answer(outcome=refusal.kind, body=json_text(refusal.as_json()), fingerprint=fingerprint)


def refusal_of(answer: Answer) -> Refusal:
    """The refusal that was stored."""
    members = json_value(answer.body)
    return REFUSALS[answer.outcome](
        members["code"],
        members["message_zh"],
        members["message_en"],
        pointer=members.get("pointer"),
        element=members.get("element"),
        line=members.get("line"),
        details={name: value for name, value in members.items() if name not in _OWN_MEMBERS},
    )
