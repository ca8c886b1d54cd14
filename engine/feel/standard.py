"""The table of the specification's functions."""

from __future__ import annotations

from engine.feel.chapters import (
    aggregates,
    booleans,
    calendar,
    contexts,
    conversion,
    lists,
    numbers,
    range_texts,
    ranges,
    sorting,
    strings,
)
from engine.feel.functions import FunctionTable, TableFunction

#: The chapters in the order of the reference, with their titles in Chinese and English.
CHAPTERS: tuple[tuple[str, str, tuple[TableFunction, ...]], ...] = (
    (
        "转换",
        "Conversion",
        (*conversion.FUNCTIONS, range_texts.range_function(FunctionTable(conversion.FUNCTIONS))),
    ),
    ("真假值", "Booleans", booleans.FUNCTIONS),
    ("字符串", "Strings", strings.FUNCTIONS),
    ("数", "Numbers", numbers.FUNCTIONS),
    ("列表", "Lists", lists.FUNCTIONS),
    ("汇总", "Aggregates", aggregates.FUNCTIONS),
    ("排序", "Sorting", sorting.FUNCTIONS),
    ("上下文", "Contexts", contexts.FUNCTIONS),
    ("日期与时间", "Dates and times", calendar.FUNCTIONS),
    ("区间", "Ranges", ranges.FUNCTIONS),
)

STANDARD = FunctionTable(function for _, _, functions in CHAPTERS for function in functions)
