"""Prints the OpenAPI document of the internal zone, as ``GET /openapi.json`` answers it, without a server.

python -m docs.reference.openapi
"""

from __future__ import annotations

import sys

from api.app import VERSION
from api.openapi import Document
from api.surfaces import RESOURCES, Surface
from engine.jsontext import json_text


def text() -> bytes:
    """The document."""
    return json_text(Document(RESOURCES[Surface.INTERNAL], VERSION).build())


if __name__ == "__main__":
    sys.stdout.buffer.write(text())
