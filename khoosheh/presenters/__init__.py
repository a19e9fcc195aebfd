"""Slides: findings of the pages, each with its figure, table and statements, for rooms with a projector.

Here belongs which findings make a deck, and how rows of measures become the figures that pages and slides share. Here
does not belong: arithmetic, how a slide is laid out (``ui/pages/present.py``, ``exports/pptx``).
"""

from collections.abc import Sequence

from khoosheh.presenters import cluster, commitments, computed_rankings, investment, stated_rankings, value_chains
from khoosheh.presenters.question import Question, SlideRequest
from khoosheh.presenters.slide import BARS, CERTAIN, HIDDEN, LINES, POSSIBLE, NativeChart, Series, Slide, Table
from khoosheh.register import Register

MADE = (investment, stated_rankings, computed_rankings, value_chains, commitments, cluster)
# pages of which there may be slides, in order
PAGES = tuple(dict.fromkeys(one.PAGE for one in MADE))


def build_slide_deck(register: Register, question: Question, lang: str) -> list[Slide]:
    """Return every slide that a question has an answer to, in the order of the pages; each key stands once."""
    asked = SlideRequest(register, question, lang)
    return [slide for one in MADE for slide in one.build_slides(asked)]


def select_deck_slides(deck: Sequence[Slide], keys: Sequence[str], of: str) -> tuple[list[Slide], tuple[str, ...]]:
    """Return the slides of a set in its order, and the keys of which there is none.

    Without ``keys`` all slides of the page ``of``, or of every page.
    """
    by_key = {slide.key: slide for slide in deck}
    if keys:
        return [by_key[one] for one in keys if one in by_key], tuple(one for one in keys if one not in by_key)
    return [slide for slide in deck if slide.page == of] or list(deck), ()


__all__ = [
    "BARS",
    "CERTAIN",
    "HIDDEN",
    "LINES",
    "PAGES",
    "POSSIBLE",
    "NativeChart",
    "Question",
    "Series",
    "Slide",
    "Table",
    "build_slide_deck",
    "commitments",
    "computed_rankings",
    "investment",
    "stated_rankings",
    "value_chains",
]  # fmt: skip
