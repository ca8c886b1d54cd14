"""The one error of this folder."""

from __future__ import annotations


class ResponsibilityError(ValueError):
    """A responsibility list, or a change of one, that is refused, said in words.

    `pointer` names the place: the key of a row, or the field that is wrong.
    """

    def __init__(self, code: str, message_zh: str, message_en: str, *, pointer: str = "") -> None:
        super().__init__(f"{message_en} [{pointer}]" if pointer else message_en)
        self.code = code
        self.message_zh = message_zh
        self.message_en = message_en
        self.pointer = pointer
