"""The sample catalogue. Its limits are examples of the trade, not the standard of any city."""

from __future__ import annotations

from importlib import resources


def sample_sheet() -> bytes:
    """The sample as the CSV file that the importer takes."""
    return resources.files(__name__).joinpath("catalogue.csv").read_bytes()
