"""How much of a foreign file is read. What is larger is refused before it is unpacked."""

from __future__ import annotations

MIB = 1024 * 1024

#: The file as it arrives.
MOST_FILE_BYTES = 64 * MIB
#: All parts of a workbook together, unpacked, as its directory declares them.
MOST_UNPACKED_BYTES = 256 * MIB
#: Unpacked size over packed size of one part; text sheets reach about 20.
MOST_PACKING = 200
#: Parts of a workbook.
MOST_PARTS = 2_000
#: Rows below the header.
MOST_ROWS = 1_000_000
MOST_COLUMNS = 128
MOST_CELL_CHARACTERS = 4_000
#: Merged areas of one sheet, and cells in one of them.
MOST_MERGES = 50_000
MOST_MERGED_CELLS = 20_000
#: The header is looked for this far down: standards come with title lines above it.
HEADER_WITHIN_ROWS = 10
#: Findings kept word for word; further ones are only counted.
MOST_FINDINGS = 1_000
