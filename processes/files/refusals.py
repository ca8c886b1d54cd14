"""What readers of files raise when they refuse one as a whole."""

from __future__ import annotations

from processes.catalogue import CatalogueError
from processes.catalogue.sheets import SheetError
from processes.files.messages import FileRefused
from processes.responsibility import ResponsibilityError
from processes.territory import TerritoryError

REFUSALS = (SheetError, CatalogueError, TerritoryError, ResponsibilityError)


def refused(error: SheetError | CatalogueError | TerritoryError | ResponsibilityError) -> FileRefused:
    """The error as it is told."""
    row = error.row if isinstance(error, SheetError) else None
    pointer = "" if isinstance(error, SheetError) else error.pointer
    return FileRefused(
        code=error.code, message_zh=error.message_zh, message_en=error.message_en, pointer=pointer, line=row
    )
