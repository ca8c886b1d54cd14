"""What can be asked of a case beyond the tasks of its diagram: the use of a verb."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.commands import TreeCommand


@dataclass(frozen=True, kw_only=True)
class UseVerb(TreeCommand):
    """Start the procedure of a verb on a case or on one of its open activities."""

    verb: str
    #: The answer to the verb's form.
    data: Mapping[str, Any] = field(default_factory=dict)
    comment: str = ""
    #: The open task that it is about, where there are several that it could be about.
    task: int | None = None
