"""The one door: every change is a frozen command given to ``Bus.handle``."""

from engine.bus.bus import Bus
from engine.bus.configuration_commands import ConfigurationCommands
from engine.bus.inspection import Inspection
from engine.bus.rehearsal import Rehearsal
from engine.bus.repetition import repeated
from engine.bus.tree_commands import TreeCommands, TreeRules
from engine.bus.tree_questions import TreeQuestions

__all__ = [
    "Bus",
    "ConfigurationCommands",
    "Inspection",
    "Rehearsal",
    "TreeCommands",
    "TreeQuestions",
    "TreeRules",
    "repeated",
]
