"""Definitions: drafted, checked, published as versions that stay for ever, compiled once per process."""

from engine.definitions.commands import (
    KeepScenarios,
    PublishDefinition,
    RemoveScenarios,
    RetireDefinition,
    SaveDefinitionDraft,
)
from engine.definitions.decision_library import DecisionLibrary
from engine.definitions.english import EnglishNames
from engine.definitions.examples import DecisionExample, KeptExamples, SaveDecisionExamples
from engine.definitions.handlers import DefinitionDesk
from engine.definitions.kinds import Check, Checked, Checks, DefinitionKind, VersionState, alone
from engine.definitions.library import Library, MissingDefinition, Published
from engine.definitions.publication_requests import (
    PublicationRequest,
    PublicationRequests,
    RefusePublication,
    RequestPublication,
    RequestState,
    WithdrawPublicationRequest,
)
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
from engine.definitions.scenario_files import KeptScenarioFile, ScenarioFile, ScenarioFiles

__all__ = [
    "Check",
    "Checked",
    "Checks",
    "DecisionExample",
    "DecisionLibrary",
    "DefinitionDesk",
    "DefinitionDraft",
    "DefinitionKind",
    "DefinitionQueries",
    "DefinitionSummary",
    "DefinitionVersion",
    "EnglishNames",
    "KeepScenarios",
    "KeptExamples",
    "KeptScenarioFile",
    "Library",
    "MissingDefinition",
    "NamedSource",
    "PublicationRequest",
    "PublicationRequests",
    "PublishDefinition",
    "Published",
    "RefusePublication",
    "RemoveScenarios",
    "RequestPublication",
    "RequestState",
    "RetireDefinition",
    "SaveDecisionExamples",
    "SaveDefinitionDraft",
    "ScenarioFile",
    "ScenarioFiles",
    "StoredVersion",
    "VersionState",
    "WithdrawPublicationRequest",
    "alone",
    "published_sources",
    "sources_of",
    "stored_versions",
]
