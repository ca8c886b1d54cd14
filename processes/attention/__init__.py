"""What each person keeps in sight: watched cases with what is new in them, and questions to lists under a name.

None of it changes a case, and nobody else sees it. What is new is derived from the log when it is asked for; nothing
is written beside the commands that make it.
"""

from processes.attention.commands import (
    ATTENTION_PERMISSIONS,
    RemoveFilter,
    SaveFilter,
    SeeNotices,
    UnwatchCase,
    WatchCase,
)
from processes.attention.handlers import ATTENTION_HANDLERS
from processes.attention.queries import AttentionQueries, Notice, SavedFilter

__all__ = [
    "ATTENTION_HANDLERS",
    "ATTENTION_PERMISSIONS",
    "AttentionQueries",
    "Notice",
    "RemoveFilter",
    "SaveFilter",
    "SavedFilter",
    "SeeNotices",
    "UnwatchCase",
    "WatchCase",
]
