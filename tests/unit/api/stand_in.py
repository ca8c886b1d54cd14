"""A house of a few lines: what the HTTP floor asks for, in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from connectors import TargetHealth, TargetRegister
from engine.actors import Actor
from engine.commands import Command
from engine.definitions import Library
from engine.errors import Unauthenticated
from engine.events import InstanceCompleted, Recorded
from engine.feed import FeedEvent, FeedPosition, Subscription
from engine.spiff import Definition, compile_process
from engine.store import Answer
from engine.timers import TimerLateness
from processes.access import HeldPost, Person, Register
from processes.registers import LiveRegisters

PASSWORD = "right"
LATER = datetime(2027, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Session:
    account: int
    csrf: str = "csrf-of-this-session"


@dataclass(frozen=True)
class SignedIn:
    account: int
    token: str
    csrf: str = "csrf-of-this-session"
    expires_at: datetime = LATER


ACCOUNTS = {1: "acceptor", 2: "dispatcher", 3: "disabled", 4: "leader"}


class Sessions:
    def __init__(self) -> None:
        self.live: dict[str, int] = {}
        self.peers: list[str] = []

    def token_of(self, username: str) -> str:
        account = next(number for number, name in ACCOUNTS.items() if name == username)
        token = f"token-{username}-{len(self.live)}"
        self.live[token] = account
        return token

    async def sign_in(self, username: str, password: str, address: str) -> SignedIn:
        self.peers.append(address)
        if username not in ACCOUNTS.values() or password != PASSWORD:
            raise Unauthenticated("sign_in_failed", "用户名或密码不正确", "User name or password is wrong")
        token = self.token_of(username)
        return SignedIn(self.live[token], token)

    async def resolve(self, token: str) -> Session | None:
        account = self.live.get(token)
        return None if account is None else Session(account)

    async def is_live(self, token: str) -> bool:
        return token in self.live

    async def sign_out(self, token: str) -> None:
        self.live.pop(token, None)


class People:
    register = Register()

    def actor(self, account: int) -> Actor | None:
        name = ACCOUNTS[account]
        if name == "disabled":
            return None
        audience = None if name == "leader" else frozenset({f"group:{name}"})
        return Actor(id=f"user:{account}", name=name, groups=frozenset({name}), audience=audience)

    def person(self, account: int) -> Person | None:
        post = HeldPost(key="acceptor", name_zh="受理员", name_en="acceptor", unit=None)
        name = ACCOUNTS[account]
        return Person(account=account, username=name, name=name, unit=None, posts=(post,))


DONE = Answer(outcome="done", body=b'{"done":true}')


@dataclass
class Bus:
    commands: list[Command] = field(default_factory=list)
    #: What the next command meets: an answer, or an exception to raise.
    outcome: Answer | Exception = DONE

    async def handle(self, command: Command) -> Answer:
        self.commands.append(command)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


def event(tree: int, seq: int) -> FeedEvent:
    """Something that happened."""
    recorded = Recorded(
        tree=tree,
        seq=seq,
        at=LATER,
        actor="user:1",
        event=InstanceCompleted(instance=1, ends=["end"]),
        payload=b"{}",
        hash=bytes(32),
    )
    return FeedEvent(FeedPosition(1, 7, tree, seq), recorded)


class Feed:
    def __init__(self) -> None:
        self.after: list[FeedPosition | None] = []
        self.must_reload = False
        self.left = asyncio.Event()
        self.subscriptions: list[Subscription[FeedEvent]] = []

    async def end(self) -> FeedPosition:
        return FeedPosition(1, 7, 0, 0)

    async def subscribe(self, after: FeedPosition | None) -> Subscription[FeedEvent]:
        self.after.append(after)
        subscription: Subscription[FeedEvent] = Subscription()
        subscription.must_reload = self.must_reload
        self.subscriptions.append(subscription)
        return subscription

    def unsubscribe(self, subscription: Subscription[FeedEvent]) -> None:
        self.subscriptions.remove(subscription)
        self.left.set()


class Cases:
    def __init__(self) -> None:
        self.asked: list[int] = []

    async def audiences(self, cases: Sequence[int]) -> Mapping[int, frozenset[str]]:
        self.asked += cases
        return {1: frozenset({"group:acceptor"}), 2: frozenset({"group:dispatcher"})}


@dataclass(frozen=True)
class Page:
    items: Sequence[Any] = ()
    next: Sequence[Any] | None = None
    count: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class Tasks:
    def __init__(self) -> None:
        self.asked: list[tuple[Any, Any, int]] = []
        self.page = Page()

    async def list(self, _actor: Actor, wanted: Any, after: Any, limit: int) -> Page:
        self.asked.append((wanted, after, limit))
        return self.page


class Media:
    async def check_named(self, _actor: Actor, _case: int | None, _named: Mapping[str, int]) -> None:
        """Nobody's media are named by these tests."""


class Healths:
    async def all(self) -> Mapping[str, TargetHealth]:
        return {"sewers": TargetHealth(open=2, failed=1, age=timedelta(seconds=40))}


class StandIn:
    """The platform of the tests."""

    secret = "a secret of the tests, long enough to be one"
    is_production = False
    origins: frozenset[str] = frozenset()
    #: Nothing was built.
    pages = Path("/nowhere")

    def __init__(self) -> None:
        self.bus = Bus()
        self.sessions = Sessions()
        self.people = People()
        self.registers = LiveRegisters()
        self.library: Library[Definition] = Library(compile_process)
        self.feed = Feed()
        self.cases = Cases()
        self.tasks = Tasks()
        self.media = Media()
        self.targets = TargetRegister()
        self.target_healths = Healths()
        self.not_ready: Exception | None = None

    async def horizon_age(self) -> timedelta:
        return timedelta(seconds=0.25)

    async def timer_lateness(self) -> TimerLateness:
        return TimerLateness(
            overdue=3,
            longest_overdue=timedelta(seconds=2),
            fired=10,
            median=timedelta(milliseconds=8),
            p99=timedelta(milliseconds=90),
        )

    async def check_ready(self) -> None:
        if self.not_ready:
            raise self.not_ready
