"""What is checked of a file of decisions before it may be used: that it loads, that it means what it says."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches

from engine.decisions.lookup import Decisions
from engine.decisions.model import CASE, DecisionModel
from engine.definition import DefinitionRefused, Finding, Severity
from engine.dmn import DmnError, lint_model, load_model
from engine.dmn import Finding as ModelFinding
from engine.feel import STANDARD, FunctionTable

_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,254}")


def load_decisions(source: bytes, *, functions: FunctionTable = STANDARD) -> DecisionModel:
    """The model of a stored file. Raises ``DefinitionRefused`` for one that cannot be loaded.

    What was published once loads on, also when the lint has learnt more since.
    """
    try:
        model = load_model(source, functions=functions)
    except DmnError as error:
        raise DefinitionRefused((finding_of(error),)) from error
    if not _KEY.fullmatch(model.id):
        raise DefinitionRefused((_without_key(model.id),))
    return DecisionModel(
        key=model.id,
        name=model.name or model.id,
        version_tag=model.version_tag,
        sha=hashlib.sha256(source).digest(),
        model=model,
    )


def lint_decisions(
    source: bytes,
    *,
    functions: FunctionTable = STANDARD,
    facts: Collection[str] | None = None,
    decisions: Decisions | None = None,
) -> list[Finding]:
    """Everything a check has to say of any bytes, errors and warnings; never raises.

    ``facts`` are those of a case, ``decisions`` what else is published; without them they are not compared.
    """
    try:
        model = load_decisions(source, functions=functions)
    except DefinitionRefused as refused:
        return list(refused.findings)
    findings = [_of_model(finding) for finding in lint_model(model.model)]
    findings.extend(_unusable(model))
    findings.extend(_unknown_facts(model, facts))
    findings.extend(_taken(model, decisions))
    return sorted(findings, key=lambda finding: finding.line or 0)


def finding_of(error: DmnError) -> Finding:
    """What keeps a model from being loaded."""
    return Finding(
        rule=f"decision.{error.code}",
        severity=Severity.ERROR,
        element=error.element_id,
        line=error.line,
        message_zh=error.message_zh,
        message_en=error.message_en,
    )


def _of_model(found: ModelFinding) -> Finding:
    return Finding(
        rule=f"decision.{found.rule}",
        severity=Severity(found.severity.value),
        element=found.element_id,
        line=found.line,
        row=found.row,
        message_zh=found.message_zh,
        message_en=found.message_en,
    )


def _error(rule: str, element: str | None, texts: tuple[str, str], *, line: int | None = None) -> Finding:
    zh, en = texts
    return Finding(rule=rule, severity=Severity.ERROR, element=element, line=line, message_zh=zh, message_en=en)


def _without_key(found: str) -> Finding:
    zh = f"definitions 的 id“{found[:40]}”不能作标识：以字母或下划线开头，只含字母、数字、点、横线和下划线"
    en = f'the id "{found[:40]}" of the definitions cannot be a key: letters, digits, dot, hyphen, underscore'
    return _error("decision.key", None, (zh, en), line=1)


def _unusable(model: DecisionModel) -> Iterator[Finding]:
    """A file without a decision, and decisions that no diagram could name."""
    if not model.decisions:
        yield _error("decision.none", None, ("文件中没有决策", "the file holds no decision"), line=1)
    for decision in model.decisions:
        if not _KEY.fullmatch(decision):
            zh = f"决策的 id“{decision[:40]}”不能用：以字母或下划线开头，只含字母、数字、点、横线和下划线"
            en = f'the id "{decision[:40]}" of a decision cannot be used: letters, digits, dot, hyphen, underscore'
            yield _error("decision.id", decision, (zh, en), line=model.model.elements[decision].line)


def _unknown_facts(model: DecisionModel, facts: Collection[str] | None) -> Iterator[Finding]:
    for name in sorted(model.facts or ()):
        if facts is not None and name not in facts:
            close = get_close_matches(name, list(facts), n=1)
            zh = f"案件没有名为“{name}”的事实" + (f"，是否想写 {CASE}.{close[0]}？" if close else "")
            en = f'the case has no fact named "{name}"' + (f"; did you mean {CASE}.{close[0]}?" if close else "")
            yield _error("decision.unknown_fact", None, (zh, en))


def _taken(model: DecisionModel, decisions: Decisions | None) -> Iterator[Finding]:
    """A decision is called by its id alone, so one file holds it."""
    for decision in model.decisions:
        other = decisions.latest(decision) if decisions is not None else None
        if other is not None and other.key != model.key:
            zh = f"决策 {decision} 已由“{other.key}”发布，id 不能重复"
            en = f"the decision {decision} is published by {other.key} already; an id is given once"
            yield _error("decision.taken", decision, (zh, en), line=model.model.elements[decision].line)
