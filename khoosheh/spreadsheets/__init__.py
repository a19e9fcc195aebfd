"""Files of office programs: what cells they hold, or why they are not read. Any file may mean harm.

Here belongs what bounds, opens and parses a file. Here does not belong: what a cell means.
"""

from khoosheh.spreadsheets.cells import (
    Book,
    FilledCell,
    Sheet,
    UnreadableError,
    format_cell_reference,
    parse_cell_reference,
)

__all__ = ["Book", "FilledCell", "Sheet", "UnreadableError", "format_cell_reference", "parse_cell_reference"]
