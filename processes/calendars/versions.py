"""The version of a calendar: a hash of its rows, so that equal rows are the same version wherever they are kept."""

import hashlib
import json

from processes.calendars.rows import Calendar
from processes.calendars.writing import calendar_to_json


def version_of(calendar: Calendar) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the rows; any change of a row changes it."""
    text = json.dumps(calendar_to_json(calendar), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
