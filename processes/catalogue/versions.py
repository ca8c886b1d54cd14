"""Versions of anything that is edited and dated. A case keeps the version it was filed under."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from processes.catalogue.errors import CatalogueError


class Digestible(Protocol):
    """Content that can tell whether it changed."""

    @property
    def digest(self) -> str:
        """A hash of the content."""


Content = TypeVar("Content", bound=Digestible)


@dataclass(frozen=True, slots=True)
class Version(Generic[Content]):
    """Content under a number, in force from an instant until the next version is."""

    number: int
    content: Content
    #: Aware.
    effective_at: datetime
    #: Why it was published.
    note: str = ""


@dataclass(frozen=True, slots=True)
class History(Generic[Content]):
    """All versions, from the first. Nothing is edited or removed."""

    versions: tuple[Version[Content], ...] = ()

    @property
    def latest(self) -> Version[Content] | None:
        """The version published last, in force or not yet."""
        return self.versions[-1] if self.versions else None

    @property
    def latest_number(self) -> int:
        """The number published last; 0 before the first."""
        return self.versions[-1].number if self.versions else 0

    def version(self, number: int) -> Version[Content]:
        """The version of a number, or CatalogueError `unknown_version`."""
        for version in self.versions:
            if version.number == number:
                return version
        raise CatalogueError(
            "unknown_version", f"没有第 {number} 版", f"there is no version {number}", pointer="/version"
        )

    def in_force(self, at: datetime) -> Version[Content]:
        """The version in force at an instant, or CatalogueError `none_in_force`."""
        _require_aware(at)
        for version in reversed(self.versions):
            if version.effective_at <= at:
                return version
        raise CatalogueError(
            "none_in_force", f"{at.isoformat()} 尚无生效版本", f"no version is in force at {at.isoformat()}"
        )

    def published(self, content: Content, *, based_on: int, effective_at: datetime, note: str = "") -> History[Content]:
        """The history with one more version.

        Refused: `stale` when another version was published since `based_on`, `unchanged` content, an instant before
        that of the latest version (`not_later`) or without offset (`naive_instant`).
        """
        _require_aware(effective_at)
        latest = self.latest
        if based_on != self.latest_number:
            raise CatalogueError(
                "stale",
                f"此修改基于第 {based_on} 版，现已是第 {self.latest_number} 版",
                f"this change is based on version {based_on}; version {self.latest_number} stands now",
                pointer="/based_on",
            )
        if latest and latest.content.digest == content.digest:
            raise CatalogueError("unchanged", "内容与当前版本相同", "the content is that of the latest version")
        if latest and effective_at < latest.effective_at:
            raise CatalogueError(
                "not_later",
                "生效时间早于上一版本",
                "a version cannot take effect before the one it follows",
                pointer="/effective_at",
            )
        return History((*self.versions, Version(self.latest_number + 1, content, effective_at, note)))


def _require_aware(instant: datetime) -> None:
    if instant.tzinfo is None:
        raise CatalogueError(
            "naive_instant", "时间必须带时区", "an instant must carry its offset", pointer="/effective_at"
        )
