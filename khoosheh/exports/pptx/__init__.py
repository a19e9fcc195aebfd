"""PowerPoint presentations with editable charts and tables, and with the statements in the speaker's notes.

Charts are native: their numbers are in an embedded workbook, where users can edit them. A figure that office programs
cannot draw becomes the most similar chart or a table, and the notes say so.
"""

from collections.abc import Sequence

from khoosheh.exports.errors import ExportError
from khoosheh.exports.pptx.deck import Deck
from khoosheh.exports.pptx.deterministic_zip import fix_file_times
from khoosheh.measures.scope import Selection
from khoosheh.register import Register
from khoosheh.topics.deck import build_slide_deck
from khoosheh.topics.request import Question
from khoosheh.topics.slide import Slide


def build_selection_presentation(register: Register, selection: Selection, lang: str) -> bytes:
    """Return all slides of a selection as a presentation; raises ``ExportError`` if there are none."""
    return build_presentation(register, selection, build_slide_deck(register, Question(selection), lang), lang)


def build_presentation(register: Register, selection: Selection, chosen: Sequence[Slide], lang: str) -> bytes:
    """Return a presentation of a cover, the chosen slides in their order, and their sources.

    The same slides of the same register give the same bytes. Raises ``ExportError`` if ``chosen`` is empty.
    """
    if not chosen:
        raise ExportError("nothing_to_show")
    deck = Deck(register, selection, lang)
    deck.cover()
    for slide in chosen:
        deck.finding(slide)
    deck.sources(chosen)
    return fix_file_times(deck.bytes())
