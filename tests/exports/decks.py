"""Reading presentations back, with their charts and the workbooks within these."""

import io
import re
from functools import cache

from pptx import Presentation
from python_calamine import CalamineWorkbook

from khoosheh.exports import pptx
from khoosheh.exports.pptx import charts
from khoosheh.exports.pptx.text_runs import make_plain_text
from khoosheh.measures.scope import Selection
from khoosheh.topics.slide import LINES

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
ALL = Selection()


@cache
def made_of(found, lang, selection=ALL) -> bytes:
    return pptx.build_selection_presentation(found, selection, lang)


def opened(found, lang, **selection) -> Presentation:
    return Presentation(io.BytesIO(made_of(found, lang, Selection(**selection))))


def findings_of(book: Presentation, deck: list) -> list:
    """Return the slides of the findings: after the cover, before the sources."""
    return list(book.slides)[1 : 1 + len(deck)]


def words(slide) -> str:
    return " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def frames(slide) -> list:
    return [one for one in slide.shapes if one.has_chart], [one for one in slide.shapes if one.has_table]


def same_chart(chart, native) -> None:
    kept = [one for one in native.series if any(value is not None for value in one.values)]
    plot = chart.plots[0]
    assert [one.name for one in plot.series] == [one.name for one in kept]
    assert [tuple(one.values) for one in plot.series] == [one.values for one in kept]
    assert [one.label for one in plot.categories] == charts.format_category_labels(native)
    assert all(
        make_plain_text(name) in one.label for name, one in zip(native.categories, plot.categories, strict=True)
    )
    # what a person changes is the workbook within: it has the same names and numbers
    book = CalamineWorkbook.from_filelike(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    head, *rows = book.get_sheet_by_index(0).to_python()
    assert head[1:] == [one.name for one in kept]
    assert [row[0] for row in rows] == charts.format_category_labels(native)
    for place, one in enumerate(kept):
        assert tuple(row[place + 1] if row[place + 1] != "" else None for row in rows) == one.values
    refers_to_its_workbook(chart)
    if native.form == LINES:
        gaps = chart._chartSpace.find(f".//{{{chart._chartSpace.nsmap['c']}}}dispBlanksAs")
        assert gaps is not None and gaps.get("val") == "gap"


def refers_to_its_workbook(chart) -> None:
    """Each range that the chart names holds in its workbook what the chart shows, so that a changed cell is a changed bar."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    cells = book.get_sheet_by_name("Sheet1").to_python()
    ranges = list(chart._chartSpace.iter(f"{C}f"))
    assert len(ranges) == 3 * len(chart.plots[0].series), "name, names of bars, values"
    for one in ranges:
        column, first, last = re.fullmatch(r"Sheet1!\$([A-Z])\$(\d+)(?::\$\1\$(\d+))?", one.text).groups()
        there = [cells[row - 1][ord(column) - ord("A")] for row in range(int(first), int(last or first) + 1)]
        shown = {int(each.get("idx")): each.find(f"{C}v").text for each in one.getnext().iter(f"{C}pt")}
        assert {at: cell for at, cell in enumerate(there) if cell != ""} == {
            at: float(value) if isinstance(there[at], float) else value for at, value in shown.items()
        }
