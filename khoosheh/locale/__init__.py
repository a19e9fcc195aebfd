"""Interface text: one gettext catalogue a language, read with Babel.

Message ids are stable keys (``nav.overview``); the words of both languages stand in ``fa.po`` and ``en.po``.
Texts take named places, ``{name}``; a number put into one is written in the digits of the language.
"""

from functools import cache
from numbers import Number
from pathlib import Path

from babel.messages.pofile import read_po

from khoosheh.persian import format_number

LANGUAGES = ("fa", "en")
DEFAULT = "fa"
DIRECTION = {"fa": "rtl", "en": "ltr"}


@cache
def load_messages(lang: str) -> dict[str, str]:
    """Return every text of a language by its key.

    Raises ``FileNotFoundError`` for a language without a catalogue.
    """
    with (Path(__file__).parent / f"{lang}.po").open("rb") as file:
        return {m.id: m.string for m in read_po(file, locale=lang) if m.id}


def format_message(lang: str, key: str, **places: object) -> str:
    """Return one text, its places filled.

    A missing key raises ``KeyError``: a hole in a catalogue must fail a test, never show a key on a screen.
    """
    shown = {
        name: format_number(value, lang) if isinstance(value, Number) and not isinstance(value, bool) else value
        for name, value in places.items()
    }
    return load_messages(lang)[key].format_map(shown)
