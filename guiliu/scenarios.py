"""Where scenarios are played: the city's own rules over a configuration and a store in memory; nothing is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import tzinfo
from math import inf

import msgspec

from engine.bus import TreeCommands, TreeRules
from engine.clock import VirtualClock
from engine.commands import TreeCommand
from engine.decisions import DecisionSet
from engine.definition import DefinitionView
from engine.definitions import Published, StoredVersion, VersionState
from engine.errors import Refusal
from engine.events import Recorded
from engine.live_trees import KeptTrees, LiveTrees, StoredTrees
from engine.memory_store import MemoryStore, StillConfiguration
from engine.spiff import outline
from engine.store import Answer, Store
from guiliu.memory import Memory, empty_memory
from guiliu.rules import city_rules
from guiliu.tables import TABLES
from processes.access import Register
from processes.cases import (
    CASE_RULES,
    CaseSettings,
    FormVersions,
    ReportCase,
    ReportCaseHandler,
    check_form,
    facts_of,
)
from processes.deadlines import DeadlineSettings
from processes.registers import InForce, judged_calendar
from processes.scenarios import (
    BeginStory,
    BeginStoryHandler,
    DryRun,
    Given,
    Outcome,
    Scenario,
    Stage,
    cast_of,
    compared,
    dry_run,
    play,
    unplayable,
)
from processes.timekeeping import USUAL_CALENDAR

#: The tree of every story in memory; each is alone in its store.
TREE = 1
_STORY_RULES = {**CASE_RULES, BeginStory: CASE_RULES[ReportCase]}


@dataclass(frozen=True, kw_only=True)
class Scenery:
    """What stories are played with: definitions as bytes, and the city as it is held in memory."""

    #: By key.
    processes: Mapping[str, bytes]
    #: The newest first.
    decisions: Sequence[bytes]
    forms: Sequence[bytes]
    register: Register
    in_force: InForce
    zone: tzinfo

    @property
    def by_sha(self) -> Mapping[bytes, bytes]:
        """The diagrams by hash."""
        return {_sha(source): source for source in self.processes.values()}


class Theatre:
    """Plays scenarios with one scenery; diagrams are compiled once, when they are first needed."""

    def __init__(self, scenery: Scenery, *, give_up_at: float = inf) -> None:
        """``give_up_at`` is a moment of ``engine.clock.elapsed`` after which no further step is taken."""
        self._scenery = scenery
        self._give_up_at = give_up_at
        #: Furnished so far, each with what is given that it was furnished for.
        self._memories: list[tuple[Given, Memory]] = []

    async def perform(self, scenario: Scenario) -> Outcome:
        """Play it with storing and loading between the steps, and again without: both must come to the same."""
        try:
            return await self._performed(scenario)
        except Refusal as refusal:
            return unplayable(scenario, refusal)

    async def _performed(self, scenario: Scenario) -> Outcome:
        memory = self._memory(scenario.given)
        sources = self._scenery.by_sha
        stored = stage_in_memory(scenario, memory, StoredTrees(memory.library), sources)
        outcome = await play(scenario, replace(stored, give_up_at=self._give_up_at))
        kept = stage_in_memory(scenario, memory, KeptTrees(memory.library), sources)
        return compared(outcome, await play(scenario, replace(kept, give_up_at=self._give_up_at)))

    async def try_out(self, scenario: Scenario) -> tuple[DryRun, Memory]:
        """Play it as far as it goes, with storing and loading between the steps; and the configuration it met.

        Raises the ``Refusal`` of a story that cannot begin.
        """
        memory = self._memory(scenario.given)
        stage = stage_in_memory(scenario, memory, StoredTrees(memory.library), self._scenery.by_sha)
        return await dry_run(scenario, replace(stage, give_up_at=self._give_up_at)), memory

    def view(self, key: str) -> DefinitionView:
        """What a diagram declares. Raises ``DefinitionRefused``."""
        checks = empty_memory(CaseSettings(zone=self._scenery.zone)).checks
        return checks.compile_process(self._scenery.processes[key]).view

    def _memory(self, given: Given) -> Memory:
        for before, memory in self._memories:
            if _furnishing(before) == _furnishing(given):
                return memory
        memory = furnished(self._scenery, given)
        self._memories.append((given, memory))
        return memory


@dataclass(frozen=True)
class Ground:
    """What a stage stands on: where the tree of the story is kept, and how commands reach it."""

    tree: int
    clock: VirtualClock
    store: Store
    handle: Callable[[TreeCommand], Awaitable[Answer]]
    #: Events of the tree after a number.
    events: Callable[[int], Awaitable[Sequence[Recorded]]]


def stage_in_memory(
    scenario: Scenario, memory: Memory, trees: LiveTrees, sources: Mapping[bytes, bytes], *, tree: int = TREE
) -> Stage:
    """The stage of a scenario over a store in memory; ``sources`` are the diagrams by hash. Raises ``Invalid``."""
    clock = VirtualClock(scenario.given.start)
    rules = story_rules(memory, trees)
    store = MemoryStore([table.table for table in TABLES], clock, sources, rules.surroundings.listed)
    commands = TreeCommands(store, rules, StillConfiguration())

    async def events(after: int) -> Sequence[Recorded]:
        return store.events(tree)[after:]

    return staged(scenario, memory, Ground(tree, clock, store, commands.handle, events))


def staged(scenario: Scenario, memory: Memory, ground: Ground) -> Stage:
    """The stage of a scenario; from now on its people are those of the memory. Raises ``Invalid``."""
    cast = cast_of(scenario, memory.people.register)
    memory.people.replace(cast.register)
    facts = facts_of(memory.city, memory.registers)
    return Stage(
        tree=ground.tree,
        clock=ground.clock,
        store=ground.store,
        handle=ground.handle,
        events=ground.events,
        actors=cast.actors,
        facts=lambda rows: facts(rows).values(),
        functions=memory.functions,
        zone=memory.city.zone,
        calendar=memory.live.in_force.calendars[USUAL_CALENDAR],
    )


def story_rules(memory: Memory, trees: LiveTrees) -> TreeRules:
    """The city's rules, and one more way to begin a case."""
    rules = city_rules(memory, beginning=_STORY_RULES, trees=trees)
    handler = BeginStoryHandler(memory.city, memory.registers, ReportCaseHandler(memory.city, memory.registers))
    return replace(rules, handlers={**rules.handlers, BeginStory: handler})


def furnished(scenery: Scenery, given: Given) -> Memory:
    """The configuration of a story, in memory. Raises ``Invalid`` for a calendar that cannot count."""
    memory = empty_memory(CaseSettings(zone=scenery.zone, **given.settings))
    memory.people.replace(scenery.register)
    memory.live.replace(_in_force(scenery.in_force, given))
    memory.library.replace(_published(scenery.processes))
    memory.decisions.replace(DecisionSet(tuple(map(memory.checks.load_decisions, scenery.decisions))))
    memory.forms.replace(FormVersions(_first_version(memory, source) for source in scenery.forms))
    return memory


def _published(processes: Mapping[str, bytes]) -> Published:
    """The diagrams of a story, each the only version there is."""
    tagged = {(key, outline(source).version_tag): _sha(source) for key, source in processes.items()}
    return Published(latest={key: sha for (key, _), sha in tagged.items()}, tagged=tagged)


def _in_force(in_force: InForce, given: Given) -> InForce:
    settings = {**asdict(in_force.deadline_settings), **given.deadline_settings}
    told = replace(in_force, deadline_settings=msgspec.convert(settings, DeadlineSettings))
    if given.calendar is None:
        return told
    calendar = judged_calendar(USUAL_CALENDAR, given.calendar, root="/given/calendar")
    return replace(told, calendars={**told.calendars, USUAL_CALENDAR: calendar})


def _furnishing(given: Given) -> tuple[object, ...]:
    """What a configuration in memory depends on."""
    return given.calendar, given.settings, given.deadline_settings


def _first_version(memory: Memory, source: bytes) -> StoredVersion:
    form, sha = check_form(source), _sha(source)
    memory.forms.add(sha, source)
    return StoredVersion(key=form.key, number=1, sha=sha, state=VersionState.PUBLISHED, version_tag=form.version_tag)


def _sha(source: bytes) -> bytes:
    return hashlib.sha256(source).digest()
