"""What can be drafted and published, and what a check of one has to answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class DefinitionKind(StrEnum):
    """The kinds of definition."""

    PROCESS = "process"
    DECISION = "decision"
    FORM = "form"


class VersionState(StrEnum):
    """Where a published version stands; a retired one still runs the cases it has."""

    PUBLISHED = "published"
    RETIRED = "retired"


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a definition that may be published says of itself."""

    key: str
    name: str
    version_tag: str = ""


#: Checks a source completely. Raises ``Invalid`` with every finding when it may not be published.
Check = Callable[[bytes], Checked]
Checks = Mapping[DefinitionKind, Check]


def definition_object(kind: DefinitionKind, key: str) -> str:
    """Name of the configuration object of all published versions of a key."""
    return f"definition:{kind}:{key}"


def draft_object(kind: DefinitionKind, key: str) -> str:
    """Name of the configuration object of a key's draft."""
    return f"definition-draft:{kind}:{key}"
