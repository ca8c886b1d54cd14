"""Publishing although something that is kept beside a definition speaks against it: only with a word on why."""

from __future__ import annotations

from collections.abc import Mapping

from engine.definitions.commands import PublishDefinition
from engine.definitions.kinds import DefinitionKind
from engine.errors import Invalid

#: What may fail before a kind is published: a code, and words.
_FAILING: Mapping[DefinitionKind, tuple[str, str, str]] = {
    DefinitionKind.PROCESS: ("scenarios_failing", "场景不通过", "scenarios"),
    DefinitionKind.DECISION: ("examples_failing", "例子不符", "examples"),
}


def check_said_why(command: PublishDefinition) -> None:
    """What fails is published by whoever says why. Raises ``Invalid`` with the titles of what failed."""
    if command.failing and not command.note.strip():
        named = command.failing[:5]
        code, zh, en = _FAILING[command.kind]
        raise Invalid(
            code,
            f"有 {len(command.failing)} 个{zh}（{'、'.join(named)}），请在变更说明里写明为何仍要发布",
            f"Expected a note on why it is published although {en} fail: {', '.join(named)}",
            pointer="/note",
            details={"failing": list(command.failing)},
        )
