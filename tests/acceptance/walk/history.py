"""What clients asked and what they were told, kept outside of the system that is judged by it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guiliu.load import HistoryFile, Outcome, outcome_of


@dataclass(frozen=True)
class Answer:
    """What the server said, byte for byte."""

    status: int
    body: bytes

    @property
    def outcome(self) -> Outcome:
        """What its status says."""
        return outcome_of(self.status)

    @property
    def json(self) -> Any:
        """The body as a value."""
        return json.loads(self.body)


@dataclass
class Request:
    """One thing that somebody wanted, under one key, however often it was sent."""

    key: str
    username: str
    path: str
    body: Any
    #: Of the attempt that came through.
    answer: Answer | None = None
    #: Attempts whose outcome was unknown.
    losses: int = 0
    #: When the last attempt was sent, on the monotonic clock.
    sent: float = 0.0


@dataclass
class History:
    """All requests, and the file of what happened to them."""

    file: HistoryFile
    requests: dict[str, Request] = field(default_factory=dict)
    #: When the latest of the answered attempts was sent, on the monotonic clock.
    answered_until: float = 0.0

    @classmethod
    @contextmanager
    def kept_in(cls, folder: Path) -> Iterator[History]:
        """A new history; its file stays when the block ends."""
        with HistoryFile.kept_in(folder / "history.jsonl") as file:
            yield cls(file)

    def invoked(self, request: Request) -> None:
        """A request is about to be sent, for the first time or again."""
        self.requests[request.key] = request
        request.sent = time.perf_counter()
        self.file.invoked(key=request.key, username=request.username, path=request.path, body=request.body)

    def answered(self, request: Request, answer: Answer) -> None:
        """An answer came."""
        if answer.outcome is Outcome.UNKNOWN:
            request.losses += 1
        else:
            request.answer = answer
            self.answered_until = max(self.answered_until, request.sent)
        self.file.answered(request.key, answer.status, answer.body)

    def lost(self, request: Request, why: str) -> None:
        """No answer came."""
        request.losses += 1
        self.file.lost(request.key, why)

    def answered_with(self, outcome: Outcome) -> Iterator[Request]:
        """Requests whose last word was this."""
        for request in self.requests.values():
            if (request.answer.outcome if request.answer else Outcome.UNKNOWN) is outcome:
                yield request

    @property
    def losses(self) -> int:
        """How many attempts ended unknown."""
        return sum(request.losses for request in self.requests.values())
