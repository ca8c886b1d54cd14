"""Gateways that choose: exclusive and inclusive splits by conditions, event-based ones by what comes first."""

from __future__ import annotations

from typing import Any

from engine.feel import kind_of
from engine.spiff.activation import Activation, Phase
from engine.spiff.faults import Stuck
from engine.spiff.run import Run
from engine.spiff.specs.node import Node, Outgoing
from engine.spiff.variables import evaluate, warn
from engine.spiff.waits import begin, end, plan_all


class ExclusiveGateway(Node):
    """Takes the first flow whose condition is true, in the order of the file, else the default flow."""

    def _execute(self, run: Run, activation: Activation) -> bool:
        if len(self.outgoing) == 1 and self.outgoing[0].condition is None:
            return True
        verdict = _Verdict(run, activation)
        for flow in self.outgoing:
            if verdict.holds(flow):
                activation.chosen = (flow,)
                return True
        activation.chosen = verdict.otherwise(self)
        return True


class InclusiveSplit(Node):
    """Takes every flow without condition or whose condition is true; the default flow when no condition is true."""

    def _execute(self, run: Run, activation: Activation) -> bool:
        verdict = _Verdict(run, activation)
        taken = [flow for flow in self.outgoing if verdict.holds(flow)]
        always = [flow for flow in self.outgoing if flow.condition is None and not flow.is_default]
        has_default = any(flow.is_default for flow in self.outgoing)
        if not taken and (has_default or not always):
            taken = list(verdict.otherwise(self))
        activation.chosen = tuple(flow for flow in self.outgoing if flow in taken or flow in always)
        return True


class EventGateway(Node):
    """Waits for what each of its arms would wait for; the first that comes is taken, the others are given up."""

    def _execute(self, run: Run, activation: Activation) -> bool | None:
        if activation.phase is not Phase.ANSWERED:
            begin(run, activation, plan_all(run, activation, [flow.target for flow in self.outgoing]))
            return None
        end(run, activation)
        activation.chosen = tuple(flow for flow in self.outgoing if flow.target.name == activation.happened)
        return True

    def _on_complete_hook(self, activation: Activation) -> None:
        super()._on_complete_hook(activation)
        for arm in activation.children:
            arm.answer = activation.answer


class _Verdict:
    """Judges the conditions of one activation and remembers what was neither true nor false."""

    def __init__(self, run: Run, activation: Activation) -> None:
        self._run = run
        self._activation = activation
        self._odd: list[tuple[Outgoing, Any]] = []

    def holds(self, flow: Outgoing) -> bool:
        """Whether the flow's condition is true."""
        if flow.condition is None:
            return False
        value = evaluate(self._run, self._activation, flow.condition)
        if value is not True and value is not False:
            self._odd.append((flow, value))
        return value is True

    def otherwise(self, gateway: Node) -> tuple[Outgoing, ...]:
        """The default flow. Raises ``Stuck`` when there is none."""
        default = tuple(flow for flow in gateway.outgoing if flow.is_default)
        if default:
            self._warn()
            return default
        if self._odd:
            flow, value = self._odd[0]
            raise Stuck(
                "condition_not_boolean",
                f"顺序流“{flow.element}”的条件应得到真或假，得到的却是 {kind_of(value)}；网关也没有默认流。",
                f'Expected the condition of flow "{flow.element}" to be true or false, but it is {kind_of(value)}; '
                "the gateway has no default flow.",
            )
        raise Stuck(
            "gateway_without_flow",
            "没有一个条件成立，也没有默认流。",
            "Expected one condition to hold, but none does and there is no default flow.",
        )

    def _warn(self) -> None:
        for flow, value in self._odd:
            warning = {
                "code": "condition_not_boolean",
                "message_zh": f"条件得到的是 {kind_of(value)}，按不成立处理。",
                "message_en": f"The condition is {kind_of(value)}; taken as not true.",
            }
            warn(self._run, self._activation, f"condition:{flow.element}", [warning])
