"""Statements on the screen: as rows of a table, and as cards with all that is known of them."""

from collections.abc import Mapping

import narwhals as nw
import streamlit as st

from khoosheh import board, calendar, names, words
from khoosheh.engines import Frame, collected, first, size
from khoosheh.measures import evidence
from khoosheh.ui import show, table
from khoosheh.ui.context import PageContext
from khoosheh.ui.kept import kept
from khoosheh.ui.markdown import plain
from khoosheh.ui.table import Cell, escape


def said(page: PageContext, row: Mapping) -> str:
    """Return when a statement was said."""
    return words.said(row["said_from"], row["said_to"], page.lang)


def value(page: PageContext, row: Mapping) -> str:
    """Return what was stated as a number, or as a state."""
    if not words.missing(row["value_low"]):
        unit = names.of_unit(page.register, row["unit"], page.lang)
        if page.register.dictionary.values("statements", "unit")[row["unit"]].get("precedes"):
            bare = words.interval(row["value_low"], row["value_high"], page.lang)
            return page.t("value.ordinal", unit=unit, value=bare)
        return words.interval(row["value_low"], row["value_high"], page.lang, unit)
    if not words.missing(row["state_low"]):
        ladder = list(page.register.dictionary.values("statements", "state_low"))
        ends = [ladder.index(row["state_low"]), ladder.index(row["state_high"])]
        return names.state_span(page.register, ladder, *ends, page.lang)
    return ""


def rows_table(page: PageContext, statements: Frame, key: str, caption: str) -> None:
    """Draw statements, in their order, as a table with its download.

    Which statements these are, ``key`` and the page's address must tell: they are looked at once.
    """
    drawn, rows, count = kept(page, ("statements", key, caption), lambda: _table(page, statements, caption))
    st.html(drawn)
    show.more(page, rows, count)
    show.download(page, key, statements)


def _table(page: PageContext, statements: Frame, caption: str) -> tuple[str, int, int]:
    """Return the table as HTML, how many rows it has, and how many there are."""
    shown = first(statements, show.MOST_ROWS)
    return _rows(page, shown, caption), len(shown), size(statements)


def _rows(page: PageContext, statements: nw.DataFrame, caption: str) -> str:
    headings = [page.t(f"statement.{name}") for name in ("claim", "subject", "speaker", "said", "evidence")]
    rows = []
    for row in statements.iter_rows(named=True):
        flag = row["quality_flag"]
        warning = page.register.dictionary.value_label("statements", "quality_flag", flag, page.lang)
        rows.append([
            Cell(row[f"claim_{page.lang}"] + (f" ({warning})" if warning else "")),
            Cell(subject(page, row)),
            Cell(shown(row[f"speaker_{page.lang}"])),
            Cell(said(page, row)),
            Cell(row["statement_id"], show.evidence_query(page, row["statement_id"]), "evidence"),
        ])  # fmt: skip
    return table.drawn(headings, rows, caption)


def shown(cell: object) -> str:
    """Return a cell's words, nothing where it is blank."""
    return "" if words.missing(cell) else str(cell)


def subject(page: PageContext, row: Mapping) -> str:
    """Return what a statement is about, from the narrowest to the widest."""
    for field, of in names.TABLES.items():
        if field in row and field != "iso_3166_2" and not words.missing(row[field]):
            return names.of_row(page.register, of, row[field], page.lang)
    if words.missing(row["iso_3166_2"]):
        return page.t("statement.country")
    return names.of_row(page.register, "provinces", row["iso_3166_2"], page.lang)


def card(page: PageContext, row: Mapping, source: Mapping, uses: list[str]) -> None:
    """Draw a statement with all that is known of it."""
    pairs = [(label, body) for label, body in _pairs(page, row, source, uses) if body]
    body = "".join(f"<div><dt>{escape(label)}</dt><dd><bdi>{words_}</bdi></dd></div>" for label, words_ in pairs)
    claim = escape(row[f"claim_{page.lang}"])
    name = escape(row["statement_id"])
    link = table.link(row["statement_id"], show.evidence_query(page, row["statement_id"]), "evidence")
    title = f"<h3>{claim} <small>{link}</small></h3>"
    st.html(f'<article class="khoosheh-card" id="{name}">{title}<dl>{body}</dl></article>')


def _pairs(page: PageContext, row: Mapping, source: Mapping, uses: list[str]) -> list[tuple[str, str]]:
    lang, field = page.lang, lambda name: page.register.dictionary.field_label("statements", name, page.lang)
    figure = shown(row["value_printed"])
    # the figure has a direction of its own, the marks of quotation have that of the page
    printed = f"{page.t('quote.open')}<bdi>{escape(figure)}</bdi>{page.t('quote.close')}" if figure else ""
    notes = [row[f"quality_note_{lang}"], source[f"quality_note_{lang}"]]
    label = page.register.dictionary.value_label
    return [
        (page.t("statement.value"), escape(value(page, row))),
        (field("value_printed"), printed),
        (page.t("statement.subject"), escape(subject(page, row))),
        (field("measure"), escape(names.of_kind(page.register, row["measure"], lang))),
        (page.t("statement.due"), escape(_due(page, row))),
        (page.t("statement.speaker"), escape(shown(row[f"speaker_{lang}"]))),
        (page.t("statement.said"), escape(said(page, row))),
        (page.t("statement.source"), _source(page, row, source)),
        (page.t("statement.reasoning"), escape(shown(source[f"date_reasoning_{lang}"]))),
        (page.t("statement.quality"), escape(label("sources", "quality", source["quality"], lang) or "")),
        (field("quality_flag"), escape(label("statements", "quality_flag", row["quality_flag"], lang) or "")),
        (page.t("statement.note"), escape(" ".join(note for note in map(shown, notes) if note))),
        (field("obs_status"), escape(label("statements", "obs_status", row["obs_status"], lang) or "")),
        (page.t("statement.uses"), _uses(page, uses)),
    ]


def _due(page: PageContext, row: Mapping) -> str:
    state = names.of_value(page.register, "statements", "due_state", row["due_state"], page.lang)
    if words.missing(row["due_from"]):
        return page.t("statement.due.open", state=state) if not words.missing(row["due_state"]) else ""
    when = words.said(row["due_from"], row["due_to"], page.lang)
    return when if words.missing(row["due_state"]) else page.t("statement.due.by", state=state, when=when)


def _source(page: PageContext, row: Mapping, source: Mapping) -> str:
    title, address = shown(source[f"title_{page.lang}"]), shown(source["address"])
    if address.startswith(("https://", "http://")):
        body = table.outward(title, address)
    else:
        body = escape(" ".join(part for part in (title, shown(source["locator"])) if part))
    more = [shown(source[f"publisher_{page.lang}"]), _published(page, source), _paragraph(page, row)]
    return " · ".join([body, *(escape(part) for part in more if part)])


def _published(page: PageContext, source: Mapping) -> str:
    if words.missing(source["published_from"]):
        return ""
    return words.said(source["published_from"], source["published_to"], page.lang)


def _paragraph(page: PageContext, row: Mapping) -> str:
    if words.missing(row["paragraph"]):
        return ""
    number = int(row["paragraph"])
    return page.t("statement.paragraph", number=number) if number else page.t("statement.headline")


def _uses(page: PageContext, uses: list[str]) -> str:
    if not uses:
        return escape(page.t("statement.unused"))
    return page.t("list.comma").join(table.link(page.t(f"nav.{name}"), page.view.filters(), name) for name in uses)


def picked(page: PageContext) -> None:
    """Open the statements behind the mark that was just clicked, if one was."""
    ids = st.session_state.pop(show.PICKED, "").split()
    if not ids:
        return
    chosen = board.named(page.register, ids)
    st.dialog(plain(page.t("evidence.behind", count=len(chosen))), width="large")(cards)(page, order(chosen))


def cards(page: PageContext, rows: list[Mapping]) -> None:
    """Draw statements as cards."""
    sources = {row["source_id"]: row for row in board.table(page.register, "sources").iter_rows(named=True)}
    for row in rows:
        card(page, row, sources[row["source_id"]], board.pages_of(page.register, page.view.selection, row))


def order(statements: Frame, most: int | None = None) -> list[Mapping]:
    """Return statements as rows, the newest first, ``most`` of them at most.

    One said in an interval stands where its interval starts.
    """
    newest = evidence.newest(statements)
    return list((collected(newest) if most is None else first(newest, most)).iter_rows(named=True))


def day_of(page: PageContext) -> str:
    """Return the month up to which the page speaks."""
    text = page.view.asof or page.register.compiled_on
    return calendar.format_date(calendar.parse(text), page.lang)
