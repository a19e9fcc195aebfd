"""What every page is given: the register, the view of the address, and the reader's language and colour scheme."""

from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from khoosheh import labels
from khoosheh.figures.theme import Theme
from khoosheh.locale import format_message
from khoosheh.register import Register
from khoosheh.topics.request import FindingRequest
from khoosheh.ui.state.previews import Draft
from khoosheh.ui.state.view import View


@dataclass(frozen=True)
class PageContext:
    """What a page is given: the register, the reader's view and language, and all pages for links.

    ``draft``: the preview that the register comes from, where it is not the ``published`` one.
    """

    register: Register
    view: View
    links: dict[str, object]
    published: Register
    draft: Draft | None = None

    @property
    def lang(self) -> str:
        """The reader's language."""
        return self.view.lang

    # the view reads its dates anew each time it is asked; a table asks for each of its cells
    @cached_property
    def request(self) -> FindingRequest:
        """What the page asks of findings."""
        return FindingRequest(self.register, self.view.question, self.lang)

    @property
    def province(self) -> str:
        """The name of the province."""
        return labels.find_row_label(self.register, "provinces", self.register.province, self.lang)

    @property
    def scheme(self) -> str:
        """'light' or 'dark', as the reader's browser shows the app."""
        return st.context.theme.type or "light"

    @property
    def theme(self) -> Theme:
        """The look of figures for this reader."""
        return Theme(self.lang, self.scheme)

    @property
    def projector(self) -> Theme:
        """The look of figures that are read from afar."""
        return Theme(self.lang, self.scheme, projector=True)

    def t(self, key: str, **places: object) -> str:
        """Return an interface text in the reader's language."""
        return format_message(self.lang, key, **places)
