"""Taking in a diagram that was drawn for another engine, and mending one that was drawn for this."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from engine.definition import Finding
from engine.repairs import RepairAction, RepairStep
from engine.spiff.layout import laid_out
from engine.spiff.pools import apart
from engine.spiff.repairs import repaired
from engine.spiff.xml import DocumentRefused

Lint = Callable[[bytes], Sequence[Finding]]
#: One repair may bring to light what another one mends.
_ROUNDS: Final = 5
_LOSING: Final = frozenset({RepairAction.REMOVE_ATTRIBUTE, RepairAction.REMOVE_CHILD, RepairAction.REMOVE_EXTENSION})


@dataclass(frozen=True, kw_only=True)
class Mended:
    """A diagram after everything was done that a machine can do."""

    source: bytes
    #: What is no longer found.
    mended: Sequence[Finding]
    #: What still is.
    findings: Sequence[Finding]


def mended(source: bytes, lint: Lint, wanted: Callable[[Finding], bool] = lambda _finding: True) -> Mended:
    """The diagram with the repairs of all findings, or of those that are wanted; never raises."""
    done: list[Finding] = []
    findings = lint(source)
    for _ in range(_ROUNDS):
        steps = [step for finding in findings if wanted(finding) for step in finding.repair]
        if not steps:
            break
        source = _changed(source, steps)
        before, findings = findings, lint(source)
        left = set(map(_what, findings))
        gone = [finding for finding in before if finding.repair and wanted(finding) and _what(finding) not in left]
        done += gone
        if not gone:
            break
    return Mended(source=source, mended=done, findings=findings)


def taken_in(source: bytes, lint: Lint) -> Mended:
    """A foreign diagram in the dialect of this engine, with a picture; never raises."""
    result = mended(source, lint)
    drawn = laid_out(result.source)
    return Mended(source=drawn, mended=result.mended, findings=lint(drawn))


def taken_apart(source: bytes, lint: Lint) -> Sequence[Mended]:
    """The same of each executable process of a file, in a file of its own; never raises."""
    return [taken_in(one, lint) for one in apart(source)]


def loses(finding: Finding) -> bool:
    """Whether its repair only takes something away."""
    return all(step.action in _LOSING for step in finding.repair)


def _changed(source: bytes, steps: Sequence[RepairStep]) -> bytes:
    try:
        return repaired(source, steps)
    except DocumentRefused:
        return source


def _what(finding: Finding) -> tuple[str, str | None, str]:
    return finding.rule, finding.element, finding.subject
