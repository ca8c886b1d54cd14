"""The one error of this folder: territory that cannot be accepted as it is."""

from __future__ import annotations


class TerritoryError(ValueError):
    """A code, point, shape or register change that is refused, said in words.

    `pointer` names the place: a JSON pointer into an imported document, or the field that is wrong.
    """

    def __init__(self, code: str, message_zh: str, message_en: str, *, pointer: str = "") -> None:
        super().__init__(f"{message_en} [{pointer}]" if pointer else message_en)
        self.code = code
        self.message_zh = message_zh
        self.message_en = message_en
        self.pointer = pointer
