"""Native tables: from right to left in Persian, in letters that fit."""

from dataclasses import replace

from pptx.oxml.ns import qn
from pptx.shapes.shapetree import SlideShapes
from pptx.util import Emu, Pt

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

Box = tuple[int, int, int, int]
Cells = tuple[str, ...]
# most letters of all cells: size in points
SIZES = ((300, 16), (600, 14), (1000, 12), (1500, 10.5), (10_000, 9))
# widths of columns: the narrowest, and the letters beyond which a column grows no more
LEAST_SHARE, LONGEST = 0.09, 200
# a letter's width and a line's height, in shares of the size
LETTER, LEADING = 0.62, 1.45
PAD_PT = 12
# what a cell keeps at least where cells are cut
LEAST_LETTERS = 12


def add_native_table(
    shapes: SlideShapes, table: Table, box: Box, lang: str, *, alt: str, addresses: tuple[object, ...] = ()
) -> None:
    """Draw a table into a box: left, top, width, height; ``addresses`` makes links of the last cells of its rows.

    Columns stand in the order in which they are read from the right: PowerPoint could turn a table itself, other
    programs leave it as it is.
    """
    left, top, width, height = box
    addresses = (None, *addresses) if addresses else (None,) * (len(table.rows) + 1)
    given = [tuple(map(make_plain_text, row)) for row in (table.headings, *table.rows)]
    shares = _compute_column_shares(given)
    size, rows = _fit_table_rows(given, shares, Emu(width).pt, Emu(height).pt)
    shape = shapes.add_table(len(rows), len(table.headings), left, top, width, Emu(Pt(size * 2) * len(rows)))
    set_alt_text(shape, alt)
    shape.table._tbl.tblPr.set("bandRow", "0")
    turned = -1 if is_right_to_left(lang) else 1
    for column, share in zip(shape.table.columns, shares[::turned], strict=True):
        column.width = Emu(int(width * share))
    for at, (row, address) in enumerate(zip(rows, addresses, strict=True)):
        shape.table.rows[at].height = Pt(_compute_row_height(row, shares, Emu(width).pt, size))
        lines = [Line(cell, Look(size)) for cell in row]
        lines[-1] = Line(row[-1], Look(size), address)
        for place, line in enumerate(lines[::turned]):
            _fill_table_cell(shape.table.cell(at, place), line, lang, heading=at == 0)


def _fit_table_rows(
    rows: list[Cells], shares: list[float], width_pt: float, height_pt: float
) -> tuple[float, list[Cells]]:
    """Return the size in points in which rows fit; where none does, their longest cells are cut."""
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
    """Return the widths of columns: wider for longer words, none too narrow."""
    longest = [min(LONGEST, max(1, *(len(row[at]) for row in rows))) ** 0.7 for at in range(len(rows[0]))]
    shares = [max(LEAST_SHARE, one / sum(longest)) for one in longest]
    return [one / sum(shares) for one in shares]


def _compute_row_height(row: Cells, shares: list[float], width_pt: float, size: float) -> float:
    cells = zip(row, shares, strict=True)
    lines = max(text_fitting.count_text_lines(cell, width_pt * share - PAD_PT, size, LETTER) for cell, share in cells)
    return lines * size * LEADING + PAD_PT / 2


def _compute_table_height(rows: list[Cells], shares: list[float], width_pt: float, size: float) -> float:
    return sum(_compute_row_height(row, shares, width_pt, size) for row in rows)


def _fill_table_cell(cell: object, line: Line, lang: str, *, heading: bool) -> None:
    look = replace(line.look, bold=heading, colour="FFFFFF" if heading else INK)
    # an address is read from left to right in any language
    write_paragraphs(cell.text_frame, [replace(line, look=look)], "en" if is_link(line.address) else lang)
    cell.margin_top = cell.margin_bottom = Pt(PAD_PT / 4)
    properties = cell._tc.get_or_add_tcPr()
    fill = properties.makeelement(qn("a:solidFill"), {})
    fill.append(fill.makeelement(qn("a:srgbClr"), {"val": "1F4E5F" if heading else "F4F7F8"}))
    properties.append(fill)
