"""Files of office programs: what cells they hold, or why they are not read. Any file may mean harm.

Here belongs what bounds, opens and parses a file. Here does not belong: what a cell means.
"""

from khoosheh.spreadsheets.cells import Book, Given, Sheet, UnreadableError, cell_name, cell_place

__all__ = ["Book", "Given", "Sheet", "UnreadableError", "cell_name", "cell_place"]
