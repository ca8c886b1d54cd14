"""How much a form and what is typed into it may hold; everything beyond is refused, never cut."""

from __future__ import annotations

#: Bytes of a form's file.
MAX_FORM_BYTES = 256 * 1024
#: Subschemas of one form.
MAX_SUBSCHEMAS = 1_000
#: Values an ``enum`` may list.
MAX_ENUM = 500
#: Characters of a regular expression.
MAX_PATTERN = 200
#: Fields of one form.
MAX_FIELDS = 100

#: Nesting of lists and objects in data.
MAX_DEPTH = 32
#: Values in data, at all depths together.
MAX_VALUES = 10_000
#: Characters of one text.
MAX_TEXT = 10_000
#: Characters of one name.
MAX_NAME = 64
#: The largest whole number that every JSON reader keeps exactly.
MAX_NUMBER = 2**53
#: Significant digits of a decimal, as FEEL counts.
MAX_DIGITS = 34
