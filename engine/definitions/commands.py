"""What can be asked of definitions. Each command names its configuration object by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from engine.configuration import ConfigurationCommand
from engine.definitions.kinds import DefinitionKind, definition_object, draft_object, scenarios_object


@dataclass(frozen=True, kw_only=True)
class SaveDefinitionDraft(ConfigurationCommand):
    """Replace a key's draft; any text may be a draft."""

    takes_effect: ClassVar[bool] = False

    kind: DefinitionKind
    key_name: str
    source: bytes
    object: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", draft_object(self.kind, self.key_name))


@dataclass(frozen=True, kw_only=True)
class PublishDefinition(ConfigurationCommand):
    """Make a key's draft, or an earlier version, its next version; new cases use it at once."""

    kind: DefinitionKind
    key_name: str
    note: str = ""
    #: The version that comes back; ``None`` publishes the draft.
    number: int | None = None
    #: The version of the draft that was reviewed; ``None`` publishes whatever it is now.
    draft_version: int | None = None
    #: Scenarios or examples kept beside the draft that fail with it, by title; who publishes all the same says why in
    #: the note.
    failing: tuple[str, ...] = ()
    object: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", definition_object(self.kind, self.key_name))


@dataclass(frozen=True, kw_only=True)
class RetireDefinition(ConfigurationCommand):
    """Take a published version out of use for new cases; the cases that run it go on."""

    kind: DefinitionKind
    key_name: str
    number: int
    note: str = ""
    object: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", definition_object(self.kind, self.key_name))


@dataclass(frozen=True, kw_only=True)
class KeepScenarios(ConfigurationCommand):
    """Keep a file of scenarios beside a process; any text may be one."""

    takes_effect: ClassVar[bool] = False

    process: str
    name: str
    title: str
    source: str
    object: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", scenarios_object(self.process, self.name))


@dataclass(frozen=True, kw_only=True)
class RemoveScenarios(ConfigurationCommand):
    """Take a file of scenarios away from a process; it comes back by being kept again."""

    takes_effect: ClassVar[bool] = False

    process: str
    name: str
    object: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", scenarios_object(self.process, self.name))
