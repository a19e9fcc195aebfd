"""PowerPoint: the deck as slides whose charts and tables stay editable, with the statements in the speaker's notes.

Charts are native: their numbers stand in a workbook within the file, and a person changes a bar there. What an office
program cannot draw as the screen does becomes the nearest chart or a table, and the notes say so.
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
    """Return all findings of a selection as a presentation; raises ``ExportError`` where there is none."""
    return build_presentation(register, selection, build_slide_deck(register, Question(selection), lang), lang)


def build_presentation(register: Register, selection: Selection, chosen: Sequence[Slide], lang: str) -> bytes:
    """Return chosen slides as a presentation, in their order, between a cover and the sources behind them.

    The same slides of the same register give the same bytes. Raises ``ExportError`` where none was chosen.
    """
    if not chosen:
        raise ExportError("nothing_to_show")
    deck = Deck(register, selection, lang)
    deck.cover()
    for slide in chosen:
        deck.finding(slide)
    deck.sources(chosen)
    return fix_file_times(deck.bytes())
