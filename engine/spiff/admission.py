"""What may not be told to a live tree: names that mean something else, hands that must stay apart."""

from __future__ import annotations

from collections.abc import Mapping

from engine.errors import Forbidden, Invalid
from engine.feel import Value
from engine.spiff.activation import Activation
from engine.spiff.compiling import RESERVED
from engine.spiff.performers import performers_of


def refuse_reserved(values: Mapping[str, Value]) -> None:
    """Raises ``Invalid`` for a name that cannot be a variable."""
    for name in values:
        if name in RESERVED:
            raise Invalid(
                "reserved_name",
                f"“{name}”有固定含义，不能作变量名。",
                f'Expected a variable name, but "{name}" has a meaning of its own.',
                pointer=f"/data/{name}",
            )


def refuse_joined_hands(activation: Activation, actor: str) -> None:
    """Four eyes also hold for tasks that were open at the same time."""
    if actor in performers_of(activation, activation.task_spec.behaviour.separate_from):
        raise Forbidden(
            "task_separated",
            "您办理过须与此任务分离的任务，不能再办理它。",
            "Expected another person than the one who performed a task this one is separate from, but it is the same.",
            element=activation.task_spec.element,
        )
