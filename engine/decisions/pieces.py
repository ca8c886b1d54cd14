"""A decision model taken apart, to be compared with another."""

from __future__ import annotations

from engine.decisions.lint import finding_of
from engine.definition import DefinitionRefused
from engine.differences import Pieces
from engine.dmn import DmnError, pieces_of


def decision_pieces(source: bytes) -> Pieces:
    """Its decisions, inputs, types, columns and rules. Raises ``DefinitionRefused`` for what cannot be read."""
    try:
        return pieces_of(source)
    except DmnError as error:
        raise DefinitionRefused((finding_of(error),)) from error
