"""What every command is decided with: kept in memory under the configuration epoch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from connectors import TargetRegister
from engine.decisions import load_decisions
from engine.definitions import DecisionLibrary, Library
from engine.feel import FunctionTable
from engine.snapshot import Part
from engine.spiff import Definition
from guiliu.definitions import DefinitionChecks
from guiliu.functions import live_calendar, live_functions
from guiliu.registers import city_registers
from processes.access import People
from processes.cases import BeginCaseHandler, CaseSettings, FormLibrary, Names, Registers, ReportCaseHandler
from processes.registers import LiveRegisters
from processes.timekeeping import Timekeeper
from processes.verbs import VerbPermits, Verbs


@dataclass(frozen=True, kw_only=True)
class Memory:
    """The configuration of one process, and what looks things up in it."""

    city: CaseSettings
    people: People
    live: LiveRegisters
    registers: Registers
    functions: FunctionTable
    decisions: DecisionLibrary
    checks: DefinitionChecks
    library: Library[Definition]
    forms: FormLibrary
    timekeeper: Timekeeper
    targets: TargetRegister

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is read anew when the configuration moves."""
        return (self.people, self.live, self.library, self.decisions, self.forms, self.targets)

    @property
    def beginning(self) -> BeginCaseHandler:
        """Begins the cases that messages, signals and timers bring."""
        return BeginCaseHandler(ReportCaseHandler(self.city, self.registers), self.library, self.city.zone)

    @property
    def verbs(self) -> Verbs:
        """What can be done with cases beyond the tasks of their diagrams."""
        return Verbs(self.library)

    @property
    def permits(self) -> VerbPermits:
        """Who may use which verb, and when."""
        return VerbPermits(self.names, self.timekeeper)

    @property
    def names(self) -> Names:
        """What people and groups are called."""
        return Names(organisation=lambda: self.people.register.organisation)


def empty_memory(city: CaseSettings) -> Memory:
    """A memory into which nothing was read yet."""
    people, live = People(), LiveRegisters()
    timekeeper = Timekeeper(calendar_of=partial(live_calendar, live), settings=lambda: live.in_force.deadline_settings)
    registers, functions = city_registers(people, live), live_functions(live)
    decisions = DecisionLibrary(partial(load_decisions, functions=functions))
    targets = TargetRegister()
    forms = FormLibrary(registers, city.zone)
    checks = DefinitionChecks(functions, decisions, targets, forms)
    return Memory(
        city=city,
        people=people,
        live=live,
        registers=registers,
        functions=functions,
        decisions=decisions,
        checks=checks,
        library=checks.library,
        forms=forms,
        timekeeper=timekeeper,
        targets=targets,
    )
