"""The members that values of a type have, for the check of names."""

from __future__ import annotations

from engine.feel import Shape
from engine.feel.embedding import ANY, ContextType, FeelType, ListType, SimpleType, unconstrained


class Shapes:
    """The shapes of types; types that share parts yield shapes that share them too."""

    def __init__(self) -> None:
        # Kept by identity together with the type, so that no other type can take its place.
        self._known: dict[int, tuple[FeelType, Shape]] = {}

    def of(self, type_: FeelType | None) -> Shape:
        """What can be read from a value of the type; the members of a list are those of its elements."""
        plain = unconstrained(type_) if type_ is not None else ANY
        if id(plain) not in self._known:
            self._known[id(plain)] = (plain, self._worked_out(plain))
        return self._known[id(plain)][1]

    def _worked_out(self, plain: FeelType) -> Shape:
        if isinstance(plain, ListType):
            element = self.of(plain.element)
            return "any" if isinstance(element, str) else element
        if isinstance(plain, ContextType) and plain.members is not None:
            return {name: self.of(member) for name, member in plain.members.items()}
        return plain.name if isinstance(plain, SimpleType) and plain != ANY else "any"
