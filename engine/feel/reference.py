"""The reference of the functions, written out from their table."""

from __future__ import annotations

from collections.abc import Iterator

from engine.feel.functions import TableFunction
from engine.feel.standard import CHAPTERS


def function_reference() -> str:
    """Every function by chapter, with its signatures, its help in both languages and its example."""
    return "\n".join(line for chapter in CHAPTERS for line in _chapter(*chapter))


def _chapter(title_zh: str, title_en: str, functions: tuple[TableFunction, ...]) -> Iterator[str]:
    yield f"### {title_en} {title_zh}\n"
    for function in functions:
        signatures = ", ".join(f"`{function.name}({signature})`" for signature in function.signatures)
        yield f"**{function.name}** — {signatures}  "
        yield f"{function.help_zh}。  "
        yield f"{function.help_en}.\n"
        yield f"```feel\n{function.example}\n```\n"
