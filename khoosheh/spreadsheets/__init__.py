"""Reading the cells of spreadsheet files (.xlsx, .xls, .ods, .csv) that may be malicious.

This package limits, opens and parses a file. What a cell means for a register is in :mod:`khoosheh.intake`.
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
