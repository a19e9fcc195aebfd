"""Interface text: one gettext catalogue a language, read with Babel.

Message ids are stable keys (``nav.overview``); ``fa.po`` and ``en.po`` have the texts. Texts have named places,
``{name}``; a number put into one is written in the digits of the language.
"""

from decimal import Decimal
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
        messages = read_po(file, locale=lang)
    # no message has plural forms, with which its id and text would be tuples
    return {str(message.id): str(message.string) for message in messages if message.id}


def format_message(lang: str, key: str, **places: object) -> str:
    """Return the text of a key with its places filled.

    Raises ``KeyError`` for a key that the catalogue lacks, so that a test fails and no reader sees the key.
    """
    shown = {name: _format_place(value, lang) for name, value in places.items()}
    return load_messages(lang)[key].format_map(shown)


def _format_place(value: object, lang: str) -> object:
    # numbers of numpy are numbers, and no int or float
    if isinstance(value, Number) and not isinstance(value, bool):
        return format_number(Decimal(str(value)), lang)
    return value
