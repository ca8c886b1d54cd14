"""Putting files of scenarios into the house, beside the processes whose stories they tell.

``case.scenario.yaml`` and ``case.verbs.scenario.yaml`` stand beside the process ``case``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from engine.definitions import DefinitionKind, KeepScenarios
from engine.errors import Invalid, Stale
from guiliu.deploying import OPERATOR
from guiliu.platform import Platform

SUFFIX: Final = ".scenario.yaml"


@dataclass(frozen=True, kw_only=True)
class ScenariosInFile:
    """A file and where it belongs."""

    path: Path
    process: str
    name: str
    title: str
    source: str


def scenarios_below(paths: Iterable[Path]) -> list[ScenariosInFile]:
    """The files of scenarios in folders, by path. Raises ``Invalid`` for one that is no text."""
    return [_read(file) for path in paths if path.is_dir() for file in sorted(path.rglob(f"*{SUFFIX}"))]


async def keep_missing_scenarios(platform: Platform, files: Iterable[ScenariosInFile]) -> None:
    """Keep those that the city never had; what it has changed or taken away stays so."""
    for file in files:
        try:
            await platform.bus.handle(_keeping(file, expected=0))
        except Stale:
            continue


async def keep_scenarios_of(platform: Platform, file: ScenariosInFile) -> bool:
    """Keep a file unless it is kept as it is, or no such process is there; whether it was kept."""
    if not await platform.definitions.versions(DefinitionKind.PROCESS, file.process):
        return False
    kept = await platform.scenario_files.kept(file.process)
    if any((each.name, each.source) == (file.name, file.source) for each in kept):
        return False
    await platform.bus.handle(_keeping(file, expected=None))
    return True


def _keeping(file: ScenariosInFile, *, expected: int | None) -> KeepScenarios:
    return KeepScenarios(
        actor=OPERATOR,
        expected=expected,
        process=file.process,
        name=file.name,
        title=file.title,
        source=file.source,
    )


def _read(file: Path) -> ScenariosInFile:
    process, _, name = file.name.removesuffix(SUFFIX).partition(".")
    try:
        source = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid("file_unreadable", f"{file}：无法读取", f"{file}: cannot be read as text: {error}") from error
    return ScenariosInFile(
        path=file, process=process, name=name or process, title=_title(source) or name or process, source=source
    )


def _title(source: str) -> str:
    """What the first line says, when it is a comment, in its first language."""
    first = source.partition("\n")[0]
    return first.removeprefix("#").partition(" / ")[0].strip() if first.startswith("#") else ""
