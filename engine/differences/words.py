"""Differences in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.differences.pieces import Piece

#: In Chinese and in English.
Texts = tuple[str, str]

_CHANGES: Final[Mapping[str, Texts]] = {
    "added": ("新增", "added"),
    "removed": ("删去", "removed"),
    "changed": ("改动", "changed"),
    "moved": ("移动", "moved"),
}
_LONGEST: Final = 200


@dataclass(frozen=True, kw_only=True)
class Words:
    """What the pieces and properties of one dialect are called."""

    kinds: Mapping[str, Texts]
    #: By whole path, or by the part before what stands in brackets.
    properties: Mapping[str, Texts]

    def piece(self, piece: Piece, change: str) -> Texts:
        """Such as ``新增用户任务“复核”``."""
        zh, en = self.kinds.get(piece.kind, (piece.kind, piece.kind))
        done_zh, done_en = _CHANGES[change]
        name = piece.name or piece.id
        return f"{done_zh}{zh}“{name}”", f'{en} "{piece.name_en or name}" {done_en}'

    def property(self, path: str, before: str | None, after: str | None) -> Texts:
        """Such as ``时长：PT2H → PT4H``."""
        zh, en = self._label(path)
        if before is None:
            return f"新增{zh}：{_short(after)}", f"{en} added: {_short(after)}"
        if after is None:
            return f"去掉{zh}：{_short(before)}", f"{en} removed: {_short(before)}"
        return f"{zh}：{_short(before)} → {_short(after)}", f"{en}: {_short(before)} → {_short(after)}"

    def _label(self, path: str) -> Texts:
        if path in self.properties:
            return self.properties[path]
        general, bracket, inside = path.partition("[")
        # The last step says most of a path that has no words of its own.
        tail = general.rpartition("/")[2].lstrip("@")
        zh, en = self.properties.get(general) or self.properties.get(tail) or (path, path)
        named = inside.partition("]")[0] if bracket else ""
        return (f"{zh} {named}", f"{en} {named}") if named and (zh, en) != (path, path) else (zh, en)


def _short(text: str | None) -> str:
    shown = text or ""
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
