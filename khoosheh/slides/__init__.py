"""Slides: findings of the pages, each with its figure, table and statements, for rooms with a projector.

Here belongs which findings make a deck, and how rows of measures become the figures that pages and slides share. Here
does not belong: arithmetic, how a slide is laid out (``ui/present.py``, ``exports/pptx``).
"""

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


__all__ = [
    "BARS", "CERTAIN", "HIDDEN", "LINES", "PAGES", "POSSIBLE", "Native", "Question", "Series", "Slide", "Table",
    "chains", "deck", "investment", "places", "promises", "standings",
]  # fmt: skip
