"""Compiles what a diagram declares, noting everything that cannot be compiled as a finding."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial

from engine.decisions import Binding
from engine.definition import ElementKind, Finding
from engine.effects import EffectKind
from engine.feel import (
    STANDARD,
    FunctionTable,
    parse_attribute,
)
from engine.spiff.attributes import (
    AdHoc,
    Attribute,
    Behaviour,
    Call,
    CalledDecision,
    DeclaredDeadline,
    DeclaredEffect,
    Mapping_,
    MultiInstance,
    OutsideJob,
    Publication,
    PublicationKind,
    StandardLoop,
    Timer,
    Trigger,
    TriggerKind,
)
from engine.spiff.diagram import Diagram, Flow, Node, text_of
from engine.spiff.dialect import Declarations, WrittenMapping
from engine.spiff.event_definitions import code_of
from engine.spiff.expressions import Attributes, Place
from engine.spiff.following import HOST, deadlines_in, reads_host
from engine.spiff.repetition_compiling import MOST_ITEMS_PROPERTY, compile_repetition
from engine.spiff.supported import OUTSIDE, THROWING
from engine.spiff.whole_numbers import whole_number
from engine.spiff.xml import BPMN, local_name

#: Names that expressions find before any variable.
RESERVED = frozenset({"case", "task", HOST})
_FACT = re.compile(r"case\.([^\W\d]\w*)")
#: What may name a variable.
VARIABLE = re.compile(r"[^\W\d]\w*")
DEFAULT_PRIORITY, HIGHEST_PRIORITY = 50, 100
#: The property that says who may begin something.
STARTED_BY = "startedBy"


@dataclass(kw_only=True)
class Compiled:
    """The compiled declarations of a diagram and what was wrong with them."""

    behaviours: dict[str, Behaviour] = field(default_factory=dict)
    #: Conditions by sequence flow id.
    conditions: dict[str, Attribute] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def compile_declarations(diagram: Diagram, functions: FunctionTable = STANDARD) -> Compiled:
    """Compile every expression of a diagram once; never raises."""
    compiler = _Compiler(functions)
    separated = {name for node in diagram.nodes.values() for name in separate_from(node)}
    for node in diagram.nodes.values():
        compiler.compile_node(node, stage=diagram.stage_of(node), is_remembered=node.id in separated)
    for flow in diagram.flows.values():
        compiler.compile_flow(flow)
    compiler.compile_process_deadline(diagram)
    return compiler.compiled


def separate_from(node: Node) -> tuple[str, ...]:
    """The ids that a node's ``separateFrom`` names."""
    return names_in(node.declared.property_values.get("separateFrom", ""))


def called_process(node: Node) -> str:
    """The key of the process that a call activity calls."""
    return node.declared.process or (node.xml.get("calledElement") or "").strip()


def names_in(text: str) -> tuple[str, ...]:
    """The names of a comma-separated list."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


class _Compiler:
    def __init__(self, functions: FunctionTable) -> None:
        self.compiled = Compiled()
        self._read = Attributes(functions, self.compiled.findings)

    def compile_node(self, node: Node, *, stage: str, is_remembered: bool) -> None:
        declared = node.declared
        script = self._script(node)
        groups, assignee = self._standard_owners(node)
        behaviour = Behaviour(
            element=node.id,
            kind=node.kind,
            name=node.name,
            own_stage=declared.property_values.get("stage", ""),
            stage=stage,
            inputs=self._mappings(node, "input", declared.inputs),
            outputs=self._mappings(node, "output", declared.outputs),
            script=script,
            decision=self._decision(node),
            call=self._call(node),
            result=declared.result_variable,
            form=declared.form,
            form_tag=declared.form_tag,
            assignee=self._read.optional(node, "assignee", declared.assignee or assignee),
            groups=self._read.optional(node, "candidateGroups", declared.candidate_groups or groups),
            users=self._read.optional(node, "candidateUsers", declared.candidate_users),
            priority=self._priority(node),
            separate_from=separate_from(node),
            is_remembered=is_remembered,
            attached_to=node.attached_to,
            interrupts=node.interrupts,
            effect=self._effect(node),
            deadline=self._deadline(Place(node.id, node.line, "deadlineLimit"), node.declared),
            job=self._job(node),
            repeats=self._repeats(node),
            ad_hoc=self._ad_hoc(node),
            escalation=declared.property_values.get("escalation", ""),
        )
        each = tuple(self._with_definition(behaviour, one) for one in node.each)
        self.compiled.behaviours[node.id] = each[0] if len(each) == 1 else replace(behaviour, each=each)

    def _with_definition(self, behaviour: Behaviour, node: Node) -> Behaviour:
        """What a node does that has no more than one definition, or none."""
        trigger = _trigger(node)
        return replace(
            behaviour,
            terminates="terminateEventDefinition" in node.triggers,
            timer=self._timer(node),
            publication=self._condition(node) or self._publication(node),
            throws=None if node.catches else trigger,
            catches=trigger if node.catches else None,
        )

    def compile_process_deadline(self, diagram: Diagram) -> None:
        """The time limit of the whole process belongs to the elements where it begins and is met."""
        declared = self._deadline(Place(diagram.key, diagram.line, "deadlineLimit"), diagram.declared)
        if declared is None:
            return
        behaviours = self.compiled.behaviours
        values = diagram.declared.property_values
        starts = [node.id for node in diagram.nodes.values() if _is_start_of(diagram, node)]
        for element in [values["deadlineFrom"]] if "deadlineFrom" in values else starts:
            if element in behaviours:
                behaviours[element] = replace(behaviours[element], begins=declared)
        if (until := values.get("deadlineUntil")) in behaviours:
            behaviours[until] = replace(behaviours[until], meets=True)

    def _deadline(self, place: Place, declared: Declarations) -> DeclaredDeadline | None:
        """The declared time limit; what is wrong with it is said by ``lint.deadlines``."""
        values = declared.property_values
        limit = self._read.written(place, values.get("deadlineLimit", ""))
        if not values.get("deadline") or limit is None:
            return None
        unit = self._read.written(replace(place, attribute="deadlineUnit"), values.get("deadlineUnit", ""))
        calendar = values.get("deadlineCalendar", "")
        return DeclaredDeadline(name=values["deadline"], limit=limit, unit=unit, calendar=calendar)

    def compile_flow(self, flow: Flow) -> None:
        if flow.condition is None:
            return
        place = Place(flow.id, flow.line, "conditionExpression")
        if (expression := self._read.expression(place, flow.condition, language=flow.language)) is not None:
            self.compiled.conditions[flow.id] = Attribute(place.attribute, flow.line, expression=expression)

    def _standard_owners(self, node: Node) -> tuple[str, str]:
        """Groups and assignee as standard BPMN says them: resource roles, else the lane."""
        if node.kind is not ElementKind.USER_TASK:
            return "", ""
        declared = node.declared
        has_own = declared.assignee or declared.candidate_groups or declared.candidate_users
        groups, assignee = text_of(node.xml, "potentialOwner"), text_of(node.xml, "humanPerformer")
        if has_own and (groups or assignee):
            self._read.note("dialect.overrides", node, standard="potentialOwner", ours="zeebe:assignmentDefinition")
        if has_own:
            return "", ""
        return (groups, assignee) if groups or assignee else (node.lane, "")

    def _priority(self, node: Node) -> Attribute | None:
        written = node.declared.priority
        if written and parse_attribute(written) is None and whole_number(written, 0, HIGHEST_PRIORITY) is None:
            self._read.note("task.priority", node, value=written)
            return None
        return self._read.optional(node, "priority", written)

    def _timer(self, node: Node) -> Timer | None:
        """The one timer of an event that waits for it; what is wrong with it is said by ``lint.timers``."""
        if not (node.catches or node.begins_by_event) or not node.timers:
            return None
        written = node.timers[0]
        when = self._read.optional(node, written.kind.value, written.text, line=written.line)
        return None if when is None else Timer(written.kind, when, deadlines_in(when), reads_host(when))

    def _effect(self, node: Node) -> DeclaredEffect | None:
        """What a procedure does to its host; what is wrong with it is said by ``lint.effects``."""
        properties = node.declared.property_values
        written = properties.get("effect")
        if written not in list(EffectKind):
            return None
        return DeclaredEffect(
            kind=EffectKind(written),
            target=properties.get("target", ""),
            amount=self._read.optional(node, "amount", properties.get("amount", "")),
            ends=names_in(properties.get("ends", "")),
        )

    def _job(self, node: Node) -> OutsideJob | None:
        """What an outside system is asked; what is wrong with it is said by ``lint.jobs``."""
        declared = node.declared
        topic = self._read.optional(node, "type", declared.topic) if node.kind in OUTSIDE else None
        if topic is None:
            return None
        headers = dict(declared.headers)
        retries = self._read.optional(node, "retries", declared.retries)
        return OutsideJob(topic=topic, target=headers.pop("target", ""), retries=retries, headers=headers)

    def _condition(self, node: Node) -> Publication | None:
        """The one condition of a catching event; that it has one is said by ``lint.events``."""
        if not node.catches or not node.conditions:
            return None
        condition = self._read.formal(node, "condition", node.conditions[0])
        return None if condition is None else Publication(PublicationKind.CONDITION, node.id, condition=condition)

    def _publication(self, node: Node) -> Publication | None:
        """The one message or signal of a node; what is wrong with it is said by ``lint.messages``."""
        written = next(iter(node.publications), None)
        if written is None or not written.name or (node.kind in OUTSIDE and not node.throws_message):
            return None
        own = node.declared.property_values if node.kind in THROWING else {}
        return Publication(
            written.kind,
            written.name,
            self._read.optional(node, "correlationKey", own.get("correlationKey") or written.key),
            self._read.optional(node, "timeToLive", own.get("timeToLive", "")),
        )

    def _decision(self, node: Node) -> CalledDecision | None:
        """What a business rule task asks; what is wrong with it is said here too."""
        if node.kind is not ElementKind.BUSINESS_RULE_TASK:
            return None
        declared = node.declared
        if not declared.decision:
            self._read.note("decision.missing", node)
            return None
        if parse_attribute(declared.decision) is not None:
            self._read.note("decision.computed", node)
        if declared.result_variable:
            self._check_variable(node, declared.result_variable, node.line)
        else:
            self._read.note("decision.result", node)
        binding, tag = declared.decision_binding or Binding.LATEST, declared.decision_tag
        if binding not in list(Binding):
            self._read.note("decision.binding", node, binding=binding)
            return None
        if bool(tag) is not (binding == Binding.VERSION_TAG):
            self._read.note("decision.version_tag", node, binding=binding, tag=tag)
        return CalledDecision(declared.decision, Binding(binding), tag)

    def _call(self, node: Node) -> Call | None:
        """What a call activity calls; what is wrong with it is said by ``lint.calls``."""
        if node.kind is not ElementKind.CALL_ACTIVITY:
            return None
        declared = node.declared
        binding = declared.process_binding or Binding.LATEST
        return Call(
            process=called_process(node),
            binding=Binding(binding) if binding in list(Binding) else Binding.LATEST,
            tag=declared.process_tag,
            passes_in=declared.passes_in != "false",
            passes_out=declared.passes_out != "false",
        )

    def _repeats(self, node: Node) -> MultiInstance | StandardLoop | None:
        """How an activity is performed several times; what is wrong with it is said by ``lint.repetitions``."""
        most = node.declared.property_values.get(MOST_ITEMS_PROPERTY, "")
        return compile_repetition(
            node.repetition, most, partial(self._read.optional, node), partial(self._read.formal, node)
        )

    def _ad_hoc(self, node: Node) -> AdHoc | None:
        """How an ad-hoc sub-process offers its activities; what is wrong with it is said by ``lint.ad_hoc``."""
        if (written := node.ad_hoc) is None:
            return None
        return AdHoc(
            is_sequential=written.is_sequential,
            begins=self._read.optional(node, "activeElementsCollection", written.begins, line=written.line),
            until=self._read.formal(node, "completionCondition", written.until),
            cancels_rest=written.cancels_rest,
            starters=self._read.optional(node, STARTED_BY, node.declared.property_values.get(STARTED_BY, "")),
        )

    def _script(self, node: Node) -> Attribute | None:
        if node.kind is not ElementKind.SCRIPT_TASK:
            return None
        declared, standard = node.declared, node.xml.find(f"{{{BPMN}}}script")
        if declared.script:
            text, language = declared.script, ""
        elif standard is not None:
            text, language = standard.text or "", node.xml.get("scriptFormat") or "?"
        else:
            self._read.note("script.missing", node)
            return None
        if declared.script and standard is not None:
            self._read.note("dialect.overrides", node, standard="script", ours="zeebe:script")
        if declared.script and not declared.result_variable:
            self._read.note("script.result", node)
        if declared.result_variable:
            self._check_variable(node, declared.result_variable, node.line)
        place = Place(node.id, node.line, "script")
        expression = self._read.expression(place, text, language=language)
        return Attribute(place.attribute, node.line, expression=expression)

    def _mappings(self, node: Node, direction: str, written: Iterable[WrittenMapping]) -> tuple[Mapping_, ...]:
        found = []
        for mapping in written:
            source = self._read.optional(node, f"{direction}:{mapping.target}", mapping.source, line=mapping.line)
            if source is None:
                self._read.note("mapping.source", node, line=mapping.line, target=mapping.target)
                continue
            fact = _FACT.fullmatch(mapping.target) if direction == "output" else None
            if fact is None:
                self._check_variable(node, mapping.target, mapping.line)
            found.append(Mapping_(source, fact[1] if fact else mapping.target, to_fact=fact is not None))
        return tuple(found)

    def _check_variable(self, node: Node, name: str, line: int) -> None:
        if not VARIABLE.fullmatch(name):
            self._read.note("mapping.target", node, line=line, target=name)
        elif name in RESERVED:
            self._read.note("mapping.reserved", node, line=line, target=name)


def _trigger(node: Node) -> Trigger | None:
    """What an event throws or catches inside its tree; what is wrong with it is said by the lint."""
    for definition in node.definitions:
        if (tag := local_name(definition)) in list(TriggerKind):
            return Trigger(TriggerKind(tag), code_of(definition))
    return None


def _is_start_of(diagram: Diagram, node: Node) -> bool:
    return node.kind is ElementKind.START_EVENT and node.scope == diagram.key
