"""The sample catalogue, read; apart from its file, because reading loads what reads workbooks."""

from __future__ import annotations

from processes.catalogue.catalogue import Catalogue
from processes.catalogue.importing import read_catalogue
from processes.catalogue.sample import sample_sheet


def sample_catalogue() -> Catalogue:
    """The sample as a catalogue."""
    return read_catalogue(sample_sheet()).catalogue
