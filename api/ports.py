"""What the HTTP floor needs from the house below; the composition root hands it in.

Only what is called here is named here, so that a test may stand in with a few lines. Rows of queries are read by
attribute into the answers of ``api.resources``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Protocol

from engine.actors import Actor
from engine.commands import Command
from engine.store import Answer
from processes.access import Person

#: Position after which a page begins: the ``next`` of the page before.
After = Sequence[Any] | None


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

    async def is_live(self, token: str) -> bool:
        """Whether the session still lives; asking does not keep it alive, so that an open stream may idle out."""
        ...

    async def sign_out(self, token: str) -> None:
        """End the session; nothing when it has ended already."""
        ...


class People(Protocol):
    """Who the accounts are."""

    def actor(self, account: int) -> Actor | None:
        """``None`` for accounts that are gone or disabled."""
        ...

    def person(self, account: int) -> Person | None:
        """The account with its unit and posts."""
        ...


class FeedEvent(Protocol):
    """A committed event, as far as the feed tells of it."""

    @property
    def position(self) -> str:
        """Where a reader goes on after this event."""
        ...

    @property
    def tree(self) -> int: ...
    @property
    def seq(self) -> int: ...
    @property
    def type(self) -> str: ...
    @property
    def at(self) -> datetime: ...


class Subscription(Protocol):
    """One reader of the feed."""

    async def next(self) -> Sequence[FeedEvent]:
        """What came since, as soon as there is something; nothing at all when the reader was too slow."""
        ...


class Feed(Protocol):
    """The committed events, in order."""

    @property
    def horizon_seconds(self) -> float:
        """Age of the oldest open writing transaction: later events wait for it."""
        ...

    def subscribe(self, after: str | None) -> AbstractAsyncContextManager[Subscription]:
        """A reader from the position on, or from now."""
        ...


class Page(Protocol):
    """Part of a list."""

    @property
    def items(self) -> Sequence[Any]: ...
    @property
    def next(self) -> Sequence[Any] | None:
        """Position after the last item, JSON values; ``None`` at the end."""
        ...


class CountedPage(Page, Protocol):
    """Part of a list that also says how much there is."""

    @property
    def count(self) -> int | None:
        """How many items there are in all, up to a limit."""
        ...

    @property
    def facets(self) -> Mapping[str, Mapping[str, int]]:
        """How many there are by each value of each filter."""
        ...


class CaseQueries(Protocol):
    """What is read of cases, each through the actor's scope; what the actor may not see is ``NotFound``."""

    async def list(self, actor: Actor, wanted: Any, after: After, limit: int) -> CountedPage: ...
    async def detail(self, actor: Actor, case: int) -> Any: ...
    async def history(self, actor: Actor, case: int, after: After, limit: int) -> Page: ...
    async def tasks(self, actor: Actor, case: int) -> Sequence[Any]: ...
    async def media(self, actor: Actor, case: int) -> Sequence[Any]: ...
    async def waits(self, actor: Actor, case: int) -> Sequence[Any]: ...
    async def board(self, actor: Actor) -> Sequence[Any]: ...
    async def visible(self, actor: Actor, cases: Collection[int]) -> frozenset[int]:
        """Those of the cases that the actor may see."""
        ...


class TaskQueries(Protocol):
    """What is read of tasks, each through the actor's scope; what the actor may not see is ``NotFound``."""

    async def list(self, actor: Actor, wanted: Any, after: After, limit: int) -> CountedPage: ...
    async def detail(self, actor: Actor, tree: int, task: int) -> Any: ...


class DefinitionQueries(Protocol):
    """What is read of diagrams and forms; ``kind`` is ``process`` or ``form``."""

    async def list(self, kind: str) -> Sequence[Any]: ...
    async def draft(self, kind: str, key: str) -> Any:
        """The draft's source and version. Raises ``NotFound``."""
        ...

    async def versions(self, kind: str, key: str) -> Sequence[Any]: ...
    async def version(self, kind: str, key: str, number: int) -> Any:
        """One published version with its source. Raises ``NotFound``."""
        ...


class Audit(Protocol):
    """The two chains."""

    async def search(self, wanted: Any, after: After, limit: int) -> Page: ...
    async def verify(self, tree: int | None) -> Sequence[Any]:
        """The links that do not hold: of one tree, or of the security chain."""
        ...


class Platform(Protocol):
    """The house as the HTTP floor sees it."""

    @property
    def bus(self) -> Bus: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def cases(self) -> CaseQueries: ...
    @property
    def tasks(self) -> TaskQueries: ...
    @property
    def definitions(self) -> DefinitionQueries: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def feed(self) -> Feed: ...
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

    async def check_ready(self) -> None:
        """Raises ``Unavailable`` while requests cannot be served."""
        ...
