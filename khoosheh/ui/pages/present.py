"""The page that presents slides, one at a time; the address has the set of slides and the slide that is shown."""

from collections.abc import Sequence
from itertools import islice

import streamlit as st

from khoosheh import formatting, queries
from khoosheh.figures.theme import Figure
from khoosheh.persian import isolate_direction
from khoosheh.register import Register, cached_per_register
from khoosheh.topics.commitments import sentences
from khoosheh.topics.deck import build_slide_deck, select_deck_slides
from khoosheh.topics.request import Question
from khoosheh.topics.slide import Slide, Table
from khoosheh.topics.sources import find_source_row
from khoosheh.topics.value_chains.matrix import KEY as MATRIX
from khoosheh.ui.blocks import chain_map, chain_matrix, computed_rankings
from khoosheh.ui.components import present as slide_controls
from khoosheh.ui.context import PageContext
from khoosheh.ui.controls import filters, slide_chooser
from khoosheh.ui.layout import finding
from khoosheh.ui.markup import addresses, tables
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.markup.page_list import PAGES

CHAIN = "chain-"
# titles of sources in the small print, and letters of each title, at most
SOURCES, LETTERS = 2, 48
MOST_IDS = 200


def render_presentation(page: PageContext) -> None:
    """Draw the current slide, or the page on which slides are chosen."""
    deck = _build_deck(page.register, page.view.question, page.lang)
    chosen, lost = select_deck_slides(deck, page.view.slides, page.view.of)
    if page.view.choose:
        slide_chooser.render_slide_chooser(page, deck, chosen, lost)
        return
    if not chosen:
        _render_empty_deck(page, lost)
        return
    keys = [slide.key for slide in chosen]
    at = keys.index(page.view.slide) if page.view.slide in keys else 0
    if page.view.slide and page.view.slide not in keys:
        lost = (*lost, page.view.slide)
    with st.container(key="khoosheh-slide"):
        _render_slide(page, chosen[at], lost, keys, at)


def _render_empty_deck(page: PageContext, lost: Sequence[str]) -> None:
    """Draw a note that the set has no slides, the reasons, and links to other pages."""
    finding.render_heading(page.t("present.none"), 1)
    finding.render_empty_result(page)
    for warning in [*_list_unknown_fields(page), *_list_missing_slides(page, lost)]:
        st.warning(escape_markdown(warning))
    st.html(tables.build_page_link(page.t("present.choose"), page.view.query(slides=(), slide="", of="", choose="1")))
    st.html(tables.build_page_link(page.t("present.leave"), page.view.filters(), PAGES[0]))
    st.caption(escape_markdown(_format_known_day(page)))


@cached_per_register
def _build_deck(register: Register, question: Question, lang: str) -> tuple[Slide, ...]:
    return tuple(build_slide_deck(register, question, lang))


def _render_slide(page: PageContext, slide: Slide, lost: Sequence[str], keys: Sequence[str], at: int) -> None:
    finding.render_heading(slide.title, 1)
    note = _format_slide_note(slide)
    if note:
        st.html(f'<p class="khoosheh-slide-note">{tables.escape_html(note)}</p>')
    with st.container(key="khoosheh-slide-body"):
        heights = _render_slide_body(page, slide)
    with st.container(key="khoosheh-slide-foot", gap=None):
        st.caption(_format_small_print(page, slide, lost), unsafe_allow_html=False)
        back = slide.page if slide.page in PAGES else PAGES[0]
        slide_controls.render_slide_controls(
            keys=keys,
            at=at,
            shown=page.t("present.count", at=at + 1, of=len(keys)),
            heights=heights,
            links={
                "choose": addresses.build_page_address(page.view.query(choose="1")),
                "leave": addresses.build_page_address(page.view.filters(), back),
            },
            words={word: page.t(f"present.{word}") for word in ("previous", "next", "full", "choose", "leave")},
            on_go=_write_slide_key,
        )


def _format_slide_note(slide: Slide) -> str:
    """Return the rule or caveat of a slide, the legend of its figure, and the note that its table is cut."""
    legend = slide.legend if slide.figure else ""
    cut = slide.table.cut if slide.table and not slide.key.startswith(CHAIN) else ""
    return " ".join(filter(None, (slide.note, legend, cut)))


def _write_slide_key(key: str) -> None:
    """Write the key of the requested slide to the address."""
    st.query_params["slide"] = key


def _render_slide_body(page: PageContext, slide: Slide) -> list[int]:
    """Draw the figure, the map of the chain or the table; return the heights of the figure, narrow and wide."""
    if slide.figure:
        figure: Figure = slide.figure(page.slide_theme)
        pick = computed_rankings.toggle_province if slide.sources else None
        finding.render_figure(page, lambda theme: figure, f"slide-{slide.key}", pick, pictured=False)
        wide = (figure.layout.meta or {}).get("wide", {}).get("layout", {})
        return [int(figure.layout.height), int(wide.get("height", figure.layout.height))]
    if slide.key == MATRIX:
        chain_matrix.render_chain_matrix(page, slide.title, sheet=True)
    elif slide.key.startswith(CHAIN):
        chain_map.render_chain_map(page, slide.key.removeprefix(CHAIN), slide.title, sheet=True)
    elif slide.table:
        _render_slide_table(slide.table)
    return []


def _render_slide_table(table: Table) -> None:
    head = "".join(f'<th scope="col">{tables.escape_html(heading)}</th>' for heading in table.headings)
    rows = ("".join(f"<td><bdi>{tables.escape_html(cell)}</bdi></td>" for cell in row) for row in table.rows)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    st.html(f'<div class="khoosheh-sheet"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>')


def _format_known_day(page: PageContext) -> str:
    return page.t(
        "schedule.now",
        day=sentences.format_jalali_day(queries.find_as_of_day(page.register, page.view.selection), page.lang),
    )


def _format_small_print(page: PageContext, slide: Slide, lost: Sequence[str]) -> str:
    """Return the small print as Markdown: day, number of known values, statements, sources and warnings."""
    parts = [_format_known_day(page)]
    if slide.known:
        parts.append(page.t("present.known", known=slide.known))
    parts = [escape_markdown(part) for part in parts]
    if slide.statement_ids:
        ids = " ".join(slide.statement_ids[:MOST_IDS])
        label = escape_markdown(page.t("evidence.count", count=len(slide.statement_ids)))
        parts.append(
            f"[{label}]({addresses.build_page_address(finding.build_evidence_query(page, ids), 'evidence')})"
        )
    texts = [_format_slide_sources(page, slide), *_list_unknown_fields(page), *_list_missing_slides(page, lost)]
    return " · ".join([*parts, *(escape_markdown(text) for text in texts if text)])


def _format_slide_sources(page: PageContext, slide: Slide) -> str:
    """Return the titles of the sources with most statements, and the number of the other sources."""
    source_ids = list(slide.sources)
    if not source_ids:
        of_statements = queries.select_statements_by_id(page.register, slide.statement_ids)["source_id"].to_list()
        source_ids = sorted(dict.fromkeys(of_statements), key=lambda source_id: -of_statements.count(source_id))
    if not source_ids:
        return ""
    titles = [
        _shorten_title(find_source_row(page.register, source_id)[f"title_{page.lang}"])
        for source_id in islice(source_ids, SOURCES)
    ]
    listed = page.t("list.semicolon").join(map(isolate_direction, titles))
    if len(source_ids) > len(titles):
        return page.t("present.sources.more", titles=listed, count=len(source_ids) - len(titles))
    return page.t("present.sources", titles=listed)


def _shorten_title(title: str | float | None) -> str:
    """Return a title cut between words to at most ``LETTERS`` letters; '' for a missing one (``None`` or NaN)."""
    text = "" if formatting.is_missing(title) else str(title)
    return text if len(text) <= LETTERS else f"{text[:LETTERS].rsplit(' ', 1)[0]}…"


def _list_unknown_fields(page: PageContext) -> list[str]:
    return [filters.format_unknown_field(page, *field) for field in page.view.unknown]


def _list_missing_slides(page: PageContext, lost: Sequence[str]) -> list[str]:
    """Return a warning about the slides of the address that the deck does not have; ``lost``: their keys."""
    names = page.t("list.comma").join(isolate_direction(key) for key in lost)
    return [page.t("present.lost", keys=names)] if lost else []
