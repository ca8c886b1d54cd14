"""Photos and attachments: taken in piece by piece, judged by their bytes, redrawn, and kept under their hash.

Data of forms and events name media as ``media:12``; the case whose event names it shows it from then on.
"""

from processes.media.files import MediaFiles
from processes.media.kinds import MediaKind
from processes.media.links import CaseMediaProjection, CaseMediaRow, CaseMediaTable, media_reference
from processes.media.naming import media_named_in
from processes.media.queries import MediaEntry, MediaQueries, Visible
from processes.media.uploads import Upload, Uploads, Usage, forget_uploads

__all__ = [
    "CaseMediaProjection",
    "CaseMediaRow",
    "CaseMediaTable",
    "MediaEntry",
    "MediaFiles",
    "MediaKind",
    "MediaQueries",
    "Upload",
    "Uploads",
    "Usage",
    "Visible",
    "forget_uploads",
    "media_named_in",
    "media_reference",
]
