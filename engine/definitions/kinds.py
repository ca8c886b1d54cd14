"""What can be drafted and published, and what a check of one has to answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.storage.unit_of_work import UnitOfWork


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
    #: What is published in the stead of the source, when the check has completed it.
    completed: bytes | None = None
    #: The messages, signals and kinds of timer that begin a process, such as ``message:paid``.
    starts_by: tuple[str, ...] = ()


#: Checks a source completely, beside what else is published. Raises ``Invalid`` with every finding when it may not be.
Check = Callable[[bytes, UnitOfWork], Awaitable[Checked]]
Checks = Mapping[DefinitionKind, Check]


#: Follows a change of which version of a key is in force, within its transaction. Raises a ``Refusal`` of the change.
InForce = Callable[[DefinitionKind, str, UnitOfWork], Awaitable[None]]


async def nothing_follows(_kind: DefinitionKind, _key: str, _uow: UnitOfWork) -> None:
    """Where nothing depends on it."""


def alone(check: Callable[[bytes], Checked]) -> Check:
    """A check that looks at nothing but the source. It runs aside: compiling takes long enough for others to notice."""

    async def checked(source: bytes, _uow: UnitOfWork) -> Checked:
        return await asyncio.to_thread(check, source)

    return checked


def definition_object(kind: DefinitionKind, key: str) -> str:
    """Name of the configuration object of all published versions of a key."""
    return f"definition:{kind}:{key}"


def draft_object(kind: DefinitionKind, key: str) -> str:
    """Name of the configuration object of a key's draft."""
    return f"definition-draft:{kind}:{key}"


def scenarios_object(process: str, name: str) -> str:
    """Name of the configuration object of a file of scenarios."""
    return f"scenarios:{process}:{name}"


def request_object(kind: DefinitionKind, key: str) -> str:
    """Name of the configuration object of what is asked to be published under a key."""
    return f"publication-request:{kind}:{key}"
