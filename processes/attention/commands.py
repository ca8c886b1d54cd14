"""What somebody can ask for himself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.configuration import ConfigurationCommand
from processes.access import Permission


@dataclass(frozen=True, kw_only=True)
class AttentionCommand(ConfigurationCommand):
    """A change of what one account keeps in sight; running cases do not see it."""

    takes_effect = False

    object: str = field(init=False)
    account: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", f"attention:{self.account}")


@dataclass(frozen=True, kw_only=True)
class SaveFilter(AttentionCommand):
    """Keep a question to a list under a name; the same name again replaces it."""

    page: str
    name: str
    query: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class RemoveFilter(AttentionCommand):
    """Forget a kept question."""

    page: str
    name: str


@dataclass(frozen=True, kw_only=True)
class WatchCase(AttentionCommand):
    """Be told of what happens in a case from now on."""

    case: int


@dataclass(frozen=True, kw_only=True)
class UnwatchCase(AttentionCommand):
    """Be told of a case no more."""

    case: int


@dataclass(frozen=True, kw_only=True)
class SeeNotices(AttentionCommand):
    """Everything that is new in a watched case was seen; without a case, in all of them."""

    case: int | None = None


#: Nobody needs a permission for what is theirs.
ATTENTION_PERMISSIONS: Mapping[type[ConfigurationCommand], Permission | None] = {
    SaveFilter: None,
    RemoveFilter: None,
    WatchCase: None,
    UnwatchCase: None,
    SeeNotices: None,
}
