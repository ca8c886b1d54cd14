"""The sample catalogue. Its limits are examples of the trade, not the standard of any city."""

from __future__ import annotations

from importlib import resources

from processes.catalogue.catalogue import Catalogue
from processes.catalogue.importing import read_catalogue
from processes.catalogue.versions import History


def sample_sheet() -> bytes:
    """The sample as the CSV file that the importer takes."""
    return resources.files(__name__).joinpath("catalogue.csv").read_bytes()


def sample_catalogue() -> Catalogue:
    """The sample as a catalogue."""
    return read_catalogue(sample_sheet(), History()).catalogue
