"""Definitions: drafted, checked, published as versions that stay for ever, compiled once per process."""

from engine.definitions.commands import PublishDefinition, RetireDefinition, SaveDefinitionDraft
from engine.definitions.decision_library import DecisionLibrary
from engine.definitions.handlers import DefinitionDesk
from engine.definitions.kinds import Check, Checked, Checks, DefinitionKind, VersionState, alone
from engine.definitions.library import Library, MissingDefinition, Published
from engine.definitions.queries import (
    DefinitionDraft,
    DefinitionQueries,
    DefinitionSummary,
    DefinitionVersion,
    NamedSource,
    StoredVersion,
    published_sources,
    sources_of,
    stored_versions,
)

__all__ = [
    "Check",
    "Checked",
    "Checks",
    "DecisionLibrary",
    "DefinitionDesk",
    "DefinitionDraft",
    "DefinitionKind",
    "DefinitionQueries",
    "DefinitionSummary",
    "DefinitionVersion",
    "Library",
    "MissingDefinition",
    "NamedSource",
    "PublishDefinition",
    "Published",
    "RetireDefinition",
    "SaveDefinitionDraft",
    "StoredVersion",
    "VersionState",
    "alone",
    "published_sources",
    "sources_of",
    "stored_versions",
]
