"""Interface text: one gettext catalogue a language, read with Babel.

Message ids are stable keys (``nav.overview``); ``fa.po`` and ``en.po`` have the texts. Texts have named places,
``{name}``; a number put into one is written in the digits of the language. A text with plural forms
(``msgid_plural`` repeats its key) takes that of its ``count``.
"""

from functools import cache
from numbers import Number
from pathlib import Path
from typing import TYPE_CHECKING, Any

from khoosheh.digits import write_number

if TYPE_CHECKING:
    from babel.plural import PluralRule

LANGUAGES = ("fa", "en")
DEFAULT = "fa"
DIRECTION = {"fa": "rtl", "en": "ltr"}
# the plural forms of both languages, in the order in which their catalogues have them
PLURAL_FORMS = ("one", "other")


@cache
def load_messages(lang: str) -> dict[str, tuple[str, ...]]:
    """Return every text of a language by its key: alone, or in each of ``PLURAL_FORMS``.

    Raises ``FileNotFoundError`` for a language without a catalogue.
    """
    # not at the top: errors have words, and processes that only read a file have no use for a catalogue
    from babel.messages.pofile import read_po

    texts: dict[str, tuple[str, ...]] = {}
    with (Path(__file__).parent / f"{lang}.po").open("rb") as file:
        for message in read_po(file, locale=lang):
            key = message.id if isinstance(message.id, str) else message.id[0]
            texts[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    # the header of the file
    del texts[""]
    return texts


def format_message(lang: str, key: str, **places: Any) -> str:
    """Return one text, its places filled; one with plural forms in the form for the number ``count``.

    A missing key raises ``KeyError``: a hole in a catalogue must fail a test, never show a key on a screen. So does a
    missing ``count``.
    """
    shown = {
        name: write_number(value, lang) if isinstance(value, Number) and not isinstance(value, bool) else value
        for name, value in places.items()
    }
    forms = load_messages(lang)[key]
    text = forms[0] if len(forms) == 1 else forms[PLURAL_FORMS.index(_load_plural_rule(lang)(places["count"]))]
    return text.format_map(shown)


@cache
def _load_plural_rule(lang: str) -> "PluralRule":
    from babel import Locale

    return Locale.parse(lang).plural_form
