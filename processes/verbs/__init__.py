"""Verbs: what can be done with a case beyond the tasks of its diagram, each a procedure with a diagram of its own.

GET verbs → VerbQueries → VerbPermits ┐ the same question
POST verb → guard → VerbPermits ──────┘ → UseVerbHandler → Work.attach → the procedure runs beside its host
"""

from processes.verbs.commands import UseVerb
from processes.verbs.handler import UseVerbHandler
from processes.verbs.listing import VerbEntry, VerbQueries
from processes.verbs.many import VERB, verb_command, verb_item
from processes.verbs.permits import VerbPermits
from processes.verbs.rules import verb_rules
from processes.verbs.verb import PERFORMER, Published, Verb, Verbs, verb_of

__all__ = [
    "PERFORMER",
    "VERB",
    "Published",
    "UseVerb",
    "UseVerbHandler",
    "Verb",
    "VerbEntry",
    "VerbPermits",
    "VerbQueries",
    "Verbs",
    "verb_command",
    "verb_item",
    "verb_of",
    "verb_rules",
]
