"""Slides of places: all indicators at once, one of them over the years, and what a climb allows."""

from collections.abc import Callable, Mapping, Sequence

import narwhals as nw

from khoosheh import board, findings, names, words
from khoosheh.figures.ranking import places_figure
from khoosheh.figures.theme import Theme
from khoosheh.register import Register
from khoosheh.slides.asked import MOST_DRAWN, Asked, behind, lines, table
from khoosheh.slides.slide import Slide

PAGE = "ranking"
COLUMNS = ("indicator", "aspect", "reading", "place")


def slides(asked: Asked) -> list[Slide]:
    """Return the slide of all stated and computed places; none where nothing is known."""
    rows = list(board.places(asked.register, asked.selection).iter_rows(named=True))
    known = [row for row in rows if row["known"]]
    if not known:
        return []
    climbs = findings.climb(rows, steps(board.rank_words(asked.register, asked.selection)), asked.lang)
    shown = table(asked, COLUMNS, (_cells(asked, row) for row in known), MOST_DRAWN)
    title = findings.rank(asked.register, rows, asked.lang)
    return [
        Slide(
            key=PAGE,
            page=PAGE,
            title=title,
            known=words.known_of(len(known), len(rows), asked.lang),
            note=lines(*climbs),
            figure=figure(asked.register, known[:MOST_DRAWN], title, asked.lang),
            table=shown,
            statement_ids=behind(rows),
        )
    ]


def figure(register: Register, rows: Sequence[Mapping], title: str, lang: str) -> Callable[[Theme], object]:
    """Return what draws the places of a province in a theme."""
    said = [findings.place_row(register, row, lang) for row in rows]
    alt = findings.alt(title, said, lang)
    return lambda theme: places_figure(rows=rows, words=said, theme=theme, alt=alt)


def steps(spoken: nw.DataFrame) -> dict[str, int]:
    """Return the stated climb of each indicator, in places; ``spoken``: statements about ranks."""
    climbs = spoken.filter(nw.col("measure") == "rank_change", ~nw.col("value_low").is_null())
    return {indicator: int(low) for indicator, low in climbs.select("indicator_id", "value_low").iter_rows()}


def _cells(asked: Asked, row: Mapping) -> tuple[str, ...]:
    return (
        names.of_row(asked.register, "indicators", row["indicator_id"], asked.lang),
        names.of_value(asked.register, "indicators", "aspect", row["aspect"], asked.lang),
        asked.t(f"reading.{row['kind']}"),
        findings.place(row, asked.lang),
    )
