"""Which versions of forms there are, and which of them a task is bound to when it is opened; pure."""

from __future__ import annotations

from collections.abc import Iterable

from engine.definitions import StoredVersion, VersionState


class FormVersions:
    """All versions of all forms, as of one moment."""

    def __init__(self, stored: Iterable[StoredVersion] = ()) -> None:
        """``stored`` ascends by number within each key."""
        self._shas: dict[tuple[str, int], bytes] = {}
        self._bound: dict[tuple[str, str], int] = {}
        for version in stored:
            self._shas[version.key, version.number] = version.sha
            if version.state is VersionState.PUBLISHED:
                self._bound |= {(version.key, tag): version.number for tag in ("", version.version_tag)}

    @property
    def shas(self) -> frozenset[bytes]:
        """Hashes of all versions, retired ones too."""
        return frozenset(self._shas.values())

    def bound(self, form: str, tag: str) -> int:
        """Number of the version published last, of those with the tag unless it is empty; 0 when there is none."""
        return self._bound.get((form, tag), 0)

    def sha(self, form: str, version: int) -> bytes | None:
        """Hash of a version, published or retired; ``None`` when there never was one."""
        return self._shas.get((form, version))
