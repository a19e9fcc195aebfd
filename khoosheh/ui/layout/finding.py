"""One finding on the screen: its words, figure, table, sources and download, always together."""

from collections.abc import Callable, Mapping, Sequence
from itertools import islice

import narwhals as nw
import streamlit as st

from khoosheh import downloads
from khoosheh.engines import Frame, collect_frame
from khoosheh.figures.theme import Theme
from khoosheh.formatting import is_missing
from khoosheh.measures.common import join_ids
from khoosheh.narrative import computed_rankings
from khoosheh.persian import isolate_direction
from khoosheh.ui.components import chart as charts
from khoosheh.ui.components.chart import Picture
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import embed, picture_captions
from khoosheh.ui.layout.cached_render import cached_render
from khoosheh.ui.markup import tables
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.markup.tables import Cell
from khoosheh.ui.state.view import MOST_IDS

PICKED = "picked"
# what makes the cells of a row
Cells = Callable[[Mapping], Sequence[Cell]]
# a page has no room for more rows; a download has
MOST_ROWS = 100
# every field of the address that leaves something out
NO_FILTERS = dict.fromkeys(("chain", "county", "sector", "kind", "isic", "knowledge_based", "exporting"), ())


def render_heading(words: str, level: int = 2) -> None:
    """Draw a heading; its words are the finding."""
    picture_captions.remember_heading(words, level)
    {1: st.title, 2: st.header, 3: st.subheader}[level](escape_markdown(words), anchor=False)


def render_figure(
    page: PageContext,
    figure: Callable[[Theme], object],
    key: str,
    on_pick: Callable[[str], None] | None = None,
    sources: Sequence[str] = (),
    *,
    pictured: bool = True,
) -> None:
    """Draw a Plotly figure; a click on a mark opens the statements behind it, on the same page.

    ``figure``: what draws it in a theme; asked once for all readers of the same view, see
    :mod:`khoosheh.ui.layout.cached_render`. ``on_pick`` does something else with what the mark carries; then
    ``sources`` are the ids of those it rests on. ``pictured``: it can be saved as a picture.
    """
    with st.container(key=f"khoosheh-chart-{key}"):
        words = {what: page.t(f"chart.{what}") for what in ("in", "out", "earlier", "later", "whole")}
        asked = ("chart", key, picture_captions.format_figure_title(), pictured)
        drawn, picture = cached_render(page, asked, lambda: _serialise_figure(page, figure, key, sources, pictured))
        charts.render_plotly_chart(drawn, key, words, on_pick or _remember_picked_statements, picture)


def _serialise_figure(
    page: PageContext, figure: Callable[[Theme], object], key: str, sources: Sequence[str], pictured: bool
) -> tuple[str, Picture | None]:
    """Return a figure as it travels to the browser, and what stands around it when it is saved."""
    drawn = figure(page.theme)
    return drawn.to_json(), picture_captions.build_picture(page, drawn, key, sources) if pictured else None


def _remember_picked_statements(ids: str) -> None:
    """Remember the statements of the mark that was clicked."""
    st.session_state[PICKED] = ids


def build_evidence_query(page: PageContext, ids: str) -> dict[str, str]:
    """Return the address' fields of the evidence page for blank-separated statement ids."""
    every = tuple(ids.split())
    # an address has no room for more: then it leads to all of the view, which they are among
    return page.view.filters() if len(every) > MOST_IDS else page.view.filters(ids=every, **NO_FILTERS)


def build_evidence_cell(page: PageContext, ids: str) -> Cell:
    """Return a table cell that leads to the statements behind its row."""
    if not ids:
        return Cell(page.t("value.not_stated"), muted=True)
    return Cell(page.t("evidence.count", count=len(ids.split())), build_evidence_query(page, ids), "evidence")


def build_source_cell(page: PageContext, source_id: object) -> Cell:
    """Return a table cell that leads to the source of its row."""
    found = computed_rankings.find_source_row(page.register, source_id)
    title, address, locator = (found[name] for name in (f"title_{page.lang}", "address", "locator"))
    if is_missing(address):
        return Cell(
            title
            if is_missing(locator)
            else page.t("source.located", title=title, locator=isolate_direction(locator))
        )
    return Cell(title, href=address)


def render_evidence_link(page: PageContext, ids: str, key: str) -> None:
    """Draw the link to the statements behind a finding; ``ids`` may name one more than once."""
    count, query = cached_render(page, ("sources", key), lambda: _build_evidence_target(page, ids))
    if not count:
        return
    label = page.t("evidence.behind", count=count)
    if embed.is_embedded_visit():
        # a page's link would open within the other site's frame
        st.html(tables.build_page_link(label, query, "evidence"))
    else:
        with st.container(key=f"khoosheh-sources-{key}"):
            st.page_link(
                page.links["evidence"], label=escape_markdown(label), icon=":material/fact_check:", query_params=query
            )


def _build_evidence_target(page: PageContext, ids: str) -> tuple[int, dict[str, str]]:
    every = join_ids([ids])
    return len(every.split()), build_evidence_query(page, every)


def render_folded_table(
    page: PageContext,
    key: str,
    headings: Sequence[str],
    cells: Cells,
    data: nw.DataFrame,
    caption: str,
    rows: Sequence[Mapping] = (),
) -> None:
    """Draw the table of a figure, folded, with its download; see :func:`render_open_table`."""
    with st.expander(page.t("table.open")):
        render_open_table(page, key, headings, cells, data, caption, rows, headed=False)


def render_open_table(
    page: PageContext,
    key: str,
    headings: Sequence[str],
    cells: Cells,
    data: nw.DataFrame,
    caption: str,
    rows: Sequence[Mapping] = (),
    *,
    headed: bool = True,
) -> None:
    """Draw a table that is a finding of its own, with its download.

    ``cells`` of its rows are made once for all readers of the same view. ``rows``: which, if not all of ``data``.
    """

    def build_shown_table() -> str:
        shown = rows or data.head(MOST_ROWS).iter_rows(named=True)
        return tables.build_table_html(
            headings, [cells(row) for row in islice(shown, MOST_ROWS)], caption, headed=headed
        )

    st.html(cached_render(page, ("table", key), build_shown_table))
    render_truncation_note(page, MOST_ROWS, len(rows or data))
    render_csv_button(page, key, data)


def render_csv_button(page: PageContext, key: str, data: Frame) -> None:
    """Offer the table that was drawn as CSV."""
    asof = page.view.asof or page.register.compiled_on
    st.download_button(
        page.t("table.csv"),
        # made when somebody asks for it: most who see a table do not
        lambda: downloads.make_csv_file(collect_frame(data)),
        file_name=f"khoosheh-{key}-{asof}.csv",
        mime="text/csv",
        key=f"csv-{key}",
        on_click="ignore",
        icon=":material/download:",
    )


def render_truncation_note(page: PageContext, shown: int, count: int) -> None:
    """Say that a table goes on, where it does."""
    if count > shown:
        st.caption(escape_markdown(page.t("table.more", shown=shown, count=count)))


def render_empty_result(page: PageContext) -> None:
    """Say that the filters leave nothing, and offer the way out."""
    st.info(page.t("empty.words"))
    cleared = page.view.query(**NO_FILTERS, asof="", q="", ids=(), page=1)
    st.html(tables.build_page_link(page.t("empty.clear"), cleared))
