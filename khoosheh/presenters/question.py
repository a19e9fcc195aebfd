"""What a deck is asked for, and what its makers share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from khoosheh.locale import format_message
from khoosheh.measures.common import join_ids
from khoosheh.measures.scope import Selection
from khoosheh.measures.value_chains import READINESS
from khoosheh.presenters.slide import Table
from khoosheh.register import Register

# rows that can be read from the back of a room
MOST_ROWS = 8
# rows of a figure, whose words stand above their bars
MOST_DRAWN = 6
ENDS = (".", "!", "\u061f", "?")


@dataclass(frozen=True)
class Question:
    """What a reader asks of the pages: a selection, and the choices of single pages.

    ``indicator``: whose places are compared, the first where empty; ``provinces``: told apart by colour;
    ``definition``: of completion over time.
    """

    selection: Selection = field(default_factory=Selection)
    indicator: str = ""
    provinces: tuple[str, ...] = ()
    definition: str = READINESS


@dataclass(frozen=True)
class SlideRequest:
    """A question, the register that answers it, and the reader's language."""

    register: Register
    question: Question
    lang: str

    @property
    def selection(self) -> Selection:
        """The question to the measures."""
        return self.question.selection

    def t(self, key: str, **places: object) -> str:
        """Return an interface text in the reader's language."""
        return format_message(self.lang, key, **places)


def build_slide_table(
    asked: SlideRequest, columns: Iterable[str], rows: Iterable[tuple[str, ...]], most: int = MOST_ROWS
) -> Table:
    """Return a table of as many rows as can be read from the back of a room.

    ``columns``: keys of the catalogue after 'column.'; ``most``: ``MOST_DRAWN`` where a figure draws the same rows.
    """
    every = [tuple(row) for row in rows]
    headings = tuple(asked.t(f"column.{one}") for one in columns)
    cut = asked.t("slide.first_rows", shown=most, count=len(every)) if len(every) > most else ""
    return Table(headings, tuple(every[:most]), cut)


def collect_statement_ids(rows: Iterable[Mapping]) -> tuple[str, ...]:
    """Return the ids of the statements behind rows, each once."""
    return tuple(join_ids([row["statement_ids"] for row in rows]).split())


def join_sentences(*words: str) -> str:
    """Join sentences of which some may be empty; one that is a heading elsewhere gets its full stop here."""
    return " ".join(one if one.endswith(ENDS) else f"{one}." for one in words if one)
