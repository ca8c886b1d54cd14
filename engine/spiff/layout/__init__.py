"""A picture for diagrams that have none: columns from left to right, the same for the same diagram. Pure."""

from __future__ import annotations

from engine.spiff.layout.picture import laid_out

__all__ = ["laid_out"]
