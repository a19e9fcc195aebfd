"""The request of a reader: a question, a register and a language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from khoosheh.figures.amount_axis import LINEAR, Scale
from khoosheh.locale import format_message
from khoosheh.measures.scope import Selection
from khoosheh.measures.value_chains import READINESS
from khoosheh.register import Register

# a row by the names of its columns: of a table of the register, or of a measure, whose row types
# (see khoosheh.measures.rows) it includes; columns name their fields as text, which a TypedDict does not allow
Row: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """The choices of a reader on the pages: a selection, and the choices of single pages.

    ``indicator``: whose places are compared, the first where empty; ``provinces``: highlighted by colour;
    ``definition``: of completion over time; ``scale``: of axes of amounts, where these differ enough.
    """

    selection: Selection = field(default_factory=Selection)
    indicator: str = ""
    provinces: tuple[str, ...] = ()
    definition: str = READINESS
    scale: Scale = LINEAR


@dataclass(frozen=True)
class FindingRequest:
    """A question, the register that it is about, and the reader's language."""

    register: Register
    question: Question
    lang: str

    @property
    def selection(self) -> Selection:
        """The selection of the question, which measures use."""
        return self.question.selection

    def t(self, key: str, **places: object) -> str:
        """Return an interface text in the reader's language."""
        return format_message(self.lang, key, **places)
