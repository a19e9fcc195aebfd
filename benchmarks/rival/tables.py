"""The tables of the two pages."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from khoosheh import formatting, labels, queries
from khoosheh.locale import format_message
from khoosheh.measures.commitment_board import BoardRow
from khoosheh.measures.rows import read_rows
from khoosheh.register import Register
from khoosheh.topics.columns import Column
from khoosheh.topics.commitments.board import build_board_columns
from khoosheh.topics.commitments.findings import EARNED_VALUE
from khoosheh.topics.commitments.sentences import is_computed
from khoosheh.topics.finding import Finding
from khoosheh.topics.request import FindingRequest

Row = Mapping[str, object]

# as many rows as in the app
MOST_ROWS, MOST_ENTRIES = 100, 5


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def build_html_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of words and links as HTML.

    As elements of Dash's own a hundred rows are three thousand, and each change keeps the browser busy for 20 s.
    """
    head = "".join(f"<th><button>{escape(one)}</button></th>" for one in headings)
    body = "".join(f"<tr>{''.join(map(_build_html_cell, row))}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def build_folded_table(inner: str) -> str:
    """Return a table that is folded until it is opened."""
    return f"<details><summary>+</summary>{inner}</details>"


def _build_html_cell(words: str) -> str:
    return f"<td><bdi>{words if isinstance(words, Html) else escape(str(words))}</bdi></td>"


def build_link(words: str, address: str) -> Html:
    """Return words that lead to an address."""
    return Html(f'<a href="{escape(address)}">{escape(words)}</a>')


def build_evidence_link(ids: str, lang: str) -> Html:
    """Return the link to the statements behind a row."""
    return build_link(
        format_message(lang, "evidence.count", count=len(ids.split())), f"/evidence?ids={ids.replace(' ', ',')}"
    )


def build_finding_table(finding: Finding, rows: Sequence[Row], request: FindingRequest) -> str:
    """Return the table of a finding."""
    columns = [column for column in finding.columns if column.is_shown]
    headings = [column.format_heading(request) for column in columns]
    return build_html_table(
        headings, ([_build_finding_cell(column, request, row) for column in columns] for row in rows[:MOST_ROWS])
    )


def _build_finding_cell(column: Column, request: FindingRequest, row: Row) -> str:
    if column.leads_to is None:
        return column.format_cell(request, row)
    return build_evidence_link(column.field(row), request.lang)


def build_board_table(request: FindingRequest) -> str:
    """Return the board of promises as rows: column, its number, subject and what became of its promises."""
    board = read_rows(queries.query_commitment_board(request.register, request.selection), BoardRow)
    return build_html_table(
        [format_message(request.lang, f"column.{name}") for name in ("verdict", "figure", "subject", "later")],
        (
            [column.title, build_evidence_link(column.statement_ids, request.lang), entry.subject, entry.words]
            for column in build_board_columns(request, board, MOST_ENTRIES)
            for entry in column.entries
        ),
    )


def build_earned_value(request: FindingRequest) -> str:
    """Return the table of earned value, or one sentence where none can be computed, as in the app."""
    rows = EARNED_VALUE.read_rows(request)
    if any(map(is_computed, rows)):
        return build_finding_table(EARNED_VALUE, rows, request)
    return f"<p>{escape(EARNED_VALUE.format_sentence(request, rows))}</p>" if rows else ""


def build_statements_table(register: Register, found: object, lang: str) -> str:
    """Return statements as rows."""
    headings = [
        format_message(lang, f"statement.{name}") for name in ("claim", "subject", "speaker", "said", "evidence")
    ]
    return build_html_table(
        headings,
        (
            [
                row[f"claim_{lang}"],
                _format_subject(register, row, lang),
                "" if formatting.is_missing(row[f"speaker_{lang}"]) else row[f"speaker_{lang}"],
                formatting.format_statement_dates(row["said_from"], row["said_to"], lang),
                build_link(row["statement_id"], f"/evidence?ids={row['statement_id']}"),
            ]
            for row in found.head(MOST_ROWS).iter_rows(named=True)
        ),
    )


def _format_subject(register: Register, row: Row, lang: str) -> str:
    for field, of in labels.TABLES.items():
        if field in row and field != "iso_3166_2" and not formatting.is_missing(row[field]):
            return labels.find_row_label(register, of, row[field], lang)
    return format_message(lang, "statement.country")
