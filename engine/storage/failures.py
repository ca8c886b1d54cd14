"""The seam where the driver's, the models' and the system's errors become ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from tortoise.exceptions import DBConnectionError, OperationalError

from engine.errors import Invalid, InvalidState, Refusal, Unavailable
from engine.store import Conflict

#: Somebody else was first; nothing was written and the work may be repeated.
REPEATABLE = (
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.LockNotAvailableError,
)
#: The server cannot be reached, is going away, is full, or did not answer in time.
OUT_OF_REACH = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.InternalClientError,
    asyncpg.ReadOnlySQLTransactionError,
    ConnectionError,
    TimeoutError,
    OSError,
    asyncpg.InterfaceError,
    DBConnectionError,
)

#: A value that no column can hold, such as a text with NUL or a number beyond 64 bits.
NOT_STORABLE = (
    asyncpg.CharacterNotInRepertoireError,
    asyncpg.UntranslatableCharacterError,
    asyncpg.NumericValueOutOfRangeError,
    asyncpg.StringDataRightTruncationError,
)


@contextmanager
def storage_seam(action: str) -> Iterator[None]:
    """Turn errors of storage into ``Conflict`` and refusals; ``action`` names what was going on, for the log.

    An ``Unavailable`` raised from a commit leaves open whether it happened: the caller repeats with the same key.
    """
    try:
        yield
    except (asyncpg.PostgresError, OperationalError, *OUT_OF_REACH) as error:
        ours = _ours(_as_the_driver_said(error), action)
        if ours is None:
            raise
        raise ours from error


def _as_the_driver_said(error: Exception) -> BaseException:
    """Models wrap what the driver says; what they say by themselves stands as it is."""
    return error.__cause__ if isinstance(error, OperationalError) and error.__cause__ else error


def _ours(error: BaseException, action: str) -> Conflict | Refusal | None:
    """What callers get to see; ``None`` for a mistake in the program."""
    if isinstance(error, REPEATABLE) or _is_answered(error):
        return Conflict(f"{action}: {error}")
    if isinstance(error, OUT_OF_REACH):
        return unavailable(action)
    if isinstance(error, asyncpg.UniqueViolationError | asyncpg.ForeignKeyViolationError):
        return _violation(error)
    # Of this very class is what the driver says of an argument it cannot send; the server's are of sub-classes.
    if type(error) is asyncpg.DataError or isinstance(error, NOT_STORABLE):
        return _not_storable(error)
    return None


def _is_answered(error: BaseException) -> bool:
    """Whether the command's key has been answered meanwhile: who repeats it finds the answer."""
    return isinstance(error, asyncpg.UniqueViolationError) and error.constraint_name == "idempotency_pkey"


def _violation(error: asyncpg.IntegrityConstraintViolationError) -> InvalidState:
    name = error.constraint_name
    code, zh, en = (
        ("already_exists", "已存在相同的记录", "a new row, but one with the same key exists")
        if isinstance(error, asyncpg.UniqueViolationError)
        else ("reference_broken", "引用的记录不存在，或仍被引用", "every reference to hold, but one does not")
    )
    return InvalidState(code, zh, f"Expected {en} ({name})", details={"constraint": name})


def _not_storable(error: BaseException) -> Invalid:
    return Invalid(
        "value_not_storable", "数据中有无法保存的字符或数值", f"Expected values that can be stored, but {error}"
    )


def unavailable(action: str) -> Unavailable:
    """The refusal for storage that cannot be reached in time."""
    return Unavailable(
        "storage_unavailable",
        "数据库暂时无法使用，请稍后用同一请求重试",
        f"Expected the database to answer, but it did not while: {action}; repeat the same request later",
    )
