"""What a calendar refuses."""


class CalendarError(ValueError):
    """A calendar row, or a moment, that cannot be worked with; it names the place and says why in both languages."""

    def __init__(self, code: str, pointer: str, *, message_zh: str, message_en: str) -> None:
        super().__init__(f"{pointer or '/'}: {message_en}")
        self.code = code
        self.pointer = pointer
        self.message_zh = message_zh
        self.message_en = message_en
