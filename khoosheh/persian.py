"""Persian text: normalises letters, digits and the zero-width non-joiner (ZWNJ), parses and formats numbers."""

import re
import unicodedata
from decimal import Decimal

from khoosheh.digits import to_latin_digits, write_number
from khoosheh.errors import KhooshehError

ZWNJ = "\u200c"
HE_HAMZA = "ه\u0654"
_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ـ": None, "\u00a0": " "})
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u061c\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_FOLDED = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ی", "ة": "ه", "ۀ": "ه", "ە": "ه"})
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670]")
_RTL_LETTER = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_PURE_NUMBER = re.compile("[\u200e+−-]*[0-9۰-۹٠-٩][0-9۰-۹٠-٩٬٫,.]*")
_GROUPED = re.compile("[+-]?[1-9][0-9]{0,2}([٬,،][0-9]{3})+([٫/.][0-9]+)?")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


class NumberError(KhooshehError, ValueError):
    """A text that is no number. ``code``: 'empty' or 'not_a_number'; ``value``: the text as given."""

    texts = ("number.{code}",)


def normalise_text(text: str) -> str:
    """Return a text in normal form: Persian letters, Latin digits, single blanks and ZWNJ, no invisible marks."""
    text = unicodedata.normalize("NFC", text).translate(_LETTERS)
    text = _INVISIBLE.sub("", to_latin_digits(text)).replace("ۀ", HE_HAMZA)
    text = re.sub(f"{ZWNJ}+", ZWNJ, re.sub(r"\s+", " ", text))
    return re.sub(f" ?{ZWNJ} |{ZWNJ} | {ZWNJ}", " ", text).strip(f" {ZWNJ}")


def search_key(text: str) -> str:
    """Return a key that is equal for different spellings of the same words.

    It is in lower case, without blanks, ZWNJ and vowel marks, with one form of each letter.
    """
    text = normalise_text(text).casefold().replace(ZWNJ, "").replace(" ", "")
    text = unicodedata.normalize("NFC", text).translate(_FOLDED)
    return _MARKS.sub("", text)


def format_number(value: float | Decimal, lang: str, decimals: int | None = None, *, signed: bool = False) -> str:
    """Format a number for readers as :func:`khoosheh.digits.write_number` does; raises ``NumberError``."""
    try:
        return write_number(value, lang, decimals, signed=signed)
    except ValueError as error:
        raise NumberError("not_a_number", value) from error


def embed_rtl(text: str) -> str:
    """Embed a text with right-to-left letters for SVG, whose base direction is left to right; others stay."""
    if not _RTL_LETTER.search(text) or _PURE_NUMBER.fullmatch(text) or text.startswith("\u202b"):
        return text
    return f"\u202b{text}\u202c"


def isolate_direction(text: str) -> str:
    """Isolate a text, so that its direction and that of the text around it do not affect each other."""
    return f"\u2068{text}\u2069"


def force_right_to_left(text: str) -> str:
    """Isolate a text as right to left; numbers without letters would else run from left to right."""
    return f"\u2067{text}\u2069"


def parse_number(text: str) -> Decimal:
    """Parse a number in Latin, Persian or Arabic digits, with thousands marks ``٬ , ،`` and decimal marks ``٫ / .``.

    Raises ``NumberError``, also where a thousands mark does not separate groups of three: '1,5' may mean 1.5.
    """
    plain = normalise_text(str(text)).replace("−", "-")
    if not plain:
        raise NumberError("empty", text)
    if _GROUPED.fullmatch(plain):
        plain = re.sub("[٬,،]", "", plain)
    plain = plain.replace("٫", ".").replace("/", ".")
    if not _NUMBER.fullmatch(plain):
        raise NumberError("not_a_number", text)
    return Decimal(plain)
