"""The tables of the two pages."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from khoosheh import board, calendar, findings, names, words
from khoosheh.findings import schedule
from khoosheh.locale import text
from khoosheh.measures.earned_value import RESULTS
from khoosheh.measures.scope import Selection
from khoosheh.register import Register

Row = Mapping[str, object]

# as many rows as ours
MOST_ROWS = 100


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of words and links as HTML.

    As elements of Dash's own a hundred rows are three thousand, and each change keeps the browser busy for 20 s.
    """
    head = "".join(f"<th><button>{escape(one)}</button></th>" for one in headings)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def folded(inner: str) -> str:
    """Return a table that is folded until it is opened."""
    return f"<details><summary>+</summary>{inner}</details>"


def _cell(words: str) -> str:
    return f"<td><bdi>{words if isinstance(words, Html) else escape(str(words))}</bdi></td>"


def link(words: str, address: str) -> Html:
    """Return words that lead to an address."""
    return Html(f'<a href="{escape(address)}">{escape(words)}</a>')


def evidence(ids: str, lang: str) -> Html:
    """Return the link to the statements behind a row."""
    return link(text(lang, "evidence.count", count=len(ids.split())), f"/evidence?ids={ids.replace(' ', ',')}")


def amounts(register: Register, rows: Sequence[Row], by: str, lang: str) -> str:
    """Return the amounts as rows."""
    headings = [text(lang, f"column.{name}") for name in (by, "kind", "amount", "known", "evidence")]
    return table(
        headings,
        (
            [
                names.of_group(register, by, row["group"], lang),
                names.of_kind(register, row["measure"], lang),
                findings.amount(register, row, lang),
                words.known_of(row["known"], row["of"], lang),
                evidence(row["statement_ids"], lang),
            ]
            for row in rows[:MOST_ROWS]
        ),
    )


def statements(register: Register, found: object, lang: str) -> str:
    """Return statements as rows."""
    headings = [text(lang, f"statement.{name}") for name in ("claim", "subject", "speaker", "said", "evidence")]
    return table(
        headings,
        (
            [
                row[f"claim_{lang}"],
                _subject(register, row, lang),
                "" if words.missing(row[f"speaker_{lang}"]) else row[f"speaker_{lang}"],
                words.said(row["said_from"], row["said_to"], lang),
                link(row["statement_id"], f"/evidence?ids={row['statement_id']}"),
            ]
            for row in found.head(MOST_ROWS).iter_rows(named=True)
        ),
    )


def _subject(register: Register, row: Row, lang: str) -> str:
    for field, of in names.TABLES.items():
        if field in row and field != "iso_3166_2" and not words.missing(row[field]):
            return names.of_row(register, of, row[field], lang)
    return text(lang, "statement.country")


def ledger(register: Register, rows: Sequence[Row], said: Mapping[str, Row], lang: str) -> str:
    """Return promises and what came of them as rows."""
    parts = ("subject", "promised", "due", "said", "verdict", "later", "evidence")
    cells = []
    for row in rows[:MOST_ROWS]:
        statement = said[row["statement_id"]]
        moves = [said[one] for one in row["moved_ids"].split()]
        cells.append([
            schedule.subject(register, row, lang),
            schedule.promised(register, statement, lang),
            schedule.when(statement, lang),
            words.said(statement["said_from"], statement["said_to"], lang),
            schedule.verdict(row, moves, lang),
            evidence(row["later_ids"], lang),
            evidence(row["statement_ids"], lang),
        ])  # fmt: skip
    return table([text(lang, f"column.{name}") for name in parts], cells)


def earned(register: Register, selection: Selection, lang: str) -> str:
    """Return earned value as rows."""
    headings = [text(lang, "column.project_id"), *(text(lang, f"earned.{name}") for name in RESULTS)]
    return table(
        [*headings, text(lang, "column.missing"), text(lang, "column.evidence")],
        (
            [
                names.of_row(register, "projects", row["project_id"], lang),
                *(schedule.earned(register, row, name, lang) for name in RESULTS),
                schedule.lacking(row["missing"], lang),
                evidence(row["statement_ids"], lang),
            ]
            for row in board.earned(register, selection).head(MOST_ROWS).iter_rows(named=True)
        ),
    )


def changes(register: Register, selection: Selection, said: Mapping[str, Row], lang: str) -> str:
    """Return what changed within the last year as rows."""
    until = board.day_of(register, selection)
    since = calendar.add_months(calendar.to_jalali(until), -12).last_day
    ladder, cells = board.ladder(register), []
    changed = board.changed(register, selection, since)
    for name, (before, after) in [(name, pair) for name, pairs in changed.items() for pair in pairs][:MOST_ROWS]:
        told = [schedule.changed(register, name, row, ladder, said, lang) for row in (before, after)]
        cells.append([text(lang, f"changes.{name}"), *told, evidence((after or before)["statement_ids"], lang)])
    return table([text(lang, f"column.{name}") for name in ("figure", "said", "later", "evidence")], cells)
