"""Digits and numbers as a language writes them. For numbers and texts that come from elsewhere see ``persian``."""

from decimal import Decimal, InvalidOperation

LATIN = "0123456789"
# by their code points: the digits of both scripts look alike in many fonts
PERSIAN = "".join(chr(0x06F0 + digit) for digit in range(10))
ARABIC = "".join(chr(0x0660 + digit) for digit in range(10))
_TO_LATIN = str.maketrans(PERSIAN + ARABIC, LATIN * 2)
_TO_PERSIAN = str.maketrans(LATIN + ARABIC, PERSIAN * 2)
_TO_PERSIAN_MARKS = str.maketrans({",": "٬", ".": "٫"})


def to_persian_digits(text: str) -> str:
    """Return the text with Persian digits."""
    return text.translate(_TO_PERSIAN)


def to_latin_digits(text: str) -> str:
    """Return the text with Latin digits."""
    return text.translate(_TO_LATIN)


def write_number(value: object, lang: str, decimals: int | None = None, *, signed: bool = False) -> str:
    """Write a number for a reader: all its digits, or ``decimals`` places, zeros at the end dropped.

    Persian has its own digits and marks, and a left-to-right mark before a sign, so that '-2' reads '−۲'.
    Raises ``ValueError`` for what is no finite number.
    """
    exact = _parse_finite_decimal(value)
    # not abs(): arithmetic on Decimal rounds to 28 digits, formatting does not
    body = format(exact.copy_abs(), ",f" if decimals is None else f",.{decimals}f")
    if "." in body:
        body = body.rstrip("0").rstrip(".")
    sign = "" if not body.strip("0") else "−" if exact < 0 else "+" if signed else ""
    if lang != "fa":
        return sign + body
    body = to_persian_digits(body.translate(_TO_PERSIAN_MARKS))
    return f"\u200e{sign}{body}" if sign else body


def _parse_finite_decimal(value: object) -> Decimal:
    try:
        exact = Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError(f"no number: {value!r}") from error
    if not exact.is_finite():
        raise ValueError(f"no finite number: {value!r}")
    return exact
