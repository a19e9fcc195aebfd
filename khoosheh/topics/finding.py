"""A finding, declared once: pages, slides, spreadsheets, the command line, the warm-up and comparisons ask for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from khoosheh.engines import Frame, collect_frame
from khoosheh.figures.theme import FigureFactory
from khoosheh.measures.scope import Selection
from khoosheh.register import Register
from khoosheh.topics.columns import Column
from khoosheh.topics.request import FindingRequest, Row
from khoosheh.topics.slide import Slide

# a register that is large answers with a frame of its engine where most of its statements are asked for
Query: TypeAlias = Callable[[Register, Selection], Frame]


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
    sentence: Callable[[FindingRequest, Sequence[Row]], str] | None = None
    row_text: Callable[[FindingRequest, Row], str] | None = None
    figure: Callable[[FindingRequest, Sequence[Row], str], FigureFactory] | None = None
    slides: Callable[[FindingRequest], list[Slide]] | None = None
    command: bool = False
    sheet: bool = False
    sheet_rows: Callable[[Selection, Sequence[Row]], Sequence[Row]] = lambda selection, rows: rows
    warm: bool = False
    compared: Comparison | None = None
    uses: bool = False

    def format_row(self, request: FindingRequest, row: Row | None) -> str:
        """Return what a row says; 'not stated' where there is none."""
        assert self.row_text is not None, self.id
        return request.t("value.not_stated") if row is None else self.row_text(request, row)

    def format_sentence(self, request: FindingRequest, rows: Sequence[Row]) -> str:
        """Return what all rows say together."""
        assert self.sentence is not None, self.id
        return self.sentence(request, rows)

    def read_rows(self, request: FindingRequest) -> list[Row]:
        """Return the rows of the request's selection."""
        return list(collect_frame(self.query(request.register, request.selection)).iter_rows(named=True))
