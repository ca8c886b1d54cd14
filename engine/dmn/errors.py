"""What can be wrong with a decision model."""

from __future__ import annotations

from engine.dmn.texts import text_of


class DmnError(Exception):
    """A model cannot be loaded, or a decision cannot be found; `element_id` and `line` say where."""

    def __init__(self, code: str, *, element_id: str | None = None, line: int | None = None, **fields: object) -> None:
        self.code = code
        self.element_id = element_id
        self.line = line
        self.message_zh, self.message_en = text_of(code, fields)
        super().__init__(f"{self._place()}{self.message_en}")

    def _place(self) -> str:
        parts = [f"line {self.line}"] if self.line else []
        parts += [str(self.element_id)] if self.element_id else []
        return f"{', '.join(parts)}: " if parts else ""
