"""Slides of all findings, for meeting rooms with a projector, and the choice among them."""

from collections.abc import Sequence

from khoosheh.register import Register
from khoosheh.topics.registry import FINDINGS
from khoosheh.topics.request import FindingRequest, Question
from khoosheh.topics.slide import Slide

# pages with slides, in order
PAGES = tuple(dict.fromkeys(finding.topic for finding in FINDINGS if finding.slides))


def build_slide_deck(register: Register, question: Question, lang: str) -> list[Slide]:
    """Return all slides for a question that have data, in the order of the pages; keys are unique."""
    request = FindingRequest(register, question, lang)
    return [slide for finding in FINDINGS if finding.slides for slide in finding.slides(request)]


def select_deck_slides(deck: Sequence[Slide], keys: Sequence[str], of: str) -> tuple[list[Slide], tuple[str, ...]]:
    """Return the slides with these keys, in their order, and the keys without a slide.

    Without ``keys``, return all slides of the page ``of``; of all pages if it has none.
    """
    by_key = {slide.key: slide for slide in deck}
    if keys:
        return [by_key[key] for key in keys if key in by_key], tuple(key for key in keys if key not in by_key)
    return [slide for slide in deck if slide.page == of] or list(deck), ()
