"""A finding, declared once for pages, slides, spreadsheets, command line, warm-up and comparisons."""

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

# a query that returns most statements of a large register returns a frame of its engine
Query: TypeAlias = Callable[[Register, Selection], Frame]


@dataclass(frozen=True)
class Comparison:
    """How rows of two days or two registers are matched (``keys``), and what makes them differ (``values``).

    ``subject``: a removed and an added row that share these columns are one change.
    """

    keys: tuple[str, ...]
    values: tuple[str, ...]
    subject: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """The table of a measure, with its texts, figure and slides, and the places that show it.

    ``id``: stable; the tab of the workbook is called 'workbook.sheet.<id>' in the catalogue, a comparison
    'changes.<id>'. ``topic``: the page. ``query``: the rows, from a register and a selection. ``columns``: of its
    table, on pages and in spreadsheets; none where the rows are statements. ``sentence``: formats all rows as one
    sentence. ``row_text``: formats a row. ``figure``: returns, for rows and a title, what draws them in a theme.
    ``slides``: for presentations. ``command``: whether ``khoosheh measure`` prints it. ``sheet``: whether it is a
    sheet of the workbook; ``sheet_rows`` chooses among its rows. ``warm``: whether it is computed as the server
    starts. ``compared``: how two days and two registers are compared. ``uses``: whether its page counts as a use of
    the statements of its rows.
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
        """Return a row as a sentence; 'not stated' for ``None``."""
        assert self.row_text is not None, self.id
        return request.t("value.not_stated") if row is None else self.row_text(request, row)

    def format_sentence(self, request: FindingRequest, rows: Sequence[Row]) -> str:
        """Return all rows as one sentence."""
        assert self.sentence is not None, self.id
        return self.sentence(request, rows)

    def read_rows(self, request: FindingRequest) -> list[Row]:
        """Return the rows of the request's selection."""
        return list(collect_frame(self.query(request.register, request.selection)).iter_rows(named=True))
