"""What the HTTP floor needs from the house below; the composition root hands it in.

Only what is called here is named here, so that a test may stand in with a few lines. Rows of queries are read by
attribute into the answers of ``api.resources``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from engine.actors import Actor
from engine.commands import Command
from engine.store import Answer


class Bus(Protocol):
    """The one door."""

    async def handle(self, command: Command) -> Answer:
        """Carry the command out, or replay its answer. Raises a ``Refusal``."""
        ...


class Session(Protocol):
    """One server-side sign-in."""

    @property
    def account(self) -> int: ...
    @property
    def csrf(self) -> str: ...


class SignedIn(Protocol):
    """A session just begun; the token is known to nobody else from here on."""

    @property
    def token(self) -> str: ...
    @property
    def csrf(self) -> str: ...
    @property
    def expires_at(self) -> datetime: ...
    @property
    def account(self) -> int: ...


class Sessions(Protocol):
    """Sign-in, and who a token stands for."""

    async def sign_in(self, username: str, password: str, address: str) -> SignedIn:
        """Raises ``Unauthenticated`` for whatever is wrong, ``TooMany`` after too many wrong ones."""
        ...

    async def resolve(self, token: str) -> Session | None:
        """The live session of a token; ``None`` when it ended, idled out or never was."""
        ...

    async def sign_out(self, token: str) -> None:
        """End the session; nothing when it has ended already."""
        ...


class People(Protocol):
    """Who the accounts are."""

    def actor(self, account: int) -> Actor | None:
        """``None`` for accounts that are gone or disabled."""
        ...

    def person(self, account: int) -> Any:
        """What ``api.resources.me.Person`` shows."""
        ...


class Feed(Protocol):
    """The committed events, in order."""

    @property
    def horizon_seconds(self) -> float:
        """Age of the oldest open writing transaction: later events wait for it."""
        ...


class Page(Protocol):
    """Part of a list."""

    @property
    def items(self) -> Sequence[Any]: ...
    @property
    def next(self) -> Sequence[Any] | None:
        """Position after the last item, JSON values; ``None`` at the end."""
        ...


class Platform(Protocol):
    """The house as the HTTP floor sees it."""

    @property
    def bus(self) -> Bus: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def people(self) -> People: ...
    @property
    def secret(self) -> str:
        """The installation's secret: seals cursors."""
        ...

    @property
    def is_production(self) -> bool:
        """Whether cookies travel over TLS only."""
        ...

    @property
    def origins(self) -> frozenset[str]:
        """Origins of our own pages, such as ``https://city.example``; empty means the address that was asked."""
        ...

    @property
    def feed(self) -> Feed: ...

    async def check_ready(self) -> None:
        """Raises ``Unavailable`` while requests cannot be served."""
        ...
