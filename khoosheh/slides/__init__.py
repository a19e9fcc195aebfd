"""Slides: findings of the pages, each with its figure, table and statements, for rooms with a projector.

Here belongs which findings make a deck, and how rows of measures become the figures that pages and slides share. Here
does not belong: arithmetic, how a slide is laid out (``ui/present.py``, ``exports/pptx``).
"""

from collections.abc import Sequence

from khoosheh.register import Register
from khoosheh.slides import chains, cluster, investment, places, promises, standings
from khoosheh.slides.asked import Asked, Question
from khoosheh.slides.slide import BARS, CERTAIN, HIDDEN, LINES, POSSIBLE, Native, Series, Slide, Table

MADE = (investment, places, standings, chains, promises, cluster)
# pages of which there may be slides, in order
PAGES = tuple(dict.fromkeys(one.PAGE for one in MADE))


def deck(register: Register, question: Question, lang: str) -> list[Slide]:
    """Return every slide that a question has an answer to, in the order of the pages; each key stands once."""
    asked = Asked(register, question, lang)
    return [slide for one in MADE for slide in one.slides(asked)]


def chosen_of(deck: Sequence[Slide], keys: Sequence[str], of: str) -> tuple[list[Slide], tuple[str, ...]]:
    """Return the slides of a set in its order, and the keys of which there is none.

    Without ``keys`` all slides of the page ``of``, or of every page.
    """
    by_key = {slide.key: slide for slide in deck}
    if keys:
        return [by_key[one] for one in keys if one in by_key], tuple(one for one in keys if one not in by_key)
    return [slide for slide in deck if slide.page == of] or list(deck), ()


__all__ = [
    "BARS", "CERTAIN", "HIDDEN", "LINES", "PAGES", "POSSIBLE", "Native", "Question", "Series", "Slide", "Table",
    "chains", "deck", "investment", "places", "promises", "standings",
]  # fmt: skip
