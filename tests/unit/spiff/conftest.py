"""What every test of the engine may ask for."""

from __future__ import annotations

import pytest


@pytest.fixture(params=[False, True], ids=["straight", "stored and loaded"])
def reloads(request: pytest.FixtureRequest) -> bool:
    """Whether the instances are stored and loaded after each step."""
    return bool(request.param)
