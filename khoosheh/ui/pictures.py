"""What stands around a figure that is saved as a picture: finding, day, filters, sources, licence."""

from collections.abc import Iterator, Mapping, Sequence
from contextvars import ContextVar

from khoosheh import board
from khoosheh.exports import cover
from khoosheh.findings import schedule, standings
from khoosheh.ui.components.chart import Picture
from khoosheh.ui.context import PageContext
from khoosheh.words import missing

# the headings that a figure stands below, one a level
_HEADINGS: ContextVar[dict[int, str]] = ContextVar("headings", default={})  # noqa: B039 - never changed, only replaced
SOURCES = 4
SMALLEST = 3


def headed(words: str, level: int) -> None:
    """Remember a heading: figures below it are named by it."""
    above = {one: said for one, said in _HEADINGS.get().items() if one < level}
    _HEADINGS.set({**above, level: words})


def of(page: PageContext, figure: object, key: str, source_ids: Sequence[str] = ()) -> Picture:
    """Return what a picture of a figure says; its statements are those of its marks, or ``source_ids`` are given."""
    asof = page.view.asof or page.register.compiled_on
    ids = list(dict.fromkeys(_ids(figure)))
    said = dict(board.named(page.register, ids).select("statement_id", "source_id").iter_rows())
    ids = [one for one in ids if one in said]
    behind = list(dict.fromkeys([*(said[one] for one in ids), *source_ids]))
    return Picture(
        name=f"khoosheh-{key}-{asof}",
        title=title(),
        foot=tuple(_foot(page, len(ids), behind)),
        ground=page.theme.colour("ground"),
        ink=page.theme.colour("text"),
        muted=page.theme.colour("muted"),
        words={what: page.t(f"chart.{what}") for what in ("png", "svg", "link", "copied")},
    )


def title() -> str:
    """Return the heading that a figure stands below; a smallest one together with the one above it."""
    above = [_HEADINGS.get()[level] for level in sorted(_HEADINGS.get())]
    if SMALLEST in _HEADINGS.get():
        return " — ".join(above[-2:])
    return above[-1] if above else ""


def _ids(figure: object) -> Iterator[str]:
    for trace in figure.data:
        for mark in trace.customdata if trace.customdata is not None else ():
            yield from str(mark[0] or "").split()


def _foot(page: PageContext, statements: int, source_ids: Sequence[str]) -> Iterator[str]:
    if page.draft:
        yield page.t("picture.draft", file=page.draft.name)
    day = board.day_of(page.register, page.view.selection)
    yield page.t("slide.as_known", day=schedule.day(day, page.lang))
    told = cover.filters(page.register, page.view.selection, page.lang)
    chosen = [page.t("export.line", name=name, value=value) for name, value in told if value != page.t("filter.all")]
    if chosen:
        yield page.t("list.semicolon").join(chosen)
    if source_ids:
        yield _sources(page, statements, source_ids)
    licences = cover.licences(page.register.descriptor, page.lang)
    yield page.t("export.line", name=page.t("export.licences"), value=licences)


def _sources(page: PageContext, statements: int, source_ids: Sequence[str]) -> str:
    titles = [_named(page, standings.source(page.register, one)) for one in source_ids[:SOURCES]]
    left = len(source_ids) - len(titles)
    listed = page.t("list.semicolon").join([*titles, *([page.t("slide.more_sources", count=left)] if left else [])])
    said = page.t("slide.sources", sources=listed)
    return f"{page.t('evidence.count', count=statements)} · {said}" if statements else said


def _named(page: PageContext, source: Mapping) -> str:
    """Return the title of a source, with its licence where one was stated."""
    title, licence = source[f"title_{page.lang}"], source["licence"]
    return title if missing(licence) else f"{title} ({licence})"
