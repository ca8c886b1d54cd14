"""Settings: read once from the environment into one frozen object."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

PREFIX = "GUILIU_"
SHORTEST_SECRET = 32
#: Where `make run` builds the front end.
BUILT_PAGES = Path(__file__).parents[1] / "web" / "dist"


class Profile(StrEnum):
    """What the installation is for."""

    DEMO = "demo"
    PRODUCTION = "production"


class BadSettings(Exception):
    """A setting cannot be used; the text names it and says what is expected."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that differs between installations."""

    #: Folder for data: embedded database, photos, anchors, the generated secret.
    home: Path
    host: str
    port: int
    profile: Profile
    #: ``None`` starts the embedded server in ``home``.
    database_url: str | None
    #: HTTP worker processes of ``guiliu serve``.
    workers: int
    #: The city's time zone.
    zone: ZoneInfo
    #: Origins of our own pages, such as ``https://city.example``, when the server stands behind another name.
    origins: frozenset[str]
    #: Folder of the built front end.
    pages: Path
    #: Seals cursors; at least 32 characters.
    secret: str
    #: Cases of the days that are played before a demo city is opened for the first time; 0 for an empty city.
    sample_cases: int = 0

    @property
    def is_production(self) -> bool:
        """Whether sample accounts and default secrets are refused."""
        return self.profile is Profile.PRODUCTION


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process. Raises ``BadSettings`` naming the variable."""
    home = Path(environment.get(PREFIX + "HOME") or Path.home() / ".guiliu").expanduser().absolute()
    profile = _profile(environment.get(PREFIX + "PROFILE", Profile.DEMO))
    return Settings(
        home=home,
        host=environment.get(PREFIX + "HOST", "127.0.0.1"),
        port=_whole(environment, "PORT", 8000, 1, 65535),
        profile=profile,
        database_url=environment.get("DATABASE_URL") or None,
        workers=_whole(environment, "WORKERS", max(1, (os.cpu_count() or 2) - 1), 1, 64),
        zone=read_zone(environment),
        origins=frozenset(environment.get(PREFIX + "ORIGINS", "").split()),
        pages=Path(environment.get(PREFIX + "PAGES") or BUILT_PAGES).expanduser().absolute(),
        secret=_secret(environment.get(PREFIX + "SECRET", ""), profile, home),
        sample_cases=_whole(environment, "SAMPLE_CASES", 60, 0, 100_000),
    )


def _profile(text: str) -> Profile:
    try:
        return Profile(text)
    except ValueError:
        raise BadSettings(f"{PREFIX}PROFILE: 只能是 demo 或 production / is demo or production, not {text!r}") from None


def _whole(environment: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = environment.get(PREFIX + name, str(default))
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise BadSettings(
            f"{PREFIX}{name}: 应为 {least} 到 {most} 的整数 / is a whole number {least} to {most}, not {text!r}"
        )
    return int(text)


def read_zone(environment: Mapping[str, str] = os.environ) -> ZoneInfo:
    """The city's time zone, for tools that need no other setting. Raises ``BadSettings`` naming the variable."""
    name = environment.get(PREFIX + "ZONE", "Asia/Shanghai")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise BadSettings(f"{PREFIX}ZONE: 没有时区 / no time zone named {name!r}") from None


def _secret(given: str, profile: Profile, home: Path) -> str:
    if given:
        if len(given) < SHORTEST_SECRET or len(set(given)) < SHORTEST_SECRET // 4:
            raise BadSettings(
                f"{PREFIX}SECRET: 太短或太简单 / is too short or too plain; at least {SHORTEST_SECRET} characters"
            )
        return given
    if profile is Profile.PRODUCTION:
        raise BadSettings(f"{PREFIX}SECRET: 生产环境必须设置 / must be set in production")
    return _kept_secret(home / "secret")


def _kept_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text().strip()
