"""The context of a page: the register, the view of the address, and the reader's language and colour scheme."""

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
    """The register, and the reader's view of it.

    ``register``: the register that the page shows; ``published``: the register that all visitors see. They differ
    only where ``draft`` is set: then ``register`` is the register of the draft. ``name``: the name of the page.
    """

    register: Register
    view: View
    published: Register
    draft: Draft | None = None
    name: str = ""

    @property
    def lang(self) -> str:
        """The reader's language, 'fa' or 'en'."""
        return self.view.lang

    # cached, since the view parses its dates at each access, and a table uses the request in each of its cells
    @cached_property
    def request(self) -> FindingRequest:
        """The request of the page to findings."""
        return FindingRequest(self.register, self.view.question, self.lang)

    @property
    def province(self) -> str:
        """The name of the register's province in the reader's language."""
        return labels.find_row_label(self.register, "provinces", self.register.province, self.lang)

    @property
    def scheme(self) -> str:
        """The colour scheme of the reader's browser, 'light' or 'dark'."""
        return st.context.theme.type or "light"

    @property
    def theme(self) -> Theme:
        """The theme of figures on a page."""
        return Theme(self.lang, self.scheme)

    @property
    def slide_theme(self) -> Theme:
        """The theme of figures on a slide, with larger letters than :attr:`theme`."""
        return Theme(self.lang, self.scheme, projector=True)

    def t(self, key: str, **places: object) -> str:
        """Return the interface text of a key in the reader's language, with ``places`` filled in."""
        return format_message(self.lang, key, **places)
