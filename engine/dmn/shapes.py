"""The members that values of a type, and what decisions come to, have: for the check of names."""

from __future__ import annotations

from engine.dmn.graph import Decision, DecisionService, Element
from engine.dmn.tables import DecisionTable
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

    def answered_by(self, element: Element) -> Shape:
        """What can be read from what a decision or decision service comes to."""
        declared = self.of(element.type_)
        if declared != "any":
            return declared
        match element:
            case Decision(table=DecisionTable() as table):
                return self._of_table(table)
            case DecisionService(outputs=[only]):
                return self.answered_by(only)
            case DecisionService(outputs=outputs):
                return {output.variable: self.answered_by(output) for output in outputs}
        return "any"

    def _of_table(self, table: DecisionTable) -> Shape:
        """Several outputs are the members of one answer or of each; what one output yields may be one or many."""
        if len(table.outputs) < 2 or table.aggregation is not None:
            return "any"
        return {output.name: self.of(output.type_) for output in table.outputs}

    def _worked_out(self, plain: FeelType) -> Shape:
        if isinstance(plain, ListType):
            element = self.of(plain.element)
            return "any" if isinstance(element, str) else element
        if isinstance(plain, ContextType) and plain.members is not None:
            return {name: self.of(member) for name, member in plain.members.items()}
        return plain.name if isinstance(plain, SimpleType) and plain != ANY else "any"
