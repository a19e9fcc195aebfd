"""Native tables: from right to left in Persian, with letters sized to fit the slide."""

from dataclasses import replace

from pptx.oxml.ns import qn
from pptx.shapes.shapetree import SlideShapes
from pptx.table import _Cell
from pptx.util import Emu, Length, Pt

from khoosheh.exports.pptx import text_fitting
from khoosheh.exports.pptx.text_runs import (
    INK,
    Line,
    Look,
    is_link,
    is_right_to_left,
    make_plain_text,
    set_alt_text,
    write_paragraphs,
)
from khoosheh.topics.slide import Table

# left, top, width, height
Box = tuple[Length, Length, Length, Length]
Cells = tuple[str, ...]
# number of letters in all cells up to which a size in points is used
SIZES = ((300, 16), (600, 14), (1000, 12), (1500, 10.5), (10_000, 9))
# the smallest share of a column in the width, and the text length above which a column gets no wider
LEAST_SHARE, LONGEST = 0.09, 200
# width of a letter and height of a line in shares of the size
LETTER, LEADING = 0.62, 1.45
PAD_PT = 12
# texts are not truncated below this length
LEAST_LETTERS = 12


def add_native_table(
    shapes: SlideShapes, table: Table, box: Box, lang: str, *, alt: str, addresses: tuple[object, ...] = ()
) -> None:
    """Add a table to the shapes of a slide; ``alt``: its description for screen readers.

    ``addresses``: one for each row, to which its last cell links. In Persian the columns are written in reverse
    order, since only PowerPoint supports tables from right to left.
    """
    left, top, width, height = box
    addresses = (None, *addresses) if addresses else (None,) * (len(table.rows) + 1)
    texts = [tuple(map(make_plain_text, row)) for row in (table.headings, *table.rows)]
    shares = _compute_column_shares(texts)
    size, rows = _fit_table_rows(texts, shares, Emu(width).pt, Emu(height).pt)
    shape = shapes.add_table(len(rows), len(table.headings), left, top, width, Emu(Pt(size * 2) * len(rows)))
    set_alt_text(shape, alt)
    shape.table.horz_banding = False
    step = -1 if is_right_to_left(lang) else 1
    for index, share in enumerate(shares[::step]):
        shape.table.columns[index].width = Emu(int(width * share))
    for at, (row, address) in enumerate(zip(rows, addresses, strict=True)):
        shape.table.rows[at].height = Pt(_compute_row_height(row, shares, Emu(width).pt, size))
        lines = [Line(cell, Look(size)) for cell in row]
        lines[-1] = Line(row[-1], Look(size), address)
        for place, line in enumerate(lines[::step]):
            _fill_table_cell(shape.table.cell(at, place), line, lang, heading=at == 0)


def _fit_table_rows(
    rows: list[Cells], shares: list[float], width_pt: float, height_pt: float
) -> tuple[float, list[Cells]]:
    """Return the size in points at which rows fit, and the rows, truncated where even the smallest does not fit."""
    letters = sum(len(cell) for row in rows for cell in row)
    size = next((points for most, points in SIZES if letters <= most), SIZES[-1][1])
    while size > SIZES[-1][1] and _compute_table_height(rows, shares, width_pt, size) > height_pt:
        size -= text_fitting.STEP
    most = max(len(cell) for row in rows for cell in row)
    while most > LEAST_LETTERS and _compute_table_height(rows, shares, width_pt, size) > height_pt:
        most = most * 3 // 4
        rows = [tuple(text_fitting.truncate_text(cell, most) for cell in row) for row in rows]
    return size, rows


def _compute_column_shares(rows: list[Cells]) -> list[float]:
    """Return the shares of columns in the width: larger for longer texts, at least ``LEAST_SHARE`` before scaling."""
    longest = [min(LONGEST, max(1, *(len(row[at]) for row in rows))) ** 0.7 for at in range(len(rows[0]))]
    shares = [max(LEAST_SHARE, length / sum(longest)) for length in longest]
    return [share / sum(shares) for share in shares]


def _compute_row_height(row: Cells, shares: list[float], width_pt: float, size: float) -> float:
    cells = zip(row, shares, strict=True)
    lines = max(text_fitting.count_text_lines(cell, width_pt * share - PAD_PT, size, LETTER) for cell, share in cells)
    return lines * size * LEADING + PAD_PT / 2


def _compute_table_height(rows: list[Cells], shares: list[float], width_pt: float, size: float) -> float:
    return sum(_compute_row_height(row, shares, width_pt, size) for row in rows)


def _fill_table_cell(cell: _Cell, line: Line, lang: str, *, heading: bool) -> None:
    look = replace(line.look, bold=heading, colour="FFFFFF" if heading else INK)
    # addresses run from left to right in any language
    write_paragraphs(cell.text_frame, [replace(line, look=look)], "en" if is_link(line.address) else lang)
    cell.margin_top = cell.margin_bottom = Pt(PAD_PT / 4)
    properties = cell._tc.get_or_add_tcPr()
    fill = properties.makeelement(qn("a:solidFill"), {})
    fill.append(fill.makeelement(qn("a:srgbClr"), {"val": "1F4E5F" if heading else "F4F7F8"}))
    properties.append(fill)
