"""May a deadline be extended or suspended? The same answer enables the button and guards the command."""

from datetime import datetime, timedelta
from decimal import Decimal

from processes.deadlines.deadline import Deadline
from processes.deadlines.errors import DeadlineError
from processes.deadlines.settings import DeadlineSettings, ExtensionAmount, ExtensionWindow


def extension_refusal(deadline: Deadline, settings: DeadlineSettings, *, at: datetime) -> DeadlineError | None:
    """Why no extension may be granted at the moment, or None when one may."""
    if not deadline.is_open:
        return _refusal("already_ended", "时限已结束", "the deadline has ended")
    if len(deadline.extensions) >= settings.most_extensions:
        most = settings.most_extensions
        return _refusal("extensions_used_up", f"最多延期 {most} 次", f"at most {most} extensions are granted")
    is_late = deadline.due_at is not None and at > deadline.due_at
    if is_late and settings.extension_window is ExtensionWindow.BEFORE_DUE:
        return _refusal("overdue", "已超期，不能延期", "the deadline is overdue")
    return None


def extension_amount(deadline: Deadline, settings: DeadlineSettings, *, requested: Decimal | None) -> Decimal:
    """How many units an approved extension adds under the city's rule."""
    if settings.extension_amount is ExtensionAmount.ORIGINAL_LIMIT:
        return deadline.limit.amount
    if requested is None:
        raise _refusal("amount_missing", "请填写延期数量", "the amount of the extension is missing")
    return requested


def suspension_refusal(
    deadline: Deadline, settings: DeadlineSettings, *, at: datetime, until: datetime | None = None
) -> DeadlineError | None:
    """Why the clock may not be suspended from ``at``, to the planned ``until`` if there is one, or None when it may."""
    if not deadline.is_open:
        return _refusal("already_ended", "时限已结束", "the deadline has ended")
    if deadline.is_paused:
        return _refusal("already_paused", "已挂账", "the deadline is already suspended")
    if len(deadline.pauses) >= settings.most_suspensions:
        most = settings.most_suspensions
        return _refusal("suspensions_used_up", f"最多挂账 {most} 次", f"at most {most} suspensions are granted")
    longest = settings.longest_suspension_days
    if until is not None and not at < until <= at + timedelta(days=longest):
        return _refusal(
            "suspension_length",
            f"挂账须晚于当前时间且不超过 {longest} 天",
            f"a suspension must end later and within {longest} days",
        )
    return None


def _refusal(code: str, problem_zh: str, problem_en: str) -> DeadlineError:
    return DeadlineError(
        code, "/deadline", message_zh=f"{problem_zh}。", message_en=f"{problem_en[0].upper()}{problem_en[1:]}."
    )
