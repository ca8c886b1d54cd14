"""What the HTTP floor is handed by the composition root.

Where the house below has the thing, it is named by its own type; what has more than one maker, or none that is fixed,
is a protocol. Rows of queries are read by attribute into the shapes of ``api.resources``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from api.definition_ports import Comparing, Configuring, DiagramNames, Scenarios, Uses
from connectors import Listening, TargetHealths, TargetRegister
from engine.actors import Actor
from engine.batches import BatchQueries
from engine.commands import Command, TreeCommand
from engine.configuration_versions import ConfigurationVersions
from engine.consequences import Consequence
from engine.decisions import DecisionModel
from engine.definition import Finding
from engine.definitions import DecisionLibrary, DefinitionKind, DefinitionQueries, PublicationRequests, ScenarioFiles
from engine.feed import EventFeed
from engine.feel import Evaluation, FunctionTable
from engine.log import BrokenLink
from engine.messages import MessageDeliverer, MessageQueries
from engine.spiff import Mended, ProcessScope
from engine.storage.event_log import EventLog
from engine.storage.tree_ids import TreeIds
from engine.store import Answer
from engine.timers import TimerLateness
from processes.access import ApiKeys, OwnPassword, Passwords, Person, Register, Session, SignedIn
from processes.attention import AttentionQueries
from processes.calendars import CompiledCalendar
from processes.cases import FollowedDiagrams, FormLibrary
from processes.duplicates import DuplicateQueries
from processes.media import MediaFiles, MediaQueries, Uploads
from processes.oversight import OversightQueries
from processes.registers import (
    Asking,
    Editing,
    Imports,
    LiveRegisters,
    PointRegisters,
    RegisterArchive,
    Reviews,
)
from processes.supervision import OrderQueries

#: Position after which a page begins: the ``next`` of the page before.
After = Sequence[Any] | None


class Bus(Protocol):
    """The one door."""

    async def handle(self, command: Command) -> Answer:
        """Carry the command out to its end, whoever still waits, or replay its answer. Raises a ``Refusal``."""
        ...


class Rehearsal(Protocol):
    """Tries commands out, changing nothing."""

    async def follow(self, command: TreeCommand) -> Sequence[Consequence]:
        """What it would lead to. Raises what the command would be refused with, ``Unavailable``."""
        ...


class Inspection(Protocol):
    """Looks into live instances of cases that the actor may see."""

    async def tokens(self, actor: Actor, tree: int, instance: int) -> Sequence[Any]: ...
    async def scopes(self, actor: Actor, tree: int, instance: int) -> Sequence[Any]: ...
    async def gatherings(self, actor: Actor, tree: int) -> Sequence[Any]: ...


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

    @property
    def register(self) -> Register:
        """Everybody, as last read."""
        ...

    def actor(self, account: int) -> Actor | None:
        """``None`` for accounts that are gone or disabled."""
        ...

    def limited(self, account: int, scopes: frozenset[str]) -> Actor | None:
        """The same, with no permission beyond the scopes."""
        ...

    def person(self, account: int) -> Person | None:
        """The account with its unit and posts."""
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
    def count(self) -> int | str:
        """How many items there are in all: exact to 1,000, then ``1000+``."""
        ...

    @property
    def facets(self) -> Mapping[str, Mapping[str, int | str]]:
        """How many there are by each value of each filter."""
        ...


class CaseQueries(Protocol):
    """What is read of cases, each through the actor's scope; what the actor may not see is ``NotFound``."""

    async def list(self, actor: Actor, wanted: Any, after: After, limit: int) -> CountedPage: ...
    async def detail(self, actor: Actor, case: int) -> Any: ...
    async def history(self, actor: Actor, case: int, after: After, limit: int) -> Page: ...
    async def tasks(self, actor: Actor, case: int) -> Sequence[Any]: ...
    async def waits(self, actor: Actor, case: int) -> Sequence[Any]: ...
    async def instance(self, actor: Actor, case: int, number: int) -> Any: ...
    async def board(self, actor: Actor) -> Sequence[Any]: ...
    async def matching(self, actor: Actor, wanted: Any, most: int) -> Sequence[int]:
        """Ids of the cases that match, no more than so many."""
        ...

    async def escalations(self, actor: Actor, wanted: Any, after: After, limit: int) -> CountedPage: ...
    async def timers(self, actor: Actor, after: After, limit: int) -> Any: ...
    async def faults(self, actor: Actor, case: int | None, after: After, limit: int) -> Page: ...
    async def filed_under(self, condition: str) -> int:
        """How many open cases were filed under a condition, whoever may see them."""
        ...

    async def audiences(self, cases: Sequence[int]) -> Mapping[int, frozenset[str]]:
        """Who may see each of the cases, for ``processes.access.may_see``; unknown cases are left out."""
        ...


class TaskQueries(Protocol):
    """What is read of tasks, each through the actor's scope; what the actor may not see is ``NotFound``."""

    async def list(self, actor: Actor, wanted: Any, after: After, limit: int) -> CountedPage: ...
    async def detail(self, actor: Actor, tree: int, task: int) -> Any: ...


class DeadlineQueries(Protocol):
    """What is read of deadlines, each through the actor's scope."""

    @property
    def calendar_of(self) -> Callable[[str], CompiledCalendar]: ...

    async def of_case(self, actor: Actor, case: int) -> Sequence[Any]: ...
    async def list(self, actor: Actor, wanted: Any, after: After, limit: int) -> CountedPage: ...
    async def open_clocks(self, actor: Actor, calendar: str | None = None) -> Sequence[Any]: ...


class VerbQueries(Protocol):
    """What can be done with a case, each through the actor's scope; what the actor may not see is ``NotFound``."""

    async def of_case(self, actor: Actor, case: int) -> Sequence[Any]: ...
    async def procedures(self, actor: Actor, case: int) -> Sequence[Any]: ...


class DeliveryQueries(Protocol):
    """What is read of deliveries, each through the actor's scope; what the actor may not see is ``NotFound``."""

    async def list(self, actor: Actor, wanted: Any, after: After, limit: int) -> Page: ...
    async def detail(self, actor: Actor, tree: int, delivery: int) -> Any: ...


class AuditLog(Protocol):
    """The chains: what was done to the house itself, and whether nobody has changed it since."""

    async def security_events(self, wanted: Any, after: After, limit: int) -> Page:
        """Lines of the security chain, the newest first: ``seq, at, actor, type, payload`` (JSON text)."""
        ...

    async def verify_tree(self, tree: int) -> Sequence[BrokenLink]: ...
    async def verify_security(self) -> Sequence[BrokenLink]: ...


class Platform(Protocol):
    """The house as the HTTP floor sees it."""

    @property
    def bus(self) -> Bus: ...
    @property
    def rehearsal(self) -> Rehearsal: ...
    @property
    def configuring(self) -> Configuring: ...
    @property
    def inspection(self) -> Inspection: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def api_keys(self) -> ApiKeys: ...
    @property
    def people(self) -> People: ...
    @property
    def tree_ids(self) -> TreeIds: ...
    @property
    def deliverer(self) -> MessageDeliverer: ...
    @property
    def messages(self) -> MessageQueries: ...
    @property
    def batches(self) -> BatchQueries: ...
    @property
    def cases(self) -> CaseQueries: ...
    @property
    def tasks(self) -> TaskQueries: ...
    @property
    def deadlines(self) -> DeadlineQueries: ...
    @property
    def deliveries(self) -> DeliveryQueries: ...
    @property
    def targets(self) -> TargetRegister: ...
    @property
    def listening(self) -> Listening: ...
    @property
    def target_healths(self) -> TargetHealths: ...
    @property
    def followed(self) -> FollowedDiagrams: ...
    @property
    def verbs(self) -> VerbQueries: ...
    @property
    def duplicates(self) -> DuplicateQueries: ...
    @property
    def oversight(self) -> OversightQueries: ...
    @property
    def form_library(self) -> FormLibrary: ...
    @property
    def library(self) -> DiagramNames: ...
    @property
    def orders(self) -> OrderQueries: ...
    @property
    def attention(self) -> AttentionQueries: ...
    @property
    def uploads(self) -> Uploads: ...
    @property
    def media(self) -> MediaQueries: ...
    @property
    def media_files(self) -> MediaFiles: ...
    @property
    def definitions(self) -> DefinitionQueries: ...
    @property
    def uses(self) -> Uses: ...
    @property
    def comparing(self) -> Comparing: ...
    @property
    def versions(self) -> ConfigurationVersions: ...
    @property
    def passwords(self) -> Passwords: ...
    @property
    def own_password(self) -> OwnPassword: ...
    @property
    def registers(self) -> LiveRegisters: ...
    @property
    def points(self) -> PointRegisters: ...
    @property
    def archive(self) -> RegisterArchive: ...
    @property
    def imports(self) -> Imports: ...
    @property
    def editing(self) -> Editing: ...
    @property
    def asking(self) -> Asking: ...
    @property
    def reviews(self) -> Reviews: ...
    @property
    def scenarios(self) -> Scenarios: ...
    @property
    def scenario_files(self) -> ScenarioFiles: ...
    @property
    def publication_requests(self) -> PublicationRequests: ...
    @property
    def audit(self) -> AuditLog: ...
    @property
    def log(self) -> EventLog: ...
    @property
    def feed(self) -> EventFeed: ...
    @property
    def secret(self) -> str:
        """The installation's secret: seals cursors."""
        ...

    @property
    def pages(self) -> Path:
        """The folder of the built front end; there may be none."""
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
    def functions(self) -> FunctionTable:
        """What every expression of the city may call."""
        ...

    @property
    def decisions(self) -> DecisionLibrary:
        """The published decisions."""
        ...

    def load_decisions(self, source: bytes) -> DecisionModel:
        """A decision model that is not published. Raises ``DefinitionRefused``."""
        ...

    async def evaluation(self) -> Evaluation:
        """What expressions that are only tried out are evaluated with. Raises ``Unavailable``."""
        ...

    def scope(self, source: bytes) -> ProcessScope:
        """What expressions of a diagram may name; never raises."""
        ...

    def mend(self, source: bytes, wanted: Callable[[Finding], bool]) -> Mended:
        """A diagram with the repairs of the wanted findings; never raises."""
        ...

    def take_in(self, source: bytes) -> Sequence[Mended]:
        """Each process of a file of another engine in the dialect of this one, with a picture; never raises."""
        ...

    def lint(self, kind: DefinitionKind, source: bytes) -> Sequence[Finding]:
        """Everything there is to say of a source that may not even be one; never raises."""
        ...

    async def horizon_age(self) -> timedelta:
        """How far the feed's horizon lies behind."""
        ...

    async def start_timers(self) -> Sequence[Any]:
        """When processes begin by themselves, the soonest first."""
        ...

    async def timer_lateness(self) -> TimerLateness:
        """How late timers are."""
        ...

    async def check_ready(self) -> None:
        """Raises ``Unavailable`` while requests cannot be served."""
        ...
