"""Diagrams with one thing wrong or worth a word, and what the lint has to say of each."""

from __future__ import annotations

from tests.unit.spiff.lint_examples.calls import CALL_ERRORS, CALL_NOTES
from tests.unit.spiff.lint_examples.events import EVENT_ERRORS
from tests.unit.spiff.lint_examples.flows import FLOW_ERRORS
from tests.unit.spiff.lint_examples.messages import MESSAGE_ERRORS
from tests.unit.spiff.lint_examples.notes import PLAIN_NOTES
from tests.unit.spiff.lint_examples.procedures import PROCEDURE_ERRORS
from tests.unit.spiff.lint_examples.repetitions import REPETITION_ERRORS
from tests.unit.spiff.lint_examples.tasks import TASK_ERRORS
from tests.unit.spiff.lint_examples.timers import TIMER_ERRORS

ERRORS = {
    **TASK_ERRORS,
    **FLOW_ERRORS,
    **TIMER_ERRORS,
    **PROCEDURE_ERRORS,
    **MESSAGE_ERRORS,
    **EVENT_ERRORS,
    **CALL_ERRORS,
    **REPETITION_ERRORS,
}
NOTES = {**PLAIN_NOTES, **CALL_NOTES}
