"""What the keys of the catalogue say by themselves: ``component-0101-02`` is a condition of sub-category
``component-0101`` of class ``component-01`` of kind ``component``.
"""

from __future__ import annotations

_CLASS_DIGITS = 2


def kind_of(subcategory: str) -> str:
    """The kind of a sub-category."""
    return subcategory.partition("-")[0]


def class_of(subcategory: str) -> str:
    """The class of a sub-category."""
    kind, dash, code = subcategory.partition("-")
    return f"{kind}{dash}{code[:_CLASS_DIGITS]}"


def subcategory_of(condition: str) -> str:
    """The sub-category of a filing condition."""
    return condition.rpartition("-")[0]
