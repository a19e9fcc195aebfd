"""Persian text: letters, digits and the zero-width non-joiner. One normal form in, one reading form out."""

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
    """Return the one normal form of a text: Persian letters, Latin digits, no invisible marks but single ZWNJ."""
    text = unicodedata.normalize("NFC", text).translate(_LETTERS)
    text = _INVISIBLE.sub("", to_latin_digits(text)).replace("ۀ", HE_HAMZA)
    text = re.sub(f"{ZWNJ}+", ZWNJ, re.sub(r"\s+", " ", text))
    return re.sub(f" ?{ZWNJ} |{ZWNJ} | {ZWNJ}", " ", text).strip(f" {ZWNJ}")


def search_key(text: str) -> str:
    """Return what two spellings of the same words share: no blanks, ZWNJ, marks, nor differing letter forms."""
    text = normalise_text(text).casefold().replace(ZWNJ, "").replace(" ", "")
    text = unicodedata.normalize("NFC", text).translate(_FOLDED)
    return _MARKS.sub("", text)


def format_number(value: float | Decimal, lang: str, decimals: int | None = None, *, signed: bool = False) -> str:
    """Write a number for a reader as :func:`khoosheh.digits.write_number` does.

    Raises ``NumberError`` for what is no finite number.
    """
    try:
        return write_number(value, lang, decimals, signed=signed)
    except ValueError as error:
        raise NumberError("not_a_number", value) from error


def embed_rtl(text: str) -> str:
    """Wrap right-to-left words for SVG, whose texts take a left-to-right base; numbers and Latin stay as they are."""
    if not _RTL_LETTER.search(text) or _PURE_NUMBER.fullmatch(text) or text.startswith("\u202b"):
        return text
    return f"\u202b{text}\u202c"


def isolate_direction(text: str) -> str:
    """Keep the direction of a text from its surroundings."""
    return f"\u2068{text}\u2069"


def force_right_to_left(text: str) -> str:
    """Order a text from right to left, which numbers without a letter among them do not by themselves."""
    return f"\u2067{text}\u2069"


def parse_number(text: str) -> Decimal:
    """Read a number with digits of three scripts, marks of thousands ``٬ , ،`` and of decimals ``٫ / .``.

    Raises ``NumberError``, also for marks of thousands that leave no groups of three: '1,5' may mean 1.5.
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
