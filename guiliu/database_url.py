"""Which database: the one that was named, or the embedded server of the home folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from guiliu.postgres import EmbeddedServer, kept_running
from guiliu.settings import Settings


@contextmanager
def database_url(settings: Settings) -> Iterator[str]:
    """The address of the database for as long as the block lasts."""
    if settings.database_url:
        yield settings.database_url
        return
    server = EmbeddedServer(settings.home)
    with server as url, kept_running(server):
        yield url
