"""The members that values of a type have, for the check of names."""

from __future__ import annotations

from engine.feel import Shape
from engine.feel.embedding import ANY, ContextType, FeelType, ListType, SimpleType, unconstrained


def shape_of(type_: FeelType | None) -> Shape:
    """What can be read from a value of the type; the members of a list are those of its elements."""
    plain = unconstrained(type_) if type_ is not None else ANY
    if isinstance(plain, ListType):
        element = shape_of(plain.element)
        return "any" if isinstance(element, str) else element
    if isinstance(plain, ContextType) and plain.members is not None:
        return {name: shape_of(member) for name, member in plain.members.items()}
    return plain.name if isinstance(plain, SimpleType) and plain != ANY else "any"
