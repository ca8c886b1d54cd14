"""The pages: what the front end was built into, served to browsers beside the interface.

``web/dist`` is made by ``make run`` and is no part of the source. Files under ``assets`` carry a hash of their content
in their names and never change; the pages that name them are read anew each time, so that a rebuild is seen at once.
Without a build the server runs as well, and says so to whoever opens it in a browser.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from api.packing import takes
from api.responses import SecureResponse

#: A name of one file, so that no address leads out of the folder.
_FILE_NAME = re.compile(r"[\w-][\w.-]{0,150}", re.ASCII)
#: Prefixes of addresses that are no pages.
_NO_PAGES = ("/api/", "/assets/")
#: Whoever asks here wants to see whether somebody is at home, also with a tool that says no more than "anything".
_FRONT_DOOR: Final = "/"
#: Pages with an entry of their own, by the beginning of their addresses; every other address is one of the desk's.
_ENTRIES: Final = {"/field": "field.html"}
_DESK: Final = "index.html"
#: Files whose names are fixed by what asks for them.
FIXED: Final = ("field-worker.js", "field.webmanifest", "icon.svg", "icon-192.png", "icon-512.png")

#: Endings of files made beside each text when the pages are built, by encoding, the smaller first.
_ENCODINGS: Final = {"br": ".br", "gzip": ".gz"}
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
#: Scripts only from here, nothing evaluated; styles may be set on elements, because canvases of diagrams are drawn so.
_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_UNCHANGING: Final = {"cache-control": "public, max-age=31536000, immutable"}
_ASKED_ANEW: Final = {
    "cache-control": "no-cache",
    "content-security-policy": _POLICY,
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(self), geolocation=(self), microphone=(), payment=()",
}
_NOT_BUILT: Final = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>归流 Guiliu</title>
<h1>归流 Guiliu</h1>
<p>网页尚未构建，接口照常可用：<a href="/openapi.json">/openapi.json</a>。
运行 <code>make run</code> 即可构建（需要 Node，或能安装它）。</p>
<p lang="en">The pages have not been built; the interface works: <a href="/openapi.json">/openapi.json</a>.
<code>make run</code> builds them (it needs Node, or a way to install it).</p></html>
"""


@dataclass(frozen=True)
class FrontEnd:
    """The built pages in a folder."""

    folder: Path

    async def page(self, path: str, accepted: str) -> SecureResponse:
        """The page for an address; one that says what is missing when nothing was built."""
        entry = next((page for prefix, page in _ENTRIES.items() if path.startswith(prefix)), _DESK)
        found = await self._file(self.folder / entry, accepted, _ASKED_ANEW)
        return found or SecureResponse(_NOT_BUILT, 200, dict(_ASKED_ANEW), content_type=_TYPES[".html"])

    async def asset(self, name: str, accepted: str) -> SecureResponse | None:
        """A file that pages name by its hash; ``None`` when there is none."""
        if not _FILE_NAME.fullmatch(name):
            return None
        return await self._file(self.folder / "assets" / name, accepted, _UNCHANGING)

    async def fixed(self, name: str, accepted: str) -> SecureResponse | None:
        """One of the files whose names are fixed; ``None`` when there is none."""
        return await self._file(self.folder / name, accepted, _ASKED_ANEW)

    async def _file(self, path: Path, accepted: str, headers: Mapping[str, str]) -> SecureResponse | None:
        content_type = _TYPES.get(path.suffix)
        read = await asyncio.to_thread(_read, path, accepted) if content_type else None
        if read is None:
            return None
        encoding, content = read
        sent = {**headers, "vary": "accept-encoding"}
        if encoding:
            sent["content-encoding"] = encoding
        return SecureResponse(content, 200, sent, content_type=content_type)


def is_page(method: str, path: str, accepted: str) -> bool:
    """Whether a browser asks for a page, as it does when somebody opens an address."""
    wants_one = "text/html" in accepted or path == _FRONT_DOOR
    return method == "GET" and wants_one and not path.startswith(_NO_PAGES)


def _read(path: Path, accepted: str) -> tuple[str, bytes] | None:
    """The content in the smallest encoding that is accepted and was made."""
    for encoding, suffix in _ENCODINGS.items():
        if takes(encoding, accepted):
            packed = path.with_name(path.name + suffix)
            if packed.is_file():
                return encoding, packed.read_bytes()
    return ("", path.read_bytes()) if path.is_file() else None
