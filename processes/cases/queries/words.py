"""Cases by a text in their number, description or address, to the letter.

What holds a text holds all its characters and their pairs, which the index ``case_search_words`` answers. Of a common
text it answers very many cases, and each would have to be read to find the newest and to count them: such a text is
looked for from the newest case on, counted among so many, and what is counted is told as the least that it can be.
"""

from __future__ import annotations

import asyncpg

from processes.cases.numbers import is_case_number
from processes.cases.queries.conditions import Conditions, containing
from processes.cases.queries.pages import Tell, at_least, capped

#: A text that more cases may hold is a common one; it is counted among so many of the newest.
MOST_SOUGHT = 10_000

_MAY_HOLD = "select s.tree from case_search s where text_grams(s.words) @> text_grams({})"
_CANDIDATES = f"select count(*) from ({_MAY_HOLD.format('$1')} limit $2) as candidates"  # noqa: S608 - constants
_TO_THE_LETTER = "(c.number ilike {0} or c.description ilike {0} or c.address ilike {0})"
_AMONG_NEWEST = """
select c.stage, coalesce(c.unit, '') as unit, count(*) as looked_at, count(*) filter (where {holds}) as found
from (
    select c.stage, c.unit, c.number, c.description, c.address from cases c where {where}
    order by c.reported_at desc, c.tree desc limit {most}
) as c group by 1, 2
"""


def add_text(conditions: Conditions, text: str) -> None:
    """Cases that hold a text; a whole case number is that of the case."""
    if is_case_number(text):
        # All numbers have most of their characters in common, so that index would be of no help.
        conditions.add("c.tree = (select s.tree from case_search s where s.number = {})", text)
        return
    conditions.add(f"c.tree = any(array({_MAY_HOLD}))", text)
    add_common_text(conditions, text)


def add_common_text(conditions: Conditions, text: str) -> None:
    """The same without the index."""
    conditions.add(_TO_THE_LETTER, containing(text))


async def is_common(connection: asyncpg.Connection, text: str) -> bool:
    """Whether very many cases may hold a text."""
    if is_case_number(text):
        return False
    candidates: int = await connection.fetchval(_CANDIDATES, text, MOST_SOUGHT + 1)
    return candidates > MOST_SOUGHT


async def found_among_newest(
    connection: asyncpg.Connection, conditions: Conditions, text: str
) -> tuple[list[asyncpg.Record], Tell]:
    """How many of the newest cases under some conditions hold a text, by stage and unit, and how that is told."""
    holds = _TO_THE_LETTER.format(conditions.parameter(containing(text)))
    sql = _AMONG_NEWEST.format(holds=holds, where=conditions.sql, most=conditions.parameter(MOST_SOUGHT))
    rows = await connection.fetch(sql, *conditions.values)
    return rows, at_least if sum(row["looked_at"] for row in rows) == MOST_SOUGHT else capped
