"""The built-in functions, one module a chapter of the specification."""

from __future__ import annotations
