"""Persian text: letters, digits and the zero-width non-joiner. One normal form in, one reading form out."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

ZWNJ = "\u200c"
HE_HAMZA = "ه\u0654"
_LATIN, _PERSIAN, _ARABIC = "0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"
_TO_LATIN = str.maketrans(_PERSIAN + _ARABIC, _LATIN * 2)
_TO_PERSIAN = str.maketrans(_LATIN + _ARABIC, _PERSIAN * 2)
_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ـ": None, "\u00a0": " "})
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u061c\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_FOLDED = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ی", "ة": "ه", "ۀ": "ه", "ە": "ه"})
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670]")
_RTL_LETTER = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_PURE_NUMBER = re.compile("[\u200e+−-]*[0-9۰-۹٠-٩][0-9۰-۹٠-٩٬٫,.]*")
_GROUPED = re.compile("[+-]?[1-9][0-9]{0,2}([٬,،][0-9]{3})+([٫/.][0-9]+)?")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


class NumberError(ValueError):
    """A text that is no number. ``code``: 'empty' or 'not_a_number'; ``value``: the text as given."""

    def __init__(self, code: str, value: object) -> None:
        """Keep the machine's name of the fault and the text."""
        super().__init__(f"{code}: {value!r}")
        self.code, self.value = code, value


def normalise_text(text: str) -> str:
    """Return the one normal form of a text: Persian letters, Latin digits, no invisible marks but single ZWNJ."""
    text = unicodedata.normalize("NFC", text).translate(_LETTERS).translate(_TO_LATIN)
    text = _INVISIBLE.sub("", text).replace("ۀ", HE_HAMZA)
    text = re.sub(f"{ZWNJ}+", ZWNJ, re.sub(r"\s+", " ", text))
    return re.sub(f" ?{ZWNJ} |{ZWNJ} | {ZWNJ}", " ", text).strip(f" {ZWNJ}")


def search_key(text: str) -> str:
    """Return what two spellings of the same words share: no blanks, ZWNJ, marks, nor differing letter forms."""
    text = normalise_text(text).casefold().replace(ZWNJ, "").replace(" ", "")
    text = unicodedata.normalize("NFC", text).translate(_FOLDED)
    return _MARKS.sub("", text)


def to_persian_digits(text: str) -> str:
    """Return the text with Persian digits."""
    return text.translate(_TO_PERSIAN)


def to_latin_digits(text: str) -> str:
    """Return the text with Latin digits."""
    return text.translate(_TO_LATIN)


def format_number(value: float | Decimal, lang: str, decimals: int | None = None, *, signed: bool = False) -> str:
    """Write a number for a reader: all its digits, or ``decimals`` places, zeros at the end dropped.

    Persian has its own digits and marks, and a left-to-right mark before a sign, so that '-2' reads '−۲'.
    Raises ``NumberError`` for what is no finite number.
    """
    exact = _parse_finite_decimal(value)
    # not abs(): arithmetic on Decimal rounds to 28 digits, formatting does not
    body = format(exact.copy_abs(), ",f" if decimals is None else f",.{decimals}f")
    if "." in body:
        body = body.rstrip("0").rstrip(".")
    sign = "" if not body.strip("0") else "−" if exact < 0 else "+" if signed else ""
    if lang != "fa":
        return sign + body
    body = to_persian_digits(body.translate(str.maketrans({",": "٬", ".": "٫"})))
    return f"\u200e{sign}{body}" if sign else body


def _parse_finite_decimal(value: object) -> Decimal:
    try:
        exact = Decimal(str(value))
    except InvalidOperation as error:
        raise NumberError("not_a_number", value) from error
    if not exact.is_finite():
        raise NumberError("not_a_number", value)
    return exact


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
