"""What the city's registers hold, as lines of text: one row a line, in the same words wherever it is kept or sent.

    rows ⇄ lines → chunks, cut where the lines say → digest

Chunks end where a line's checksum says so, hence a change of one row changes one chunk, and versions share the others.
Everything here is pure, and loads nothing that reads files.
"""

from processes.contents.changes import ChangeCount, count_changes, key_of_line
from processes.contents.chunks import Chunk, chunks_of, digest_of, digest_of_lines
from processes.contents.edits import line_of_key, with_coded_line, with_line, without_line
from processes.contents.lines import (
    Lines,
    calendar_lines,
    calendar_of,
    catalogue_lines,
    catalogue_of,
    coded_lines,
    condition_mark,
    conditions_of,
    deadline_settings_lines,
    deadline_settings_of,
    lines_of,
    rows_of,
)
from processes.contents.names import CALENDAR_PREFIX, RegisterName, calendar_register

__all__ = [
    "CALENDAR_PREFIX",
    "ChangeCount",
    "Chunk",
    "Lines",
    "RegisterName",
    "calendar_lines",
    "calendar_of",
    "calendar_register",
    "catalogue_lines",
    "catalogue_of",
    "chunks_of",
    "coded_lines",
    "condition_mark",
    "conditions_of",
    "count_changes",
    "deadline_settings_lines",
    "deadline_settings_of",
    "digest_of",
    "digest_of_lines",
    "key_of_line",
    "line_of_key",
    "lines_of",
    "rows_of",
    "with_coded_line",
    "with_line",
    "without_line",
]
