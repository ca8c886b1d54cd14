"""Likely duplicates: what was reported before that may be the same thing.

Whether it is, a person decides. What speaks for it is told in parts: the same sub-category, how near, how long ago, and
how much the words have in common.
"""

from processes.duplicates.likeness import Likeness, Sought, likeness
from processes.duplicates.queries import DuplicateQueries, LikelyCase

__all__ = ["DuplicateQueries", "LikelyCase", "Likeness", "Sought", "likeness"]
