"""Names: those to sign in with, of which two that look the same are the same, and those to show."""

from __future__ import annotations

import re
import unicodedata

from engine.errors import Invalid

LONGEST_USERNAME = 64
LONGEST_NAME = 100
_PLAIN = re.compile(r"[\w.@-]+")


def username_key(username: str) -> str:
    """The form under which a username is unique and looked up: NFKC and case folded, any text is allowed."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", username).casefold())


def check_username(username: str) -> None:
    """Raises ``Invalid`` unless the name has 1 to 64 letters, digits, dots, hyphens, underscores and @."""
    if len(username) > LONGEST_USERNAME or not _PLAIN.fullmatch(username_key(username)):
        raise Invalid(
            "username_unfit",
            "用户名应为 1 到 64 个字母、数字、点、连字符、下划线或 @",
            "Expected a username of 1 to 64 letters, digits, dots, hyphens, underscores or @",
            pointer="/username",
        )


def check_name(name: str, pointer: str) -> None:
    """Raises ``Invalid`` unless the name has 1 to 100 characters, some to see and none that steer a terminal."""
    controls = any(unicodedata.category(character) in ("Cc", "Cs") for character in name)
    if not name.strip() or len(name) > LONGEST_NAME or controls:
        raise Invalid(
            "name_unfit",
            f"名称应为 1 到 {LONGEST_NAME} 个字符，且不含控制字符",
            f"Expected a name of 1 to {LONGEST_NAME} characters, none of them control characters",
            pointer=pointer,
        )
