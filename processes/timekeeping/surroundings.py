"""The clocks around a clock: of the processes and calls in which its element runs, such as that of the whole case.

While a procedure has stopped the clock of an element, the clocks around it stand still too; more time for the element
is more time for them.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.handling import Work
from engine.projections import InstanceRow
from processes.deadlines import resume
from processes.timekeeping.events import DeadlineResumed
from processes.timekeeping.moves import CalendarOf, members, moved
from processes.timekeeping.projection import TABLE
from processes.timekeeping.rows import DeadlineRow


def around(work: Work, inner: DeadlineRow) -> Iterator[tuple[int, DeadlineRow]]:
    """The clocks around one that have not ended, innermost first."""
    rows = work.rows(TABLE)
    calling: InstanceRow | None
    instance: int | None = inner.instance
    while instance is not None:
        process: DeadlineRow | None = rows.get(instance)
        if process is not None and process is not inner and process.clock.is_open:
            yield instance, process
        calling = work.rows("instance").get(instance)
        if calling is None:
            return
        yield from _of_call(work, calling)
        instance = calling.caller


def release(work: Work, calendar_of: CalendarOf, inner: DeadlineRow) -> None:
    """Let the clocks around one that stands still no longer run again, unless another inside keeps them."""
    for key, outer in list(around(work, inner)):
        if outer.clock.is_paused and not _is_held(work, key):
            resumed = resume(outer.clock, calendar_of(outer.clock.calendar_key), at=work.now)
            moved(work, key, DeadlineResumed(**members(key, outer, resumed)))


def _of_call(work: Work, called: InstanceRow) -> Iterator[tuple[int, DeadlineRow]]:
    """The clock of the call that called an instance."""
    for key, row in work.rows(TABLE).items():
        is_of_element = key != row.instance
        if (
            is_of_element
            and row.clock.is_open
            and (row.instance, row.element)
            == (
                called.caller,
                called.caller_element,
            )
        ):
            yield key, row


def _is_held(work: Work, key: int) -> bool:
    """Whether a clock inside stands still."""
    return any(
        row.clock.is_open and row.clock.is_paused and key in dict(around(work, row))
        for row in list(work.rows(TABLE).values())
    )
