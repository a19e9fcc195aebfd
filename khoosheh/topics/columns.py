"""Columns of a finding's table: declared once for pages, slides and spreadsheets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from khoosheh import formatting, labels
from khoosheh.topics import spreadsheet
from khoosheh.topics.request import FindingRequest, Row
from khoosheh.topics.sources import format_source_title
from khoosheh.topics.spreadsheet import SheetColumn, Span

Text = Callable[[FindingRequest, Row], str]
# the targets of a cell with a link: the statements of its row, or the source of its table
EVIDENCE, SOURCE = "evidence", "source"


@dataclass(frozen=True)
class Column:
    """A column: the text of its cells on pages and slides, and its columns in spreadsheets.

    ``heading``: a key of the catalogue after 'column.', or what returns one. ``text``: the words of a cell; ``None``
    where only spreadsheets have the column. ``muted``: whether a cell says that nothing was stated. ``sort``: by what
    rows are ordered, where not by the words. ``leads_to``: whether a cell is a link to ``EVIDENCE`` or to a
    ``SOURCE``, whose ids ``field`` returns; ``missing``: the key of what a cell says where there are none. ``sheet``:
    the columns of a spreadsheet for some rows; where it is ``None``, the words in one column.
    """

    heading: str | Callable[[FindingRequest], str]
    text: Text | None = None
    muted: Callable[[Row], bool] = lambda row: False
    sort: Callable[[Row], str | float] | None = None
    leads_to: Callable[[Row], str] | None = None
    field: Callable[[Row], str] = lambda row: ""
    missing: str = "value.not_stated"
    sheet: Callable[[FindingRequest, Sequence[Row]], Sequence[SheetColumn]] | None = None

    @property
    def is_shown(self) -> bool:
        """Whether pages have the column, not only spreadsheets."""
        return self.text is not None or self.leads_to is not None

    def format_heading(self, request: FindingRequest) -> str:
        """Return the heading in the reader's language."""
        key = self.heading if isinstance(self.heading, str) else self.heading(request)
        return request.t(f"column.{key}")

    def format_cell(self, request: FindingRequest, row: Row) -> str:
        """Return the words of a cell, for tables without links."""
        if self.text is not None:
            return self.text(request, row)
        ids = self.field(row)
        if formatting.is_missing(ids) or not ids:
            return request.t(self.missing)
        if self.leads_to is not None and self.leads_to(row) == EVIDENCE:
            return request.t("evidence.count", count=len(ids.split()))
        return format_source_title(request, ids)

    def build_sheet_columns(self, request: FindingRequest, rows: Sequence[Row]) -> Sequence[SheetColumn]:
        """Return the columns of a spreadsheet for ``rows``."""
        if self.sheet is not None:
            return self.sheet(request, rows)
        heading = self.format_heading(request)
        if self.leads_to is not None:
            return [spreadsheet.build_text_column(heading, self.field)]
        text = self.text
        assert text is not None, "a column without words says what a spreadsheet holds"
        return [spreadsheet.build_text_column(heading, lambda row: "" if self.muted(row) else text(request, row))]


def select_columns(columns: Sequence[Column], *headings: str) -> list[Column]:
    """Return the columns of these headings, in this order; raises ``KeyError``."""
    by_heading = {column.heading: column for column in columns}
    return [by_heading[heading] for heading in headings]


def omit_from_sheets(request: FindingRequest, rows: Sequence[Row]) -> Sequence[SheetColumn]:
    """Return no columns; as :attr:`Column.sheet` it leaves a column out of spreadsheets."""
    return ()


def make_name_column(field: str, table: str, heading: str = "", *, optional: bool = False) -> Column:
    """Return a column with the name of the row of ``table`` whose id is in ``field``.

    ``optional``: the id may be missing; then the cell says that it was not stated.
    """
    return Column(
        heading or field,
        lambda request, row: labels.find_row_label(request.register, table, row[field], request.lang),
        muted=(lambda row: formatting.is_missing(row[field])) if optional else lambda row: False,
    )


def make_code_column(field: str, table: str) -> Column:
    """Return a column with the label of a code of ``table``.``field``."""
    return Column(
        field,
        lambda request, row: labels.find_value_label(request.register, table, field, row[field], request.lang),
    )


def make_known_column(heading: str = "known") -> Column:
    """Return the column 'known m of n'; in spreadsheets two numbers."""
    return Column(
        heading,
        lambda request, row: formatting.format_known_count(row["known"], row["of"], request.lang),
        sheet=lambda request, rows: spreadsheet.build_known_columns(request.lang),
    )


def make_interval_column(
    heading: str,
    text: Text,
    ends: Callable[[Row], Span],
    unit: Callable[[FindingRequest], str],
    *,
    name: Callable[[FindingRequest], str] | None = None,
    sort: Callable[[Row], str | float] | None = None,
) -> Column:
    """Return a column of intervals: words on pages, in spreadsheets two numbers with their unit in the heading.

    ``name``: what the spreadsheet calls it, where not as the page does.
    """
    return Column(
        heading,
        text,
        sort=sort,
        sheet=lambda request, rows: spreadsheet.build_interval_columns(
            name(request) if name else request.t(f"column.{heading}"), unit(request), ends, request.lang
        ),
    )


def make_evidence_column() -> Column:
    """Return the column with links to the statements of a row."""
    return Column("evidence", leads_to=lambda row: EVIDENCE, field=lambda row: row["statement_ids"])


def make_source_column(field: str = "source_id", heading: str = "source") -> Column:
    """Return the column with links to the source whose id is in ``field``."""
    return Column(heading, leads_to=lambda row: SOURCE, field=lambda row: row[field])
