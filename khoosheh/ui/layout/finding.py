"""The parts of a finding on the screen: heading, notes, figure, and link to the statements."""

from collections.abc import Callable, Sequence

import streamlit as st

from khoosheh.figures.theme import Figure, FigureFactory, Theme
from khoosheh.measures.common import join_ids
from khoosheh.topics.finding import Finding
from khoosheh.topics.request import Row
from khoosheh.ui.components import chart as charts
from khoosheh.ui.components.chart import Picture
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import embed, figure_links, picture_captions
from khoosheh.ui.layout.cached_render import cached_render
from khoosheh.ui.markup import tables
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.markup.page_list import PAGE_INFO
from khoosheh.ui.markup.tables import Cell
from khoosheh.ui.state import address_bar
from khoosheh.ui.state.view import MOST_IDS, FilterChanges

PICKED = "picked"
# rows that a page shows at most; a download has all
MOST_ROWS = 100
# the fields of the address that filter statements or firms, without values
NO_FILTERS: FilterChanges = {
    "chain": (), "county": (), "sector": (), "project": (), "kind": (), "isic": (), "knowledge_based": (),
    "exporting": (),
}  # fmt: skip


def render_heading(words: str, level: int = 2, note: str = "", anchor: str = "") -> None:
    """Draw a heading that states a finding in words, with a ``note`` below it.

    ``anchor``: what stands after # in links to a heading below the first level, if any do.
    """
    picture_captions.remember_heading(words, level)
    note_html = tables.build_note_html(note) if note else ""
    if level == 1:
        st.title(escape_markdown(words), anchor=False)
        if note:
            st.html(note_html)
    else:
        # one element: Streamlit's headings and captions are two, and are parsed as Markdown in the browser
        name = f' id="{tables.escape_html(anchor)}"' if anchor else ""
        st.html(f"<h{level}{name}>{tables.escape_html(words)}</h{level}>{note_html}")


def render_note(words: str) -> None:
    """Draw a note on a figure."""
    st.html(tables.build_note_html(words))


def render_figure(
    page: PageContext,
    figure: FigureFactory,
    key: str,
    on_pick: Callable[[str], None] | None = None,
    sources: Sequence[str] = (),
    *,
    pictured: bool = True,
) -> None:
    """Draw a Plotly figure; a click on a mark opens its statements on the same page, one on a label filters by it.

    ``figure``: a function that returns the figure in a theme; its result is cached, see
    :mod:`khoosheh.ui.layout.cached_render`. ``on_pick``: a function that is called with the ids of a clicked mark
    instead; then ``sources`` are the ids of the sources of the figure. ``pictured``: whether the figure can be saved
    as a picture.
    """
    labels = {button: page.t(f"chart.{button}") for button in ("in", "out", "earlier", "later", "whole", "full")}
    cache_key = ("chart", key, picture_captions.format_figure_title(), pictured)
    figure_json, picture = cached_render(
        page, cache_key, lambda: _serialise_figure(page, figure, key, sources, pictured)
    )
    charts.render_plotly_chart(
        figure_json, key, labels, on_pick or _remember_picked_statements, _filter_by_label, picture
    )


def render_finding_figure(
    page: PageContext,
    finding: Finding,
    rows: Sequence[Row],
    title: str,
    key: str,
    on_pick: Callable[[str], None] | None = None,
    sources: Sequence[str] = (),
) -> None:
    """Draw the figure of a finding; ``title``: its name for screen readers. Others: see :func:`render_figure`."""
    make_figure = finding.figure
    assert make_figure is not None, finding.id

    def build_figure(theme: Theme) -> Figure:
        # the texts of a figure are formatted only where it is drawn
        return make_figure(page.request, rows, title)(theme)

    render_figure(page, build_figure, key, on_pick, sources)


def _serialise_figure(
    page: PageContext, figure: FigureFactory, key: str, sources: Sequence[str], pictured: bool
) -> tuple[str, Picture | None]:
    """Return a figure as JSON for the browser, and the captions of its picture if it is ``pictured``."""
    themed = figure(page.theme)
    picture = picture_captions.build_picture(page, themed, key, sources) if pictured else None
    return figure_links.complete_figure(page, themed.to_json(), _list_filter_fields(page)), picture


def _list_filter_fields(page: PageContext) -> tuple[str, ...]:
    """Return the fields of the address that a label may set; none where no chip would show them."""
    info = PAGE_INFO.get(page.name)
    return info.scope if info and not embed.is_embedded_visit() else ()


def _filter_by_label(assignment: str) -> None:
    """Add the code of a clicked label (``field=code``) to the filters, or remove it where it is among them."""
    address_bar.toggle_code(*assignment.split("=", 1))


def _remember_picked_statements(ids: str) -> None:
    """Remember the statements of the mark that was clicked."""
    st.session_state[PICKED] = ids


def build_evidence_query(page: PageContext, ids: str) -> dict[str, str]:
    """Return the fields of the evidence page's address for blank-separated statement ids.

    An address has at most ``MOST_IDS`` ids: for more it leads to all statements of the view, which include them.
    """
    statement_ids = tuple(ids.split())
    if len(statement_ids) > MOST_IDS:
        return page.view.filters()
    return page.view.filters(ids=statement_ids, **NO_FILTERS)


def build_evidence_link(page: PageContext, words: str, ids: str) -> str:
    """Return an HTML link to the statements with the blank-separated ``ids``."""
    return tables.build_page_link(words, build_evidence_query(page, ids), "evidence")


def build_evidence_cell(page: PageContext, ids: str) -> Cell:
    """Return a table cell with a link to the statements of its row."""
    if not ids:
        return Cell(page.t("value.not_stated"), muted=True)
    return Cell(page.t("evidence.count", count=len(ids.split())), build_evidence_query(page, ids), "evidence")


def render_evidence_link(page: PageContext, ids: str, key: str) -> None:
    """Draw the link to the statements of a finding; ``ids``: blank-separated, an id may be repeated."""
    count, query = cached_render(page, ("sources", key), lambda: _build_evidence_target(page, ids))
    if not count:
        return
    st.html(tables.build_page_link(page.t("evidence.behind", count=count), query, "evidence"))


def _build_evidence_target(page: PageContext, ids: str) -> tuple[int, dict[str, str]]:
    """Return the number of different ids, and the fields of the address that shows their statements."""
    unique_ids = join_ids([ids])
    return len(unique_ids.split()), build_evidence_query(page, unique_ids)


def build_truncation_note(page: PageContext, shown: int, count: int) -> str:
    """Return a note on the numbers of shown rows and of all rows as HTML; '' if all are shown."""
    return tables.build_note_html(page.t("table.more", shown=shown, count=count)) if count > shown else ""


def render_truncation_note(page: PageContext, shown: int, count: int) -> None:
    """Draw a note on the numbers of shown rows and of all rows, if not all are shown."""
    if count > shown:
        st.html(build_truncation_note(page, shown, count))


def render_empty_result(page: PageContext) -> None:
    """Draw a note that no statement fits the filters, and a link that clears them."""
    st.info(page.t("empty.words"))
    cleared = page.view.query(**NO_FILTERS, asof="", q="", ids=(), page=1)
    st.html(tables.build_page_link(page.t("empty.clear"), cleared))
