"""One finding on the screen: its words, figure, table, sources and download, always together."""

from collections.abc import Callable, Mapping, Sequence
from itertools import islice

import narwhals as nw
import streamlit as st

from khoosheh import downloads
from khoosheh.engines import Frame, collected
from khoosheh.figures.theme import Theme
from khoosheh.findings import standings
from khoosheh.measures.common import join_ids
from khoosheh.persian import isolate
from khoosheh.ui import embed, pictures, table
from khoosheh.ui.components import chart as charts
from khoosheh.ui.components.chart import Picture
from khoosheh.ui.context import PageContext
from khoosheh.ui.kept import kept
from khoosheh.ui.markdown import plain
from khoosheh.ui.table import Cell
from khoosheh.ui.view import MOST_IDS
from khoosheh.words import missing

PICKED = "picked"
# what makes the cells of a row
Cells = Callable[[Mapping], Sequence[Cell]]
# a page has no room for more rows; a download has
MOST_ROWS = 100
# every field of the address that leaves something out
NO_FILTERS = dict.fromkeys(("chain", "county", "sector", "kind", "isic", "kb", "exports"), ())


def heading(words: str, level: int = 2) -> None:
    """Draw a heading; its words are the finding."""
    pictures.headed(words, level)
    {1: st.title, 2: st.header, 3: st.subheader}[level](plain(words), anchor=False)


def chart(
    page: PageContext,
    figure: Callable[[Theme], object],
    key: str,
    on_pick: Callable[[str], None] | None = None,
    sources: Sequence[str] = (),
    *,
    pictured: bool = True,
) -> None:
    """Draw a Plotly figure; a click on a mark opens the statements behind it, on the same page.

    ``figure``: what draws it in a theme; asked once for all readers of the same view, see :mod:`khoosheh.ui.kept`.
    ``on_pick`` does something else with what the mark carries; then ``sources`` are the ids of those it rests on.
    ``pictured``: it can be saved as a picture.
    """
    with st.container(key=f"khoosheh-chart-{key}"):
        words = {what: page.t(f"chart.{what}") for what in ("in", "out", "earlier", "later", "whole")}
        asked = ("chart", key, pictures.title(), pictured)
        drawn, picture = kept(page, asked, lambda: _drawn(page, figure, key, sources, pictured))
        charts.draw(drawn, key, words, on_pick or _pick, picture)


def _drawn(
    page: PageContext, figure: Callable[[Theme], object], key: str, sources: Sequence[str], pictured: bool
) -> tuple[str, Picture | None]:
    """Return a figure as it travels to the browser, and what stands around it when it is saved."""
    drawn = figure(page.theme)
    return drawn.to_json(), pictures.of(page, drawn, key, sources) if pictured else None


def _pick(ids: str) -> None:
    """Remember the statements of the mark that was clicked."""
    st.session_state[PICKED] = ids


def evidence_query(page: PageContext, ids: str) -> dict[str, str]:
    """Return the address' fields of the evidence page for blank-separated statement ids."""
    every = tuple(ids.split())
    # an address has no room for more: then it leads to all of the view, which they are among
    return page.view.filters() if len(every) > MOST_IDS else page.view.filters(ids=every, **NO_FILTERS)


def evidence_cell(page: PageContext, ids: str) -> Cell:
    """Return a table cell that leads to the statements behind its row."""
    if not ids:
        return Cell(page.t("value.not_stated"), muted=True)
    return Cell(page.t("evidence.count", count=len(ids.split())), evidence_query(page, ids), "evidence")


def source_cell(page: PageContext, source_id: object) -> Cell:
    """Return a table cell that leads to the source of its row."""
    found = standings.source(page.register, source_id)
    title, address, locator = (found[name] for name in (f"title_{page.lang}", "address", "locator"))
    if missing(address):
        return Cell(title if missing(locator) else page.t("source.located", title=title, locator=isolate(locator)))
    return Cell(title, href=address)


def sources(page: PageContext, ids: str, key: str) -> None:
    """Draw the link to the statements behind a finding; ``ids`` may name one more than once."""
    count, query = kept(page, ("sources", key), lambda: _behind(page, ids))
    if not count:
        return
    label = page.t("evidence.behind", count=count)
    if embed.embedded():
        # a page's link would open within the other site's frame
        st.html(table.link(label, query, "evidence"))
    else:
        with st.container(key=f"khoosheh-sources-{key}"):
            st.page_link(page.links["evidence"], label=plain(label), icon=":material/fact_check:", query_params=query)


def _behind(page: PageContext, ids: str) -> tuple[int, dict[str, str]]:
    every = join_ids([ids])
    return len(every.split()), evidence_query(page, every)


def details(
    page: PageContext,
    key: str,
    headings: Sequence[str],
    cells: Cells,
    data: nw.DataFrame,
    caption: str,
    rows: Sequence[Mapping] = (),
) -> None:
    """Draw the table of a figure, folded, with its download; see :func:`open_table`."""
    with st.expander(page.t("table.open")):
        open_table(page, key, headings, cells, data, caption, rows, headed=False)


def open_table(
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

    def draw() -> str:
        shown = rows or data.head(MOST_ROWS).iter_rows(named=True)
        return table.drawn(headings, [cells(row) for row in islice(shown, MOST_ROWS)], caption, headed=headed)

    st.html(kept(page, ("table", key), draw))
    more(page, MOST_ROWS, len(rows or data))
    download(page, key, data)


def download(page: PageContext, key: str, data: Frame) -> None:
    """Offer the table that was drawn as CSV."""
    asof = page.view.asof or page.register.compiled_on
    st.download_button(
        page.t("table.csv"),
        # made when somebody asks for it: most who see a table do not
        lambda: downloads.as_file(collected(data)),
        file_name=f"khoosheh-{key}-{asof}.csv",
        mime="text/csv",
        key=f"csv-{key}",
        on_click="ignore",
        icon=":material/download:",
    )


def more(page: PageContext, shown: int, count: int) -> None:
    """Say that a table goes on, where it does."""
    if count > shown:
        st.caption(plain(page.t("table.more", shown=shown, count=count)))


def nothing(page: PageContext) -> None:
    """Say that the filters leave nothing, and offer the way out."""
    st.info(page.t("empty.words"))
    cleared = page.view.query(**NO_FILTERS, asof="", q="", ids=(), page=1)
    st.html(table.link(page.t("empty.clear"), cleared))
