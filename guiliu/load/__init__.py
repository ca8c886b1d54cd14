"""Many users in front of a running server: a load, with a history of what they were told that can be judged."""

from guiliu.load.history import BadHistory, HistoryFile, Outcome, outcome_of, read_history
from guiliu.load.judging import examine_history
from guiliu.load.latencies import Latencies
from guiliu.load.people import NoWayIn
from guiliu.load.running import Load, drive, span_of
from guiliu.load.showing import load_bar, show_load

__all__ = [
    "BadHistory",
    "HistoryFile",
    "Latencies",
    "Load",
    "NoWayIn",
    "Outcome",
    "drive",
    "examine_history",
    "load_bar",
    "outcome_of",
    "read_history",
    "show_load",
    "span_of",
]
