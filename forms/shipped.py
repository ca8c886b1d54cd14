"""The forms that come with the product: the starting point of every city, to be edited like any other."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent / "standard"


def standard_forms() -> dict[str, bytes]:
    """The files of the standard forms by key, exactly as shipped."""
    return {path.stem: path.read_bytes() for path in sorted(_FOLDER.glob("*.json"))}
