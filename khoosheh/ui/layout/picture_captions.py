"""Captions of figures that are saved as pictures: heading, day, filters, sources, licence."""

from collections.abc import Iterator, Sequence
from contextvars import ContextVar

from khoosheh import queries
from khoosheh.exports import cover
from khoosheh.figures.theme import Figure
from khoosheh.formatting import is_missing
from khoosheh.topics.commitments import sentences
from khoosheh.topics.request import Row
from khoosheh.topics.sources import find_source_row
from khoosheh.ui.components.chart import Picture
from khoosheh.ui.context import PageContext

# the headings above the current position on the page, by level
_HEADINGS: ContextVar[dict[int, str]] = ContextVar("headings", default={})  # noqa: B039 - never changed, only replaced
# sources that a caption names at most
SOURCES = 4
# the level of headings that need the heading above them as well
SMALLEST = 3


def remember_heading(words: str, level: int) -> None:
    """Remember a heading as the title of the figures below it."""
    above = {other: text for other, text in _HEADINGS.get().items() if other < level}
    _HEADINGS.set({**above, level: words})


def build_picture(page: PageContext, figure: Figure, key: str, source_ids: Sequence[str] = ()) -> Picture:
    """Return the captions of a picture of a Plotly figure.

    The captions name the sources of the statements of all marks, and the sources ``source_ids``.
    """
    asof = page.view.asof or page.register.compiled_on
    ids = list(dict.fromkeys(_iter_statement_ids(figure)))
    statements = queries.select_statements_by_id(page.register, ids)
    source_of = dict(statements.select("statement_id", "source_id").iter_rows())
    ids = [statement_id for statement_id in ids if statement_id in source_of]
    sources = list(dict.fromkeys([*(source_of[statement_id] for statement_id in ids), *source_ids]))
    return Picture(
        name=f"khoosheh-{key}-{asof}",
        title=format_figure_title(),
        foot=tuple(_list_footer_lines(page, len(ids), sources)),
        ground=page.theme.colour("ground"),
        ink=page.theme.colour("text"),
        muted=page.theme.colour("muted"),
        words={word: page.t(f"chart.{word}") for word in ("png", "svg", "link", "copied")},
    )


def format_figure_title() -> str:
    """Return the nearest heading above the current position; one of the smallest level with the heading above it."""
    above = [_HEADINGS.get()[level] for level in sorted(_HEADINGS.get())]
    if SMALLEST in _HEADINGS.get():
        return " — ".join(above[-2:])
    return above[-1] if above else ""


def _iter_statement_ids(figure: Figure) -> Iterator[str]:
    for trace in figure.data:
        for mark in trace.customdata if trace.customdata is not None else ():
            yield from str(mark[0] or "").split()


def _list_footer_lines(page: PageContext, statements: int, source_ids: Sequence[str]) -> Iterator[str]:
    if page.draft:
        yield page.t("picture.draft", file=page.draft.name)
    day = queries.find_as_of_day(page.register, page.view.selection)
    yield page.t("slide.as_known", day=sentences.format_jalali_day(day, page.lang))
    filters = cover.list_filter_lines(page.register, page.view.selection, page.lang)
    everything = page.t("filter.all")
    chosen = [page.t("export.line", name=name, value=value) for name, value in filters if value != everything]
    if chosen:
        yield page.t("list.semicolon").join(chosen)
    if source_ids:
        yield _format_picture_sources(page, statements, source_ids)
    licences = cover.format_licences(page.register.descriptor, page.lang)
    yield page.t("export.line", name=page.t("export.licences"), value=licences)


def _format_picture_sources(page: PageContext, statements: int, source_ids: Sequence[str]) -> str:
    titles = [
        _format_source_title(page, find_source_row(page.register, source_id)) for source_id in source_ids[:SOURCES]
    ]
    left = len(source_ids) - len(titles)
    listed = page.t("list.semicolon").join([*titles, *([page.t("slide.more_sources", count=left)] if left else [])])
    sources = page.t("slide.sources", sources=listed)
    return f"{page.t('evidence.count', count=statements)} · {sources}" if statements else sources


def _format_source_title(page: PageContext, source: Row) -> str:
    """Return the title of a source, with its licence where the register has it."""
    title, licence = source[f"title_{page.lang}"], source["licence"]
    return title if is_missing(licence) else f"{title} ({licence})"
