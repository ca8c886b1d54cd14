"""The sample city without a database: what seeding puts into tables, as it is held in memory."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from processes.access import Register
from processes.calendars import compile_calendar, sample_calendars
from processes.catalogue.sample.reading import sample_catalogue
from processes.contents import RegisterName
from processes.organisation import OrganisationSnapshot, PostEntry, UnitEntry
from processes.registers import Head, InForce
from processes.sample.posts import SAMPLE_POSTS
from processes.sample.seeding import SEED
from processes.sample.units import unit_commands
from processes.territory import Locator
from processes.territory.sample import sample_divisions, sample_grids

_MADE_AT: Final = datetime(2026, 1, 1, tzinfo=UTC)


def sample_register() -> Register:
    """The units, the posts and what each post may do; nobody holds any."""
    units = {
        unit.code: UnitEntry(
            code=unit.code,
            name=unit.name,
            name_en=unit.name_en,
            kind=unit.kind,
            parent=unit.parent,
            is_valid=True,
        )
        for unit in unit_commands(SEED)
    }
    posts = {post.key: PostEntry(key=post.key, name_zh=post.name_zh, name_en=post.name_en) for post in SAMPLE_POSTS}
    return Register(
        organisation=OrganisationSnapshot(units=units, posts=posts),
        permissions={post.key: frozenset(post.permissions) for post in SAMPLE_POSTS},
    )


def sample_in_force() -> InForce:
    """The catalogue, the calendars and the grids, the catalogue as the first version."""
    grids = sample_grids()
    first = Head(
        register=RegisterName.CATALOGUE, number=1, digest=b"", published_by=SEED.id, published_at=_MADE_AT, line_count=0
    )
    return InForce(
        heads={RegisterName.CATALOGUE: first},
        catalogue=sample_catalogue(),
        calendars={key: compile_calendar(rows) for key, rows in sample_calendars().items()},
        divisions=sample_divisions(),
        grids=grids,
        locator=Locator(grids),
    )
