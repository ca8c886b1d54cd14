"""What clients asked and what they were told, kept outside of the system that is judged by it: one JSON line each.

``invoke`` before every attempt, then ``ok``, ``failed`` (refused, nothing was done) or ``unknown`` (no answer, or one
that leaves open whether it was done). An attempt without any of them was under way when the client ended.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from engine.clock import machine_time

INVOKE = "invoke"


class Outcome(StrEnum):
    """What a client knows of a request."""

    OK = "ok"
    FAILED = "failed"
    UNKNOWN = "unknown"


def outcome_of(status: int) -> Outcome:
    """A server that could not answer may have done it all the same."""
    if status >= 500 or status == 429:
        return Outcome.UNKNOWN
    return Outcome.OK if status < 300 else Outcome.FAILED


@dataclass(frozen=True)
class HistoryFile:
    """The lines that are written while something happens."""

    file: IO[str]

    @classmethod
    @contextmanager
    def kept_in(cls, path: Path) -> Iterator[HistoryFile]:
        """A new file; it stays when the block ends. Raises ``OSError``."""
        with path.open("w", encoding="utf-8") as file:
            yield cls(file)

    def invoked(self, *, key: str, username: str, path: str, body: Any) -> None:
        """A request is about to be sent, for the first time or again; ``path`` is below ``/api/v1``."""
        self._write(event=INVOKE, key=key, username=username, path=path, body=body)

    def answered(self, key: str, status: int, body: bytes) -> Outcome:
        """An answer came; what is known by it."""
        outcome = outcome_of(status)
        self._write(event=outcome, key=key, status=status, answer=body.decode(errors="replace"))
        return outcome

    def lost(self, key: str, why: str) -> None:
        """No answer came."""
        self._write(event=Outcome.UNKNOWN, key=key, why=why)

    def _write(self, **entry: Any) -> None:
        json.dump({"at": machine_time().isoformat(), **entry}, self.file, ensure_ascii=False)
        self.file.write("\n")
        self.file.flush()


@dataclass(kw_only=True)
class Asked:
    """One thing that somebody wanted, under one key, however often it was sent."""

    key: str
    username: str
    path: str
    body: Any
    #: When it was first sent (aware).
    at: datetime
    outcome: Outcome = Outcome.UNKNOWN
    #: As it was told; empty while the outcome is unknown.
    answer: str = ""


class BadHistory(Exception):
    """The file is no history; the text says where."""


def read_history(path: Path) -> Mapping[str, Asked]:
    """Everything that was asked, by key. Raises ``BadHistory``, ``OSError``."""
    asked: dict[str, Asked] = {}
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                _take(json.loads(line), asked)
            except (ValueError, KeyError, TypeError) as error:
                raise BadHistory(
                    f"{path}: 第 {number} 行不是历史记录 / line {number} is no entry of a history"
                ) from error
    return asked


def _take(entry: Mapping[str, Any], asked: dict[str, Asked]) -> None:
    key = entry["key"]
    if entry["event"] == INVOKE:
        names = {name: entry[name] for name in ("username", "path", "body")}
        asked.setdefault(key, Asked(key=key, at=datetime.fromisoformat(entry["at"]), **names))
    elif (outcome := Outcome(entry["event"])) is not Outcome.UNKNOWN:
        asked[key].outcome, asked[key].answer = outcome, entry["answer"]
