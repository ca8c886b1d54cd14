"""What is different between two versions of a definition, piece by piece and in words."""

from engine.differences.comparing import Change, PieceDifference, PropertyDifference, compared
from engine.differences.flattening import Dialect, properties_of
from engine.differences.pieces import Piece, Pieces
from engine.differences.words import Words

__all__ = [
    "Change",
    "Dialect",
    "Piece",
    "PieceDifference",
    "Pieces",
    "PropertyDifference",
    "Words",
    "compared",
    "properties_of",
]
