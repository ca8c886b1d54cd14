"""The reference names everything the engine executes, refuses and says."""

from __future__ import annotations

import re
from pathlib import Path

from docs.reference import rules

ROOT = Path(__file__).parents[3]
REFERENCE = (ROOT / "docs" / "reference" / "bpmn.md").read_text(encoding="utf-8")
STUCK = re.compile(r"(?:Stuck\(|return Stuck\()\s*\"([a-z_]+)\"")


def test_every_rule_is_told_as_the_catalogue_has_it() -> None:
    assert rules.DOCUMENT.read_text(encoding="utf-8") == rules.text(), "run: python -m docs.reference.rules"


def test_every_cause_of_a_fault_is_told() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "engine" / "spiff").rglob("*.py")]
    raised = {code for source in sources for code in STUCK.findall(source)}
    told = set(re.findall(r"^\| `([a-z_]+)` \|", REFERENCE.split("## Faults")[1].split("## Path")[0], re.MULTILINE))
    assert raised == told
