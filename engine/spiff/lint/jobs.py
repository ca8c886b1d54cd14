"""Tasks of outside systems: they say what is to be done, and give nothing away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from difflib import get_close_matches

from engine.definition import Finding
from engine.feel import parse_attribute
from engine.spiff.compiling import Compiled
from engine.spiff.diagram import Diagram, Node
from engine.spiff.limits import LONGEST_TOPIC, MOST_RETRIES
from engine.spiff.rules import finding
from engine.spiff.supported import OUTSIDE
from engine.spiff.whole_numbers import whole_number
from engine.spiff.xml import ZEEBE

#: Ids of the element templates of outside systems begin with it; the name of the system follows.
TEMPLATE_PREFIX = "guiliu.connector."

_SECRET_NAME = re.compile(
    r"authorization|password|passwd|secret|api[-_]?key|access[-_]?key|private[-_]?key|token|credential|口令|密码|密钥",
    re.IGNORECASE,
)
_SECRET_VALUE = re.compile(r"(?i)\b(bearer|basic)\s+\S{8,}|://[^/\s]*:[^/\s]*@|-----BEGIN ")


def check_jobs(diagram: Diagram) -> Iterator[Finding]:
    """Each task of an outside system has a topic, sensible retries, headers given once, and no secret."""
    for node in diagram.nodes.values():
        if node.kind in OUTSIDE and not node.throws_message:
            yield from _check_topic(node)
            yield from _check_retries(node)
            yield from _check_headers(node)
            yield from _check_secrets(node)


def check_templates(diagram: Diagram, targets: Collection[str]) -> Iterator[Finding]:
    """Who applies the template of an outside system asks that system."""
    for node in diagram.nodes.values():
        template = node.xml.get(f"{{{ZEEBE}}}modelerTemplate") or ""
        if not template.startswith(TEMPLATE_PREFIX):
            continue
        target, written = template.removeprefix(TEMPLATE_PREFIX), dict(node.declared.headers).get("target", "")
        if target not in targets:
            yield finding("job.template_unknown", node.id, line=node.line, target=target[:40])
        elif written != target:
            yield finding("job.template_left", node.id, line=node.line, target=target, written=written[:40])


def check_targets(compiled: Compiled, targets: Collection[str]) -> Iterator[Finding]:
    """The outside systems that are named are there."""
    for behaviour in compiled.behaviours.values():
        job = behaviour.job
        target = (job.target or job.topic.literal) if job else ""
        if job and target and target not in targets:
            close = get_close_matches(target, list(targets), n=1)
            yield finding(
                "job.target_unknown",
                behaviour.element,
                line=job.topic.line,
                target=target,
                hint_zh=f"是否想写 {close[0]}？" if close else "",
                hint_en=f" Did you mean {close[0]}?" if close else "",
            )


def _check_topic(node: Node) -> Iterator[Finding]:
    topic, target = node.declared.topic, dict(node.declared.headers).get("target", "")
    if not topic.removeprefix("=").strip():
        yield finding("job.topic", node.id, line=node.line)
    for attribute, name in (("type", topic), ("target", target)):
        if len(name) > LONGEST_TOPIC and parse_attribute(name) is None:
            yield finding("job.name", node.id, line=node.line, attribute=attribute, name=name[:40], limit=LONGEST_TOPIC)


def _check_retries(node: Node) -> Iterator[Finding]:
    written = node.declared.retries
    if written and parse_attribute(written) is None and whole_number(written, 1, MOST_RETRIES) is None:
        yield finding("job.retries", node.id, line=node.line, value=written[:40], limit=MOST_RETRIES)


def _check_headers(node: Node) -> Iterator[Finding]:
    for name, count in Counter(name for name, _ in node.declared.headers).items():
        if count > 1:
            yield finding("job.header_duplicate", node.id, line=node.line, name=name[:40])


def _check_secrets(node: Node) -> Iterator[Finding]:
    headers = [(name, value) for name, value in node.declared.headers if value]
    literals = [(each.target, each.source) for each in node.declared.inputs if parse_attribute(each.source) is None]
    computed = [(each.target, each.source) for each in node.declared.inputs if parse_attribute(each.source) is not None]
    for name, value in (*headers, *literals):
        if _SECRET_NAME.search(name) or _SECRET_VALUE.search(value):
            yield finding("job.secret", node.id, line=node.line, name=name[:40])
    for name, value in computed:
        text = value.removeprefix("=").strip()
        if _SECRET_VALUE.search(value) or (_SECRET_NAME.search(name) and text.startswith('"')):
            yield finding("job.secret", node.id, line=node.line, name=name[:40])
