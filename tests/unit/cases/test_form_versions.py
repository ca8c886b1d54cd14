"""Which version of a form a task is bound to when it is opened."""

from __future__ import annotations

from engine.definitions import StoredVersion, VersionState
from processes.cases.form_versions import FormVersions


def stored(number: int, tag: str = "", *, key: str = "filing", retired: bool = False) -> StoredVersion:
    state = VersionState.RETIRED if retired else VersionState.PUBLISHED
    return StoredVersion(key=key, number=number, sha=f"{key}{number}".encode(), state=state, version_tag=tag)


def test_the_version_published_last_is_bound() -> None:
    versions = FormVersions([stored(1), stored(2), stored(7, key="closure")])
    assert (versions.bound("filing", ""), versions.bound("closure", "")) == (2, 7)


def test_a_tag_binds_the_last_of_its_versions() -> None:
    versions = FormVersions([stored(1, "spring"), stored(2, "spring"), stored(3, "autumn")])
    assert [versions.bound("filing", tag) for tag in ("", "spring", "autumn")] == [3, 2, 3]


def test_a_retired_version_is_bound_no_more_but_found_for_ever() -> None:
    versions = FormVersions([stored(1), stored(2, "spring", retired=True)])
    assert (versions.bound("filing", ""), versions.bound("filing", "spring")) == (1, 0)
    assert versions.sha("filing", 2) == b"filing2"
    assert versions.shas == {b"filing1", b"filing2"}


def test_what_was_never_published_is_not_there() -> None:
    assert FormVersions().bound("filing", "") == 0
    assert FormVersions([stored(1)]).sha("filing", 2) is None
