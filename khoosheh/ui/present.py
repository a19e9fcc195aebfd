"""The page that presents: one finding fills the screen; the set and the slide shown live in the address."""

from collections.abc import Sequence
from itertools import islice

import streamlit as st

from khoosheh import board, slides, words
from khoosheh.findings import schedule, standings
from khoosheh.persian import isolate
from khoosheh.register import Register, remembered
from khoosheh.slides import Question, Slide
from khoosheh.ui import addresses, chain_map, chooser, filters, show, table
from khoosheh.ui import standings as standings_page
from khoosheh.ui.components import present as hand
from khoosheh.ui.context import PageContext
from khoosheh.ui.markdown import plain
from khoosheh.ui.pages import PAGES

CHAIN = "chain-"
# titles of sources that fit into the small print, and letters of each
SOURCES, LETTERS = 2, 48
MOST_IDS = 200


def draw(page: PageContext) -> None:
    """Draw the chosen slide, or what a set is chosen with."""
    deck = _deck(page.register, page.view.question, page.lang)
    chosen, lost = slides.chosen_of(deck, page.view.slides, page.view.of)
    if page.view.choose:
        chooser.draw(page, deck, chosen, lost)
        return
    if not chosen:
        _nothing(page, lost)
        return
    keys = [slide.key for slide in chosen]
    at = keys.index(page.view.slide) if page.view.slide in keys else 0
    if page.view.slide and page.view.slide not in keys:
        lost = (*lost, page.view.slide)
    with st.container(key="khoosheh-slide"):
        _slide(page, chosen[at], lost, keys, at)


def _nothing(page: PageContext, lost: Sequence[str]) -> None:
    """Say that no slide is left, why, and where to go."""
    show.heading(page.t("present.none"), 1)
    show.nothing(page)
    for one in [*_unknown(page), *_lost(page, lost)]:
        st.warning(plain(one))
    st.html(table.link(page.t("present.choose"), page.view.query(slides=(), slide="", of="", choose="1")))
    st.html(table.link(page.t("present.leave"), page.view.filters(), PAGES[0]))
    st.caption(plain(_as_known(page)))


@remembered
def _deck(register: Register, question: Question, lang: str) -> tuple[Slide, ...]:
    return tuple(slides.deck(register, question, lang))


def _slide(page: PageContext, slide: Slide, lost: Sequence[str], keys: Sequence[str], at: int) -> None:
    show.heading(slide.title, 1)
    note = _note(slide)
    if note:
        st.html(f'<p class="khoosheh-slide-note">{table.escape(note)}</p>')
    with st.container(key="khoosheh-slide-body"):
        heights = _body(page, slide)
    with st.container(key="khoosheh-slide-foot", gap=None):
        st.caption(_print(page, slide, lost), unsafe_allow_html=False)
        back = slide.page if slide.page in PAGES else PAGES[0]
        hand.draw(
            keys=keys,
            at=at,
            shown=page.t("present.count", at=at + 1, of=len(keys)),
            heights=heights,
            links={
                "choose": addresses.to_page(page.view.query(choose="1")),
                "leave": addresses.to_page(page.view.filters(), back),
            },
            words={one: page.t(f"present.{one}") for one in ("previous", "next", "full", "choose", "leave")},
            on_go=_go,
        )


def _note(slide: Slide) -> str:
    """Return the rule or caveat, how to read the figure, and how many rows are drawn of how many."""
    drawn = slide.legend if slide.figure else ""
    cut = slide.table.cut if slide.table and not slide.key.startswith(CHAIN) else ""
    return " ".join(filter(None, (slide.note, drawn, cut)))


def _go(key: str) -> None:
    """Put the slide that is wanted into the address."""
    st.query_params["slide"] = key


def _body(page: PageContext, slide: Slide) -> list[int]:
    """Draw the figure, the map of the chain or the table; return the heights of the figure, narrow and wide."""
    if slide.figure:
        figure = slide.figure(page.hall)
        pick = standings_page.choose if slide.sources else None
        show.chart(page, lambda theme: figure, f"slide-{slide.key}", pick, pictured=False)
        wide = (figure.layout.meta or {}).get("wide", {}).get("layout", {})
        return [int(figure.layout.height), int(wide.get("height", figure.layout.height))]
    if slide.key.startswith(CHAIN):
        chain_map.draw(page, slide.key.removeprefix(CHAIN), slide.title, sheet=True)
    else:
        _table(slide)
    return []


def _table(slide: Slide) -> None:
    head = "".join(f'<th scope="col">{table.escape(one)}</th>' for one in slide.table.headings)
    rows = ("".join(f"<td><bdi>{table.escape(one)}</bdi></td>" for one in row) for row in slide.table.rows)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    st.html(f'<div class="khoosheh-sheet"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>')


def _as_known(page: PageContext) -> str:
    return page.t("schedule.now", day=schedule.day(board.day_of(page.register, page.view.selection), page.lang))


def _print(page: PageContext, slide: Slide, lost: Sequence[str]) -> str:
    """Return the small print as Markdown: day, what is known, sources, statements, and what was not found."""
    parts = [_as_known(page)]
    if slide.known:
        parts.append(page.t("present.known", known=slide.known))
    parts = [plain(one) for one in parts]
    if slide.statement_ids:
        ids = " ".join(slide.statement_ids[:MOST_IDS])
        label = plain(page.t("evidence.count", count=len(slide.statement_ids)))
        parts.append(f"[{label}]({addresses.to_page(show.evidence_query(page, ids), 'evidence')})")
    rest = [_sources(page, slide), *_unknown(page), *_lost(page, lost)]
    return " · ".join([*parts, *(plain(one) for one in rest if one)])


def _sources(page: PageContext, slide: Slide) -> str:
    """Return the titles of the first sources, those behind most statements first, and how many more there are."""
    found = list(slide.sources)
    if not found:
        behind = board.named(page.register, slide.statement_ids)["source_id"].to_list()
        found = sorted(dict.fromkeys(behind), key=lambda one: -behind.count(one))
    if not found:
        return ""
    titles = [_short(standings.source(page.register, one)[f"title_{page.lang}"]) for one in islice(found, SOURCES)]
    named = page.t("list.semicolon").join(map(isolate, titles))
    if len(found) > len(titles):
        return page.t("present.sources.more", titles=named, count=len(found) - len(titles))
    return page.t("present.sources", titles=named)


def _short(title: object) -> str:
    """Return a title of at most so many letters, cut between words."""
    if words.missing(title) or len(str(title)) <= LETTERS:
        return "" if words.missing(title) else str(title)
    return f"{str(title)[:LETTERS].rsplit(' ', 1)[0]}…"


def _unknown(page: PageContext) -> list[str]:
    return [filters.unknown(page, *one) for one in page.view.unknown]


def _lost(page: PageContext, lost: Sequence[str]) -> list[str]:
    """Say which slides the address asks for and nobody has stated, or that are none."""
    names = page.t("list.comma").join(isolate(one) for one in lost)
    return [page.t("present.lost", keys=names)] if lost else []
