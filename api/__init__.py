"""The HTTP floor: a request becomes a command or a query, an answer becomes a response; nothing is decided here."""

from __future__ import annotations

from api.app import create_app
from api.serving import Address, Opening, listening, serve, serve_here
from api.surfaces import Surface

__all__ = ["Address", "Opening", "Surface", "create_app", "listening", "serve", "serve_here"]
