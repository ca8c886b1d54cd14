"""Writes docs/reference/rules.md: everything that the lint of diagrams may say.

python -m docs.reference.rules
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from engine.spiff.rules import CHAPTERS, Rule

DOCUMENT = Path(__file__).parent / "rules.md"
HEAD = """# 流程图检查规则 Rules of the lint of diagrams

由 `python -m docs.reference.rules` 写出。error 拒绝发布；warning 与 note 随定义保存。每条都指明元素和行号。
Written by `python -m docs.reference.rules`. An error refuses the diagram; warnings and notes are kept with the
definition. Each names an element and a line. What is executed at all stands in [bpmn.md](bpmn.md).
"""


def text() -> str:
    """The whole document."""
    return "\n".join([HEAD, *(line for title, rules in CHAPTERS.items() for line in _chapter(title, rules.items()))])


def _chapter(title: str, rules: Iterator[tuple[str, Rule]]) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| | | |"
    yield "|---|---|---|"
    for identity, rule in rules:
        told = f"{_told(rule.zh, rule.fix_zh)}<br>{_told(rule.en, rule.fix_en)}"
        yield f"| `{identity}` | {rule.severity.value} | {told} |"
    yield ""


def _told(message: str, fix: str) -> str:
    """What is said, then what to do about it."""
    return f"{message} *{fix}*" if fix else message


if __name__ == "__main__":
    DOCUMENT.write_text(text())
