"""Which names a form's field may bear: it becomes a variable that expressions read."""

from __future__ import annotations

from forms.limits import MAX_NAME

#: Words that mean something in an expression already: the language's own, its functions of one word, and the names
#: under which the engine lends the case, the task and the time.
RESERVED = frozenset(
    """
    and between else every external false for function get if in instance item not null of or partial return
    satisfies some then true

    abs after all any append before ceiling coincides concatenate contains context count date day decimal distinct
    duplicate during even exp finishes flatten floor includes insert is list log matches max mean median meets met min
    mode modulo month number odd overlap overlaps product range remove replace reverse second sort split sqrt
    started starts stddev string sublist substring sum time today union value values years months days
    duration hour minute year week now

    case task process instance element self
    """.split()  # noqa: SIM905 -- a list of words reads best as text
)


def is_field_name(name: str) -> bool:
    """Whether ``name`` can stand in an expression without being taken for something else."""
    return len(name) <= MAX_NAME and name.isidentifier() and not name.startswith("_") and name not in RESERVED
