"""Money: the units of amounts, conversion between them, and parsing of amounts in texts.

No other module converts amounts. Rial and toman units convert exactly. A foreign currency converts at the lowest and
highest rate of the Jalali years in which the amount may have been said, since the rate of the day was not stated: the
result is an interval. Where the register lacks a rate, the amount keeps its currency and the missing rate is named.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

import narwhals as nw
from narwhals.typing import IntoDataFrame, IntoDataFrameT

from khoosheh.errors import KhooshehError
from khoosheh.persian import NumberError, normalise_text, parse_number, search_key

# unit -> (currency, how many of the currency one unit is)
UNITS: dict[str, tuple[str, int]] = {
    "irr": ("IRR", 1),
    "bn_irr": ("IRR", 10**9),
    "thousand_bn_irr": ("IRR", 10**12),
    "toman": ("IRR", 10),
    "m_toman": ("IRR", 10**7),
    "bn_toman": ("IRR", 10**10),
    "hemat": ("IRR", 10**13),
    "eur": ("EUR", 1),
    "m_eur": ("EUR", 10**6),
    "usd": ("USD", 1),
    "m_usd": ("USD", 10**6),
    "bn_usd": ("USD", 10**9),
}
# unit into which rial is converted -> (currency, kind of rate, how many of the currency one unit is)
FOREIGN = {"m_usd_market": ("USD", "market", 10**6), "m_usd_nima": ("USD", "nima", 10**6)}
# foreign currency -> the unit of amounts that cannot be converted
OWN_UNIT = {"EUR": "m_eur", "USD": "m_usd"}
DEFAULT_RATE = "market"
# significant digits of a printed number that a float keeps
SIGNIFICANT = 15
# Words that :func:`parse_amount` recognises: word -> unit of ``UNITS``, or the factor of a word before a unit. They
# are spellings that sources use, in both languages, and are never shown: they are no interface text, and so not in
# the catalogues. The first word that a text contains counts: longer words stand before those that they contain.
_AMOUNT_WORDS: dict[str, str | int] = {
    "همت": "hemat", "hemat": "hemat", "تومان": "toman", "toman": "toman", "ریال": "irr", "irr": "irr", "rial": "irr",
    "یورو": "eur", "euro": "eur", "eur": "eur", "دلار": "usd", "dollar": "usd", "usd": "usd",
    "هزار میلیارد": 10**12, "thousand billion": 10**12, "thousand bn": 10**12,
    "میلیارد": 10**9, "billion": 10**9, "bn": 10**9,
    "میلیون": 10**6, "million": 10**6, "mn": 10**6, "هزار": 10**3, "thousand": 10**3, "m": 10**6,
}  # fmt: skip
_UNIT_WORDS = {search_key(word): unit for word, unit in _AMOUNT_WORDS.items() if isinstance(unit, str)}
_FACTOR_WORDS = {search_key(word): factor for word, factor in _AMOUNT_WORDS.items() if isinstance(factor, int)}
# a sign belongs to the number only at the start of a word: the dash of 'EUR-160' is no minus
_NUMBER = re.compile(r"(?:(?<!\S)[+−-])?\d[\d٬,،٫./]*")
# unit of a word -> the units that it makes with a factor, from the least to the greatest
_FAMILIES = {
    "irr": ("irr", "bn_irr", "thousand_bn_irr"), "toman": ("toman", "m_toman", "bn_toman", "hemat"),
    "hemat": ("hemat",), "eur": ("eur", "m_eur"), "usd": ("usd", "m_usd", "bn_usd"),
}  # fmt: skip


_Factors: TypeAlias = tuple[float, float, float, bool]
_RowFactors: TypeAlias = tuple[float | None, float | None, float | None, bool | None, str | None, str | None]


class AmountError(KhooshehError, ValueError):
    """A text that is no amount: ``code`` 'no_number', 'no_currency' or 'unknown_words'; ``value``: the text."""

    texts = ("amount.{code}",)


class MissingRate(LookupError):  # noqa: N818 - named for what is missing
    """The register has no rate of ``currency`` and ``rate_kind`` for the Jalali ``years``."""

    def __init__(self, currency: str, rate_kind: str, years: tuple[int, ...]) -> None:
        """Keep the currency, the kind of rate and the years; the message is 'EUR:market:1401,1402'."""
        super().__init__(f"{currency}:{rate_kind}:{','.join(map(str, years))}")
        self.currency, self.rate_kind, self.years = currency, rate_kind, years


@dataclass(frozen=True)
class Amount:
    """An amount as printed: ``value`` with all its digits, in ``unit``, a code of ``UNITS``."""

    value: Decimal
    unit: str


def parse_amount(text: str) -> Amount:
    """Parse an amount: '60 هزار میلیارد ریال', '۶ همت', '6,000 billion toman', 'EUR 160 m'.

    ``text`` is one number that :func:`khoosheh.persian.parse_number` accepts, with a currency before or after it and
    at most one factor ('میلیارد', 'million'), in Persian or English. Anything else raises ``AmountError``: a range
    ('۲ تا ۳ همت'), a number in words, a unit without a currency.

    The unit is the printed one where ``UNITS`` has it, else the next smaller one: '20 million rial' is 20,000,000 in
    ``irr``. Nothing is rounded, and no currency is converted.
    """
    plain = normalise_text(text).casefold()
    number = _NUMBER.search(plain)
    if not number:
        raise AmountError("no_number", text)
    try:
        value = parse_number(number.group())
    except NumberError as error:
        raise AmountError("no_number", text) from error
    rest = search_key(plain[: number.start()] + " " + plain[number.end() :])
    currency_word = next((word for word in _UNIT_WORDS if word in rest), None)
    if currency_word is None:
        raise AmountError("no_currency", text)
    rest = rest.replace(currency_word, "", 1)
    factor_word = next((word for word in _FACTOR_WORDS if word in rest), "")
    if rest.replace(factor_word, "", 1).strip("s."):
        raise AmountError("unknown_words", text)
    unit = _UNIT_WORDS[currency_word]
    size = _FACTOR_WORDS.get(factor_word, 1) * UNITS[unit][1]
    printed = [name for name in _FAMILIES[unit] if UNITS[name][1] <= size][-1]
    return Amount(value * (size // UNITS[printed][1]), printed)


class Rates:
    """The rates of a register: for a currency and kind, the lowest and highest rial price of each Jalali year."""

    def __init__(self, rows: dict[tuple[str, str, int], tuple[float, float]]) -> None:
        """Keep the rates: (currency, kind of rate, Jalali year) -> (lowest, highest), in rial."""
        self._rows = rows

    def span(self, currency: str, kind: str, first_year: int, last_year: int) -> tuple[float, float]:
        """Return the lowest and highest rate of the Jalali years from first to last; raises ``MissingRate``."""
        years = range(int(first_year), int(last_year) + 1)
        missing = tuple(year for year in years if (currency, kind, year) not in self._rows)
        if missing:
            raise MissingRate(currency, kind, missing)
        spans = [self._rows[currency, kind, year] for year in years]
        return min(low for low, _ in spans), max(high for _, high in spans)


def build_rate_table(exchange_rates: IntoDataFrame) -> Rates:
    """Return the rates of the table ``exchange_rates`` of a register."""
    frame = nw.from_native(exchange_rates, eager_only=True, pass_through=False)
    columns = ("currency", "rate_kind", "year", "rate_irr_low", "rate_irr_high")
    rows = frame.select(*columns).iter_rows()
    return Rates({(c, kind, int(year)): (float(low), float(high)) for c, kind, year, low, high in rows})


def _compute_factors(unit: str, to_unit: str, years: tuple[int, int], rates: Rates) -> _Factors:
    """Return (least, most, divisor, scaled): one ``unit`` is from least/divisor to most/divisor ``to_unit``.

    ``scaled``: whether the size of the unit changes and the currency does not; then factors and divisor are whole
    powers of ten, so that no digit is lost. Raises ``MissingRate``.
    """
    currency, factor = UNITS[unit]
    wanted, kind, size = FOREIGN.get(to_unit) or (UNITS[to_unit][0], DEFAULT_RATE, UNITS[to_unit][1])
    shared = min(factor, size)
    least = most = float(factor // shared)
    if currency not in (wanted, "IRR"):
        bottom, top = rates.span(currency, kind, *years)
        least, most = least * bottom, most * top
    if wanted not in (currency, "IRR"):
        bottom, top = rates.span(wanted, kind, *years)
        least, most = least / top, most / bottom
    return least, most, float(size // shared), currency == wanted and factor != size


def convert_frame(frame: nw.DataFrame[IntoDataFrameT], to_unit: str, rates: Rates) -> nw.DataFrame[IntoDataFrameT]:
    """Convert the amounts of a table: adds ``amount_low``, ``amount_high``, ``amount_unit`` and ``missing_rate``.

    Needs ``value_low``, ``value_high``, ``unit``, ``said_first_year`` and ``said_last_year`` (Jalali). Rows keep
    their order. Where a rate is missing, the amount stays in its currency ('m_eur', 'm_usd', 'irr') and
    ``missing_rate`` names the rate ('EUR:market:1404'). Rows whose unit is not one of money have no amount.
    """
    rows = frame.with_row_index("_row")
    keys = ["unit", "said_first_year", "said_last_year"]
    distinct = rows.select(*keys).unique()
    found = [_compute_row_factors(unit, (first, last), to_unit, rates) for unit, first, last in distinct.rows()]
    added = {"_least": nw.Float64, "_most": nw.Float64, "_divisor": nw.Float64, "_scaled": nw.Float64}
    schema = added | {"amount_unit": nw.String, "missing_rate": nw.String}
    factors = distinct.with_columns(
        nw.new_series(name, [row[place] for row in found], dtype, backend=rows.implementation)
        for place, (name, dtype) in enumerate(schema.items())
    )
    # a join does not keep the order of rows in every engine
    joined = rows.join(factors, on=keys, how="left").sort("_row")
    return joined.with_columns(
        _convert_end("value_low", "_least", "_most").alias("amount_low"),
        _convert_end("value_high", "_most", "_least").alias("amount_high"),
    ).drop("_row", *added)


def _convert_end(value: str, outward: str, inward: str) -> nw.Expr:
    """Return an end of an amount; a negative one is converted with the factor ``inward``, so as to stay this end."""
    amount, scaled = nw.col(value), nw.col("_scaled") > 0
    factor = nw.when(amount < 0).then(nw.col(inward)).otherwise(nw.col(outward))
    converted = amount * factor / nw.col("_divisor")
    return nw.when(scaled).then(_round_to_significant(converted)).otherwise(converted)


def _round_to_significant(value: nw.Expr) -> nw.Expr:
    """Round to ``SIGNIFICANT`` digits: 3533.4 instead of 3533.4000000000005."""
    size = nw.when(value.abs() > 0).then(value.abs()).otherwise(1.0)
    places = SIGNIFICANT - 1 - size.log(10).floor()
    # floats hold exactly only the powers of ten from 1 to 10**22
    up, down = 10.0 ** places.clip(0, 22), 10.0 ** (-places).clip(0, 22)
    return (value * up / down).round(0) / up * down


def _compute_row_factors(unit: str | None, years: tuple[int, int], to_unit: str, rates: Rates) -> _RowFactors:
    """Return the factors of a unit and years, the unit of the result, and the rate that is missing, if any."""
    if unit is None or unit not in UNITS:
        return None, None, None, None, None, None
    try:
        return *_compute_factors(unit, to_unit, years, rates), to_unit, None
    except MissingRate as error:
        own = OWN_UNIT.get(UNITS[unit][0], "irr")
        return *_compute_factors(unit, own, years, rates), own, str(error)
