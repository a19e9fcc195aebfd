"""Statements on the screen: as rows of a table, and as cards with all their fields."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from khoosheh import calendar, formatting, labels, queries
from khoosheh.engines import Frame, collect_first_rows, collect_frame, count_rows
from khoosheh.measures import evidence
from khoosheh.measures.rows import Table
from khoosheh.topics import registry
from khoosheh.topics.request import Row
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding, finding_tables
from khoosheh.ui.layout.cached_render import cached_render
from khoosheh.ui.markup import tables
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.markup.tables import Cell, escape_html


def format_said_date(page: PageContext, row: Row) -> str:
    """Return the dates between which a statement was made."""
    return formatting.format_statement_dates(row["said_from"], row["said_to"], page.lang)


def format_stated_value(page: PageContext, row: Row) -> str:
    """Return the number or the state that a statement gives; '' where it gives neither."""
    if not formatting.is_missing(row["value_low"]):
        unit = labels.find_unit_label(page.register, row["unit"], page.lang)
        if page.register.dictionary.values("statements", "unit")[row["unit"]].get("precedes"):
            bare = formatting.format_value_range(row["value_low"], row["value_high"], page.lang)
            return page.t("value.ordinal", unit=unit, value=bare)
        return formatting.format_value_range(row["value_low"], row["value_high"], page.lang, unit)
    if not formatting.is_missing(row["state_low"]):
        ladder = list(page.register.dictionary.values("statements", "state_low"))
        low, high = ladder.index(row["state_low"]), ladder.index(row["state_high"])
        return labels.format_state_span(page.register, ladder, low, high, page.lang)
    return ""


def render_statements_table(page: PageContext, statements: Frame, key: str, caption: str) -> None:
    """Draw statements, in their order, as a table with its download.

    ``key`` and the address of the page must identify the statements: the table is cached under them.
    """
    build_table = partial(_build_statements_table, page, statements, caption)
    st.html(cached_render(page, ("statements", key, caption), build_table))
    finding_tables.render_csv_button(page, key, statements)


def render_folded_statements(page: PageContext, statements: Frame, key: str, title: str, note: str = "") -> None:
    """Draw statements as a table folded under a title, with a ``note`` above it; see above."""

    def build_folded_table() -> str:
        note_html = tables.build_note_html(note) if note else ""
        return tables.build_folded_html(title, note_html + _build_statements_table(page, statements, title), key)

    st.html(cached_render(page, ("statements", key, title), build_folded_table))
    finding_tables.render_csv_button(page, key, statements)


def _build_statements_table(page: PageContext, statements: Frame, caption: str) -> str:
    """Return the first statements as an HTML table, with a note on the number of all if there are more."""
    shown = collect_first_rows(statements, finding.MOST_ROWS)
    note_html = finding.build_truncation_note(page, len(shown), count_rows(statements))
    return _build_statements_html(page, shown, caption) + note_html


def _build_statements_html(page: PageContext, statements: Table, caption: str) -> str:
    headings = [page.t(f"statement.{name}") for name in ("claim", "subject", "speaker", "said", "evidence")]
    rows = []
    for row in statements.iter_rows(named=True):
        flag = row["quality_flag"]
        warning = page.register.dictionary.value_label("statements", "quality_flag", flag, page.lang)
        rows.append([
            Cell(row[f"claim_{page.lang}"] + (f" ({warning})" if warning else "")),
            Cell(format_subject(page, row)),
            Cell(format_optional_text(row[f"speaker_{page.lang}"])),
            Cell(format_said_date(page, row)),
            Cell(row["statement_id"], finding.build_evidence_query(page, row["statement_id"]), "evidence"),
        ])  # fmt: skip
    return tables.build_table_html(headings, rows, caption)


def format_optional_text(cell: object) -> str:
    """Return the text of a cell of any type; '' where it is missing."""
    return "" if formatting.is_missing(cell) else str(cell)


def format_subject(page: PageContext, row: Row) -> str:
    """Return the name of the narrowest subject of a statement, such as a project; of none, the country."""
    for field, table in labels.TABLES.items():
        if field in row and field != "iso_3166_2" and not formatting.is_missing(row[field]):
            return labels.find_row_label(page.register, table, row[field], page.lang)
    if formatting.is_missing(row["iso_3166_2"]):
        return page.t("statement.country")
    return labels.find_row_label(page.register, "provinces", row["iso_3166_2"], page.lang)


def render_statement_card(page: PageContext, row: Row, source: Row, uses: list[str]) -> None:
    """Draw a statement with all its fields; ``uses``: the pages that use it."""
    fields = [(label, content) for label, content in _list_card_fields(page, row, source, uses) if content]
    body = "".join(
        f"<div><dt>{escape_html(label)}</dt><dd><bdi>{content}</bdi></dd></div>" for label, content in fields
    )
    claim = escape_html(row[f"claim_{page.lang}"])
    name = escape_html(row["statement_id"])
    link = finding.build_evidence_link(page, row["statement_id"], row["statement_id"])
    title = f"<h3>{claim} <small>{link}</small></h3>"
    st.html(f'<article class="khoosheh-card" id="{name}">{title}<dl>{body}</dl></article>')


def _list_card_fields(page: PageContext, row: Row, source: Row, uses: list[str]) -> list[tuple[str, str]]:
    """Return label and content, as HTML, of each field of a card; the content of a blank field is ''."""
    lang, dictionary = page.lang, page.register.dictionary

    def label_field(name: str) -> str:
        return dictionary.field_label("statements", name, lang)

    def label_code(table: str, name: str, code: str | float | None) -> str:
        return dictionary.value_label(table, name, code, lang) or ""

    figure = format_optional_text(row["value_printed"])
    # the figure is isolated, so that the quotation marks have the direction of the page
    printed = f"{page.t('quote.open')}<bdi>{escape_html(figure)}</bdi>{page.t('quote.close')}" if figure else ""
    notes = [row[f"quality_note_{lang}"], source[f"quality_note_{lang}"]]
    return [
        (page.t("statement.value"), escape_html(format_stated_value(page, row))),
        (label_field("value_printed"), printed),
        (page.t("statement.subject"), escape_html(format_subject(page, row))),
        (label_field("measure"), escape_html(labels.find_measure_label(page.register, row["measure"], lang))),
        (page.t("statement.due"), escape_html(_format_due_date(page, row))),
        (page.t("statement.speaker"), escape_html(format_optional_text(row[f"speaker_{lang}"]))),
        (page.t("statement.said"), escape_html(format_said_date(page, row))),
        (page.t("statement.source"), _format_source_line(page, row, source)),
        (page.t("statement.reasoning"), escape_html(format_optional_text(source[f"date_reasoning_{lang}"]))),
        (page.t("statement.quality"), escape_html(label_code("sources", "quality", source["quality"]))),
        (label_field("quality_flag"), escape_html(label_code("statements", "quality_flag", row["quality_flag"]))),
        (page.t("statement.note"), escape_html(" ".join(note for note in map(format_optional_text, notes) if note))),
        (label_field("obs_status"), escape_html(label_code("statements", "obs_status", row["obs_status"]))),
        (page.t("statement.uses"), _format_page_links(page, uses)),
    ]


def _format_due_date(page: PageContext, row: Row) -> str:
    state = labels.find_value_label(page.register, "statements", "due_state", row["due_state"], page.lang)
    if formatting.is_missing(row["due_from"]):
        return page.t("statement.due.open", state=state) if not formatting.is_missing(row["due_state"]) else ""
    when = formatting.format_statement_dates(row["due_from"], row["due_to"], page.lang)
    return when if formatting.is_missing(row["due_state"]) else page.t("statement.due.by", state=state, when=when)


def _format_source_line(page: PageContext, row: Row, source: Row) -> str:
    title, address = format_optional_text(source[f"title_{page.lang}"]), format_optional_text(source["address"])
    if address.startswith(("https://", "http://")):
        body = tables.build_external_link(title, address)
    else:
        body = escape_html(" ".join(part for part in (title, format_optional_text(source["locator"])) if part))
    details = [
        format_optional_text(source[f"publisher_{page.lang}"]),
        _format_published_date(page, source),
        _format_paragraph_number(page, row),
    ]
    return " · ".join([body, *(escape_html(detail) for detail in details if detail)])


def _format_published_date(page: PageContext, source: Row) -> str:
    if formatting.is_missing(source["published_from"]):
        return ""
    return formatting.format_statement_dates(source["published_from"], source["published_to"], page.lang)


def _format_paragraph_number(page: PageContext, row: Row) -> str:
    if formatting.is_missing(row["paragraph"]):
        return ""
    number = int(row["paragraph"])
    return page.t("statement.paragraph", number=number) if number else page.t("statement.headline")


def _format_page_links(page: PageContext, uses: list[str]) -> str:
    if not uses:
        return escape_html(page.t("statement.unused"))
    return page.t("list.comma").join(
        tables.build_page_link(page.t(f"nav.{name}"), page.view.filters(), name) for name in uses
    )


def render_picked_statements(page: PageContext) -> None:
    """Open a dialog with the statements of the mark that the reader clicked, if a mark was clicked."""
    ids = st.session_state.pop(finding.PICKED, "").split()
    if not ids:
        return
    chosen = queries.select_statements_by_id(page.register, ids)
    st.dialog(escape_markdown(page.t("evidence.behind", count=len(chosen))), width="large")(render_statement_cards)(
        page, list_newest_first(chosen)
    )


def render_statement_cards(page: PageContext, rows: Sequence[Row]) -> None:
    """Draw statements as cards."""
    sources = {
        row["source_id"]: row for row in queries.read_register_table(page.register, "sources").iter_rows(named=True)
    }
    for row in rows:
        render_statement_card(
            page,
            row,
            sources[row["source_id"]],
            registry.list_statement_pages(page.register, page.view.selection, row),
        )


def list_newest_first(statements: Frame, most: int | None = None) -> list[Row]:
    """Return statements as rows, the newest first, ``most`` of them at most.

    A statement that was made in an interval of days is sorted by the first of them.
    """
    newest = evidence.sort_newest_first(statements)
    return list((collect_frame(newest) if most is None else collect_first_rows(newest, most)).iter_rows(named=True))


def format_as_of_date(page: PageContext) -> str:
    """Return the month or day as of which the page shows the register."""
    text = page.view.asof or page.register.compiled_on
    return calendar.format_date(calendar.parse_jalali_date(text), page.lang)
