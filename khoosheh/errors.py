"""The base of all errors: a code for programs, and a message in the language of the reader."""

from collections.abc import Sequence
from numbers import Number
from typing import ClassVar

from khoosheh.hidden_characters import escape_hidden_characters
from khoosheh.locale import format_message


class KhooshehError(Exception):
    """What could not be done, and why; as a string, the reason in English.

    ``code``: the machine's name of the reason; ``value``: the text or name that it is about, if any; ``params``: what
    else its words name. ``texts`` of a subclass: the keys of its words in the catalogue, ``{code}`` being the code.
    The places of these words are ``{value}`` and the names of ``params``.
    """

    texts: ClassVar[tuple[str, ...]]

    def __init__(self, code: str, value: object = "", /, **params: object) -> None:
        """Keep the reason and what its words name."""
        super().__init__(code, value)
        self.code, self.value, self.params = code, value, params

    def __str__(self) -> str:
        """Return the reason in English."""
        return self.words("en")

    def words(self, lang: str) -> str:
        """Return what is wrong and, where the catalogue says it, what to do about it."""
        places = {"value": str(self.value), **self.params}
        shown = {name: self._format_place(name, value, lang) for name, value in places.items()}
        return " ".join(format_message(lang, text.format(code=self.code), **shown) for text in self.texts)

    def _format_place(self, name: str, value: object, lang: str) -> object:
        """Return what is written for ``value`` into the place ``name``; a number stays one for ``format_message``."""
        if isinstance(value, Number):
            return value
        if isinstance(value, KhooshehError):
            return value.words(lang)
        if isinstance(value, Sequence) and not isinstance(value, str):
            return format_message(lang, "list.comma").join(str(self._format_place(name, one, lang)) for one in value)
        return escape_hidden_characters(str(value))
