"""What expressions may ask of time limits: where a deadline of the case stands, and the limit of a filing condition."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from engine.feel import ArgumentRefused, Evaluation, Parameter, TableFunction, Value, kind_of, table_function
from processes.catalogue import Catalogue, CatalogueError
from processes.timekeeping.case_deadlines import MEMBERS, CaseDeadlines

#: Asked at each call, since a catalogue may be replaced while compiled expressions live on.
CurrentCatalogue = Callable[[], Catalogue]

#: What expressions call for the limit of a filing condition.
FILING_LIMIT: Final = "filing limit"


def time_limit_functions(catalogue: CurrentCatalogue) -> tuple[TableFunction, ...]:
    """``deadline`` over the case that the expression belongs to, ``filing limit`` over the catalogue."""

    def filing_limit(_: Evaluation, condition: str) -> Value:
        try:
            limit = catalogue().condition(condition).limit
        except CatalogueError as error:
            raise ArgumentRefused(error.message_zh, error.message_en) from error
        return {"amount": Decimal(limit.amount), "unit": limit.unit}

    return (
        table_function(
            "deadline",
            (Parameter("name", _text),),
            _deadline,
            help_zh="案件中最近开始的这个时限；从未开始则为 null。截止时间在暂停时为 null。",
            help_en="The deadline of that name which began last in the case, or null; paused, its due time is null.",
            example='deadline("disposal") = null',
            members=MEMBERS,
        ),
        table_function(
            FILING_LIMIT,
            (Parameter("condition", _text),),
            filing_limit,
            help_zh="立案条件的处置时限，含 amount 与 unit。",
            help_en="The time limit of a filing condition, with amount and unit.",
            example='filing limit("component-0101-01").amount > 0',
        ),
    )


def _deadline(evaluation: Evaluation, name: str) -> Value:
    deadlines = evaluation.subject
    # Outside of a case, as where expressions are only tried out, no deadline ever began.
    return deadlines.value(name) if isinstance(deadlines, CaseDeadlines) else None


def _text(value: Value) -> str:
    if isinstance(value, str):
        return value
    raise ArgumentRefused(f"应为文字，却是 {kind_of(value)}", f"expected a string, but got a {kind_of(value)}")
