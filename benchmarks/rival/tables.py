"""The tables of the two pages."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from khoosheh import calendar, formatting, labels, narrative, queries
from khoosheh.locale import format_message
from khoosheh.measures.earned_value import RESULTS
from khoosheh.measures.scope import Selection
from khoosheh.narrative import commitments
from khoosheh.register import Register

Row = Mapping[str, object]

# as many rows as in the app
MOST_ROWS = 100


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


def build_amounts_table(register: Register, rows: Sequence[Row], by: str, lang: str) -> str:
    """Return the amounts as rows."""
    headings = [format_message(lang, f"column.{name}") for name in (by, "kind", "amount", "known", "evidence")]
    return build_html_table(
        headings,
        (
            [
                labels.find_group_label(register, by, row["group"], lang),
                labels.find_measure_label(register, row["measure"], lang),
                narrative.format_stated_amount(register, row, lang),
                formatting.format_known_count(row["known"], row["of"], lang),
                build_evidence_link(row["statement_ids"], lang),
            ]
            for row in rows[:MOST_ROWS]
        ),
    )


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


def build_commitments_table(register: Register, rows: Sequence[Row], said: Mapping[str, Row], lang: str) -> str:
    """Return promises and what came of them as rows."""
    parts = ("subject", "promised", "due", "said", "verdict", "later", "evidence")
    cells = []
    for row in rows[:MOST_ROWS]:
        statement = said[row["statement_id"]]
        moves = [said[one] for one in row["moved_ids"].split()]
        cells.append([
            commitments.format_commitment_subject(register, row, lang),
            commitments.format_commitment_target(register, statement, lang),
            commitments.format_deadline(statement, lang),
            formatting.format_statement_dates(statement["said_from"], statement["said_to"], lang),
            commitments.format_commitment_outcome(row, moves, lang),
            build_evidence_link(row["later_ids"], lang),
            build_evidence_link(row["statement_ids"], lang),
        ])  # fmt: skip
    return build_html_table([format_message(lang, f"column.{name}") for name in parts], cells)


def build_earned_value_table(register: Register, selection: Selection, lang: str) -> str:
    """Return earned value as rows."""
    headings = [
        format_message(lang, "column.project_id"),
        *(format_message(lang, f"earned.{name}") for name in RESULTS),
    ]
    return build_html_table(
        [*headings, format_message(lang, "column.missing"), format_message(lang, "column.evidence")],
        (
            [
                labels.find_row_label(register, "projects", row["project_id"], lang),
                *(commitments.format_earned_value(register, row, name, lang) for name in RESULTS),
                commitments.format_missing_inputs(row["missing"], lang),
                build_evidence_link(row["statement_ids"], lang),
            ]
            for row in queries.query_earned_value(register, selection).head(MOST_ROWS).iter_rows(named=True)
        ),
    )


def build_changes_table(register: Register, selection: Selection, said: Mapping[str, Row], lang: str) -> str:
    """Return what changed within the last year as rows."""
    until = queries.find_as_of_day(register, selection)
    since = calendar.add_months(calendar.to_jalali(until), -12).last_day
    ladder, cells = queries.list_stage_states(register), []
    changed = queries.query_changed_rows(register, selection, since)
    for name, (before, after) in [(name, pair) for name, pairs in changed.items() for pair in pairs][:MOST_ROWS]:
        told = [commitments.format_compared_row(register, name, row, ladder, said, lang) for row in (before, after)]
        cells.append(
            [
                format_message(lang, f"changes.{name}"),
                *told,
                build_evidence_link((after or before)["statement_ids"], lang),
            ]
        )
    return build_html_table(
        [format_message(lang, f"column.{name}") for name in ("figure", "said", "later", "evidence")], cells
    )
