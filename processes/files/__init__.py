"""Files of registers, read and written in a process of their own.

A hostile or huge file costs nothing but that process, which has a limit of time and memory; and the server loads
nothing that reads workbooks. ``python -m processes.files`` is the other side: one message in, one out.
"""

from processes.files.desk import FileDesk
from processes.files.messages import (
    Candidate,
    FileFinding,
    FileFormat,
    FileReport,
    Known,
    Mode,
    ReadFile,
    WriteFile,
)

__all__ = [
    "Candidate",
    "FileDesk",
    "FileFinding",
    "FileFormat",
    "FileReport",
    "Known",
    "Mode",
    "ReadFile",
    "WriteFile",
]
