"""What deadlines refuse."""


class DeadlineError(ValueError):
    """A limit or a change of a deadline that cannot be; it names the field and says why in both languages."""

    def __init__(self, code: str, pointer: str, *, message_zh: str, message_en: str) -> None:
        super().__init__(f"{pointer or '/'}: {message_en}")
        self.code = code
        self.pointer = pointer
        self.message_zh = message_zh
        self.message_en = message_en
