"""No committed file names a package registry's host or a path of one machine."""

from __future__ import annotations

import re

import pytest

from tests.house.sources import ROOT, committed_files

# Written with classes so that this file does not name them itself.
REGISTRY = re.compile(
    r"p[y]pi\.org|python[h]osted\.org|npm[j]s\.(?:org|com)|deb\.deb[i]an\.org|crates[.]io|repo1?\.mav[e]n|proxy\.gol[a]ng"
)
ONE_MACHINE = re.compile(r"(?<![\w.])/(?:r[o]ot|w[o]rk|f[a]rm|h[o]me/\w+)/|/t[m]p/bash_")
LARGEST_TEXT = 2_000_000


def texts() -> list[str]:
    small = (name for name in committed_files() if (ROOT / name).stat().st_size <= LARGEST_TEXT)
    return [name for name in small if b"\0" not in (ROOT / name).read_bytes()[:8000]]


@pytest.mark.parametrize("name", texts())
def test_a_committed_file_names_no_registry_and_no_machine(name: str) -> None:
    lines = (ROOT / name).read_text(errors="replace").splitlines()
    found = [
        f"{number}: {line[:120]}"
        for number, line in enumerate(lines, 1)
        if REGISTRY.search(line) or ONE_MACHINE.search(line)
    ]
    assert not found, f"{name} names a registry host or a path of one machine: {found}"
