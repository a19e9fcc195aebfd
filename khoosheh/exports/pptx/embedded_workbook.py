"""The workbook within a chart, where a person changes a bar. Nothing in it acts by itself.

python-pptx would write one in which a name that begins like a formula is a formula.
"""

from collections.abc import Sequence
from datetime import date

from khoosheh.exports.workbook import writer
from khoosheh.topics import spreadsheet as sheet
from khoosheh.topics.slide import Series
from khoosheh.topics.spreadsheet import Sheet

# python-pptx's charts refer to this sheet: names of bars in the first column, of series in the first row
NAME = "Sheet1"
CREATED = date(1980, 1, 1)


def build_chart_workbook(names: Sequence[str], series: Sequence[Series], *, right_to_left: bool) -> bytes:
    """Return names and values of a chart as a workbook; a missing value is a blank cell."""
    columns = [
        sheet.build_text_column("", lambda row: row[0], sheet.WIDE),
        *(sheet.build_number_column(one.name, lambda row, at=at: row[at]) for at, one in enumerate(series, 1)),
    ]
    rows = [dict(enumerate(cells)) for cells in zip(names, *(one.values for one in series), strict=True)]
    return writer.write_workbook([Sheet(NAME, columns, rows)], title="", created=CREATED, right_to_left=right_to_left)
