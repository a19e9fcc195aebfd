"""A finding, declared once: pages, slides, spreadsheets, the command line, the warm-up and comparisons ask for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import narwhals as nw

from khoosheh.figures.theme import Theme
from khoosheh.measures.scope import Selection
from khoosheh.presenters.question import SlideRequest
from khoosheh.presenters.slide import Slide
from khoosheh.register import Register
from khoosheh.topics.columns import Column, Row

Query = Callable[[Register, Selection], nw.DataFrame]
# draws a figure in a theme
FigureFactory = Callable[[Theme], object]


@dataclass(frozen=True)
class Comparison:
    """How rows of two days or two registers are matched (``keys``), and what makes them differ (``values``)."""

    keys: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """What a table of a measure says, and everywhere it is said.

    ``id``: stable; the tab of the workbook is called 'workbook.sheet.<id>' in the catalogue, a comparison
    'changes.<id>'. ``topic``: the page. ``query``: the rows, from a register and a selection. ``columns``: of its
    table, on pages and in spreadsheets; none where the rows are statements. ``sentence``: what all rows say together.
    ``row_text``: what one row says. ``figure``: from rows and a title to what draws them in a theme. ``slides``: for
    presentations. ``command``: whether ``khoosheh measure`` prints it. ``sheet``: whether it is a sheet of the
    workbook; ``sheet_rows`` chooses among its rows. ``warm``: whether it is computed as the server starts.
    ``compared``: how two days and two registers are compared. ``uses``: whether its page counts as a use of the
    statements it rests on.
    """

    id: str
    topic: str
    query: Query
    columns: tuple[Column, ...] = ()
    sentence: Callable[[SlideRequest, Sequence[Row]], str] | None = None
    row_text: Callable[[SlideRequest, Row], str] | None = None
    figure: Callable[[SlideRequest, Sequence[Row], str], FigureFactory] | None = None
    slides: Callable[[SlideRequest], list[Slide]] | None = None
    command: bool = False
    sheet: bool = False
    sheet_rows: Callable[[Selection, Sequence[Row]], Sequence[Row]] = lambda selection, rows: rows
    warm: bool = False
    compared: Comparison | None = None
    uses: bool = False

    def read_rows(self, request: SlideRequest) -> list[Row]:
        """Return the rows of the request's selection."""
        return list(self.query(request.register, request.selection).iter_rows(named=True))

    def select_columns(self, *headings: str) -> list[Column]:
        """Return the columns of these headings, in this order; raises ``KeyError``."""
        by_heading = {column.heading: column for column in self.columns}
        return [by_heading[heading] for heading in headings]
