"""Where variables live: one scope for the instance, each open sub-process, each activity with input mappings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from engine.feel import Value
from engine.spiff.stored_values import decode_values, encode_values


class Writing(NamedTuple):
    """When a variable was last written, and in which branch."""

    moment: int
    #: The branch is named by the moment at which it began.
    branch: int


class Scope:
    """The variables of one level; reading walks up, and values that nobody touches are never decoded."""

    __slots__ = ("_encoded", "_values", "id", "parent", "writings")
    #: Whether it is read only.
    is_past = False

    def __init__(self, identity: int, parent: Scope | None, encoded: bytes | None = None) -> None:
        self.id = identity
        self.parent = parent
        self.writings: dict[str, Writing] = {}
        self._encoded = encoded
        self._values: dict[str, Value] | None = {} if encoded is None else None

    @property
    def values(self) -> Mapping[str, Value]:
        """The variables of this level alone."""
        if self._values is None:
            self._values = decode_values(self._encoded or b"")
        return self._values

    @property
    def encoded(self) -> bytes:
        """The variables as they are stored."""
        if self._encoded is None:
            self._encoded = encode_values(self._values or {})
        return self._encoded

    def put(self, name: str, value: Value, writing: Writing) -> bool:
        """Set a variable; whether this loses what another branch wrote since the writing branch began."""
        before = self.writings.get(name)
        if self._values is None:
            self._values = decode_values(self._encoded or b"")
        self._values[name] = value
        self._encoded = None
        self.writings[name] = writing
        return before is not None and before.branch != writing.branch and before.moment > writing.branch

    def holder_of(self, name: str) -> Scope:
        """The nearest scope that has the variable to be written, else the outermost."""
        scope = self
        while scope.parent is not None and (scope.is_past or name not in scope.values):
            scope = scope.parent
        return scope

    def seen(self) -> dict[str, Value]:
        """All variables that are seen from here."""
        seen: dict[str, Value] = {}
        scope: Scope | None = self
        while scope is not None:
            seen = {**scope.values, **seen}
            scope = scope.parent
        return seen


class PastScope(Scope):
    """Variables as they once were: they are read, and writings go past them."""

    __slots__ = ()
    is_past = True


class Names:
    """All names an expression may read at one place: ``case`` and ``task`` first, then the scopes outwards.

    The first are made when they are read: most expressions read one of them at most.
    """

    __slots__ = ("_fixed", "_scope")

    def __init__(self, scope: Scope, fixed: Mapping[str, Callable[[], Value]]) -> None:
        self._scope = scope
        self._fixed = fixed

    def __contains__(self, name: object) -> bool:
        return name in self._fixed or self._find(name) is not None

    def __getitem__(self, name: str) -> Value:
        if name in self._fixed:
            return self._fixed[name]()
        scope = self._find(name)
        if scope is None:
            raise KeyError(name)
        return scope.values[name]

    def get(self, name: str, default: Value = None) -> Value:
        """The value of a name, or ``default`` when there is none."""
        if name in self._fixed:
            return self._fixed[name]()
        scope = self._find(name)
        return default if scope is None else scope.values[name]

    def _find(self, name: object) -> Scope | None:
        scope: Scope | None = self._scope
        while scope is not None and name not in scope.values:
            scope = scope.parent
        return scope
