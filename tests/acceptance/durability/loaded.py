"""Loaded once by the process from which others are forked: what each of them would work out for itself."""

from __future__ import annotations

from api import Surface
from api.app import openapi_document

openapi_document(Surface.INTERNAL)
