"""The workbook that is embedded in a chart, in which users can edit its numbers.

It replaces the workbook of python-pptx, in which a name that begins like a formula would become a formula.
"""

from collections.abc import Sequence
from datetime import date
from operator import itemgetter

from khoosheh.exports.workbook import writer
from khoosheh.topics import spreadsheet as sheet
from khoosheh.topics.slide import Series
from khoosheh.topics.spreadsheet import Sheet

# Charts of python-pptx refer to a sheet of this name: categories in the first column, series in the first row.
NAME = "Sheet1"
CREATED = date(1980, 1, 1)


def build_chart_workbook(names: Sequence[str], all_series: Sequence[Series], *, right_to_left: bool) -> bytes:
    """Return a workbook with the categories ``names`` and the values of a chart; a missing value is an empty cell."""
    columns = [
        sheet.build_text_column("", itemgetter("0"), sheet.WIDE),
        *(
            sheet.build_number_column(series.name, itemgetter(str(index)))
            for index, series in enumerate(all_series, 1)
        ),
    ]
    # numbers as keys, since names of series may be equal
    rows = [
        {str(index): cell for index, cell in enumerate(cells)}
        for cells in zip(names, *(series.values for series in all_series), strict=True)
    ]
    return writer.write_workbook([Sheet(NAME, columns, rows)], title="", created=CREATED, right_to_left=right_to_left)
