"""Money: the units amounts are printed in, and conversion between them. Money changes its unit here only.

Rial and toman units convert exactly. A foreign currency converts by the lowest and highest rate of the Jalali
years in which the amount may have been said, since nobody stated the rate of the day: the result is an interval.
Where the register has no rate, nothing is converted and the missing rate is named.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

import narwhals as nw
from narwhals.typing import IntoDataFrame, IntoDataFrameT

from khoosheh.errors import KhooshehError
from khoosheh.persian import NumberError, normalise_text, parse_number, search_key

# unit: (currency, how many of the currency one unit is)
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
# display units of a foreign currency: (currency, kind of rate, factor)
FOREIGN = {"m_usd_market": ("USD", "market", 10**6), "m_usd_nima": ("USD", "nima", 10**6)}
OWN_UNIT = {"EUR": "m_eur", "USD": "m_usd"}
DEFAULT_RATE = "market"
SIGNIFICANT = 15
_SCALES = {
    "هزار میلیارد": 10**12, "thousand billion": 10**12, "thousand bn": 10**12,
    "میلیارد": 10**9, "billion": 10**9, "bn": 10**9,
    "میلیون": 10**6, "million": 10**6, "mn": 10**6, "هزار": 10**3, "thousand": 10**3, "m": 10**6,
}  # fmt: skip
_NAMES = {
    "همت": "hemat", "hemat": "hemat", "تومان": "toman", "toman": "toman", "ریال": "irr", "irr": "irr", "rial": "irr",
    "یورو": "eur", "euro": "eur", "eur": "eur", "دلار": "usd", "dollar": "usd", "usd": "usd",
}  # fmt: skip
# a sign belongs to the figure only at its start: the dash of 'EUR-160' says nothing
_FIGURE = re.compile(r"(?:(?<!\S)[+−-])?\d[\d٬,،٫./]*")
_FAMILIES = {
    "irr": ("irr", "bn_irr", "thousand_bn_irr"), "toman": ("toman", "m_toman", "bn_toman", "hemat"),
    "hemat": ("hemat",), "eur": ("eur", "m_eur"), "usd": ("usd", "m_usd", "bn_usd"),
}  # fmt: skip


class AmountError(KhooshehError, ValueError):
    """A text that is no amount: ``code`` 'no_number', 'no_currency' or 'unknown_words'; ``value``: the text."""

    texts = ("amount.{code}",)


class MissingRate(LookupError):  # noqa: N818 - named for what is missing
    """The register has no rate of ``currency`` and ``rate_kind`` for the Jalali ``years``."""

    def __init__(self, currency: str, rate_kind: str, years: tuple[int, ...]) -> None:
        """Name the missing rate."""
        super().__init__(f"{currency}:{rate_kind}:{','.join(map(str, years))}")
        self.currency, self.rate_kind, self.years = currency, rate_kind, years


@dataclass(frozen=True)
class Amount:
    """An amount as printed: ``value`` in ``unit``, a code of ``UNITS``."""

    value: Decimal
    unit: str

    @property
    def irr(self) -> Decimal:
        """The exact amount in rial; raises ``MissingRate`` for other currencies."""
        currency, factor = UNITS[self.unit]
        if currency != "IRR":
            raise MissingRate(currency, DEFAULT_RATE, ())
        return self.value * factor


@dataclass(frozen=True)
class Interval:
    """An amount between ``low`` and ``high``; ``high`` missing: at least."""

    low: float | None
    high: float | None


def parse_amount(text: str) -> Amount:
    """Read an amount in words: '60 هزار میلیارد ریال', '۶ همت', '6,000 billion toman', 'EUR 160 m'.

    Raises ``AmountError``. The unit is the printed one, else the greatest of ``UNITS`` below it: 'million rial' is
    given in ``irr``.
    """
    plain = normalise_text(text).casefold()
    figure = _FIGURE.search(plain)
    if not figure:
        raise AmountError("no_number", text)
    try:
        value = parse_number(figure.group())
    except NumberError as error:
        raise AmountError("no_number", text) from error
    rest = search_key(plain[: figure.start()] + " " + plain[figure.end() :])
    name, unit = next(((search_key(n), u) for n, u in _NAMES.items() if search_key(n) in rest), ("", ""))
    if not unit:
        raise AmountError("no_currency", text)
    rest = rest.replace(name, "", 1)
    scale, factor = next(
        ((search_key(s), f) for s, f in _SCALES.items() if search_key(s) and search_key(s) in rest), ("", 1)
    )
    if rest.replace(scale, "", 1).strip("s."):
        raise AmountError("unknown_words", text)
    size = factor * UNITS[unit][1]
    printed = [one for one in _FAMILIES[unit] if UNITS[one][1] <= size][-1]
    return Amount(value * (size // UNITS[printed][1]), printed)


class Rates:
    """The rates of a register: for a currency and kind, the lowest and highest rial price of each Jalali year."""

    def __init__(self, rows: dict[tuple[str, str, int], tuple[float, float]]) -> None:
        """Keep (currency, kind, year) -> (low, high)."""
        self._rows = rows

    def span(self, currency: str, kind: str, first_year: int, last_year: int) -> tuple[float, float]:
        """Return the lowest and highest rate over some Jalali years; raises ``MissingRate``."""
        years = range(int(first_year), int(last_year) + 1)
        found = [self._rows.get((currency, kind, year)) for year in years]
        lacking = tuple(year for year, rate in zip(years, found, strict=True) if rate is None)
        if lacking:
            raise MissingRate(currency, kind, lacking)
        return min(low for low, _ in found), max(high for _, high in found)


def build_rate_table(exchange_rates: IntoDataFrame) -> Rates:
    """Return the rates of the register's table ``exchange_rates``."""
    frame = nw.from_native(exchange_rates, eager_only=True, pass_through=False)
    columns = ("currency", "rate_kind", "year", "rate_irr_low", "rate_irr_high")
    rows = frame.select(*columns).iter_rows()
    return Rates({(c, kind, int(year)): (float(low), float(high)) for c, kind, year, low, high in rows})


def convert_amount(
    amount: tuple[float, float | None, str], to_unit: str, years: tuple[int, int], rates: Rates
) -> Interval:
    """Convert an amount (low, high, unit) said in the Jalali ``years`` (first, last); raises ``MissingRate``.

    Within one currency every digit is kept. A missing end stays missing.
    """
    low, high, unit = amount
    least, most, divisor, scaled = _compute_factors(unit, to_unit, years, rates)

    def convert_end(value: float | None, outward: float, inward: float) -> float | None:
        if value is None:
            return None
        if scaled:
            return float(Decimal(str(value)) * int(least) / int(divisor))
        return float(value) * (inward if value < 0 else outward) / divisor

    return Interval(convert_end(low, least, most), convert_end(high, most, least))


def _compute_factors(
    unit: str, to_unit: str, years: tuple[int, int], rates: Rates
) -> tuple[float, float, float, bool]:
    """Return factors, a divisor and whether only the size of the unit changes, not the currency.

    One ``unit`` is at least least/divisor and at most most/divisor ``to_unit``. Within one currency factors and
    divisor are whole powers of ten, so that no digit is lost.
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


def convert_frame(frame: IntoDataFrameT, to_unit: str, rates: Rates) -> IntoDataFrameT:
    """Convert many amounts: adds ``amount_low``, ``amount_high``, ``amount_unit`` and ``missing_rate``.

    Takes any eager frame that narwhals knows, or one of its own, and returns the same kind, rows in their order.
    Needs ``value_low``, ``value_high``, ``unit``, ``said_first_year``, ``said_last_year``. Where a rate is
    missing the amount stays in its own currency ('m_eur', 'm_usd', 'irr') and ``missing_rate`` names it
    ('EUR:market:1404'). Rows whose unit is not money have no amount.
    """
    rows = nw.from_native(frame, eager_only=True).with_row_index("_row")
    keys = ["unit", "said_first_year", "said_last_year"]
    distinct = rows.select(*keys).unique()
    found = [_compute_row_factors(key, to_unit, rates) for key in distinct.rows()]
    added = {"_least": nw.Float64, "_most": nw.Float64, "_divisor": nw.Float64, "_scaled": nw.Float64}
    schema = added | {"amount_unit": nw.String, "missing_rate": nw.String}
    factors = distinct.with_columns(
        nw.new_series(name, [row[place] for row in found], dtype, backend=rows.implementation)
        for place, (name, dtype) in enumerate(schema.items())
    )
    # not every engine keeps the order of rows in a join
    joined = rows.join(factors, on=keys, how="left").sort("_row")
    out = joined.with_columns(
        _convert_end("value_low", "_least", "_most").alias("amount_low"),
        _convert_end("value_high", "_most", "_least").alias("amount_high"),
    ).drop("_row", *added)
    return out if isinstance(frame, nw.DataFrame) else out.to_native()


def _convert_end(value: str, outward: str, inward: str) -> nw.Expr:
    amount, scaled = nw.col(value), nw.col("_scaled") > 0
    factor = nw.when(amount < 0).then(nw.col(inward)).otherwise(nw.col(outward))
    made = amount * factor / nw.col("_divisor")
    return nw.when(scaled).then(_round_to_significant(made)).otherwise(made)


def _round_to_significant(made: nw.Expr) -> nw.Expr:
    """Round to ``SIGNIFICANT`` digits, all that a float keeps of a printed number: 3533.4, not 3533.4000000000005."""
    size = nw.when(made.abs() > 0).then(made.abs()).otherwise(1.0)
    places = SIGNIFICANT - 1 - size.log(10).floor()
    # A float holds the powers of ten exactly from 1 to 10**22 only, so they never go below or above.
    up, down = 10.0 ** places.clip(0, 22), 10.0 ** (-places).clip(0, 22)
    return (made * up / down).round(0) / up * down


def _compute_row_factors(key: tuple, to_unit: str, rates: Rates) -> tuple:
    unit, *years = key
    if unit not in UNITS:
        return (None,) * 6
    try:
        return *_compute_factors(unit, to_unit, tuple(years), rates), to_unit, None
    except MissingRate as error:
        own = OWN_UNIT.get(UNITS[unit][0], "irr")
        return *_compute_factors(unit, own, tuple(years), rates), own, str(error)
