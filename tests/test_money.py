"""Money: exact between rial and toman, an interval through a rate, a name for a missing rate."""

import random
from decimal import Decimal
from fractions import Fraction

import narwhals as nw
import pandas as pd
import pytest

from khoosheh import money

RATES = money.Rates({("USD", "market", 1401): (250000, 500000), ("USD", "market", 1402): (400000, 600000)})

AMOUNTS = {
    "60 هزار میلیارد ریال": 60 * 10**12, "۶۰ هزار میلیارد ریال": 60 * 10**12, "۶ همت": 60 * 10**12,
    "6000 میلیارد تومان": 60 * 10**12, "60,000 bn IRR": 60 * 10**12, "6,000 billion toman": 60 * 10**12,
    "12 هزار میلیارد ريال": 12 * 10**12, "۴ هزار میلیارد تومان": 40 * 10**12, "۷ هزار میلیارد تومان": 7 * 10**13,
    "۴۳٬۰۸۱ میلیارد ریال": 43081 * 10**9, "1.5 همت": 15 * 10**12, "60 thousand bn rial": 60 * 10**12, "60,000 bn rials": 60 * 10**12,
}  # fmt: skip


@pytest.mark.parametrize(("text", "irr"), AMOUNTS.items())
def test_amounts_are_read_to_the_digit(text, irr):
    amount = money.parse_amount(text)
    currency, factor = money.UNITS[amount.unit]
    assert (currency, amount.value * factor) == ("IRR", Decimal(irr))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("60,000 bn IRR", "60000", "bn_irr"),
        ("۶۰ هزار میلیارد ریال", "60", "thousand_bn_irr"),
        ("6000 میلیارد تومان", "6000", "bn_toman"),
        ("۴ هزار میلیارد تومان", "4", "hemat"),
        ("۰٫۵ میلیارد تومان", "0.5", "bn_toman"),
        ("3 million toman", "3", "m_toman"),
        ("20 million rial", "20000000", "irr"),
        ("USD 1.5 bn", "1.5", "bn_usd"),
        ("-5 همت", "-5", "hemat"),
        ("−۵ همت", "-5", "hemat"),
    ],
)
def test_amounts_keep_the_unit_they_were_printed_in(text, value, unit):
    assert money.parse_amount(text) == money.Amount(Decimal(value), unit)


def test_foreign_amounts_keep_their_currency():
    found = money.parse_amount("۱۶۰ میلیون یورو")
    assert found == money.Amount(Decimal(160), "m_eur")
    assert money.parse_amount("EUR 160 m") == found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ده ریال", "no_number"),
        ("۵ گاو", "no_currency"),
        ("5 گاو ریال", "unknown_words"),
        ("۲ تا ۳ همت", "unknown_words"),
        ("EUR-160 m", "unknown_words"),
        ("1,5 همت", "no_number"),
        ("", "no_number"),
        ("5 rial rial", "unknown_words"),
        ("5 million million rial", "unknown_words"),
        ("5 X rial", "unknown_words"),
    ],
)
def test_what_is_no_amount_is_refused(text, code):
    with pytest.raises(money.AmountError) as fault:
        money.parse_amount(text)
    assert (fault.value.code, fault.value.value) == (code, text)


@pytest.mark.parametrize(
    ("amount", "to_unit", "low", "high"),
    [
        ((60000, 60000, "bn_irr"), "hemat", 6, 6),
        ((12000, 12000, "bn_irr"), "hemat", 1.2, 1.2),
        ((4000, 4000, "bn_toman"), "thousand_bn_irr", 40, 40),
        ((35.334, 35.334, "thousand_bn_irr"), "bn_toman", 3533.4, 3533.4),
        ((1234567890123457, 1234567890123457, "irr"), "irr", 1234567890123457, 1234567890123457),
        ((None, 5, "hemat"), "bn_toman", None, 5000),
        ((-60, -60, "thousand_bn_irr"), "m_usd_market", -240, -100),
        ((6000, 6000, "bn_toman"), "thousand_bn_irr", 60, 60),
        ((1.23456789012345, 1.23456789012345, "thousand_bn_irr"), "bn_toman", 123.456789012345, 123.456789012345),
        ((43081, 43081, "bn_irr"), "thousand_bn_irr", 43.081, 43.081),
        ((6, None, "hemat"), "irr", 6 * 10**13, None),
        ((60, 60, "thousand_bn_irr"), "m_usd_market", 100, 240),
        ((1, 1, "bn_usd"), "thousand_bn_irr", 250, 600),
        ((0.5, 0.5, "bn_usd"), "thousand_bn_irr", 125, 300),
        ((1, 1, "bn_usd"), "m_usd_market", 1000, 1000),
    ],
)
def test_conversion(amount, to_unit, low, high):
    found = convert_one(*amount, to_unit, (1401, 1402))
    assert (found["amount_low"], found["amount_high"]) == (low, high)
    assert (found["amount_unit"], found["missing_rate"]) == (to_unit, None)


def convert_one(low, high, unit: str, to_unit: str, years: tuple[int, int]) -> dict:
    frame = pd.DataFrame({
        "value_low": pd.Series([low], dtype=float), "value_high": pd.Series([high], dtype=float), "unit": [unit],
        "said_first_year": [years[0]], "said_last_year": [years[1]],
    })  # fmt: skip
    [found] = money.convert_frame(nw.from_native(frame, eager_only=True), to_unit, RATES).rows(named=True)
    return {name: None if value != value else value for name, value in found.items()}


def test_a_missing_rate_is_named():
    with pytest.raises(money.MissingRate) as fault:
        RATES.span("EUR", "market", 1404, 1404)
    assert (fault.value.currency, fault.value.rate_kind, fault.value.years) == ("EUR", "market", (1404,))
    assert convert_one(160, 160, "m_eur", "hemat", (1404, 1404))["missing_rate"] == "EUR:market:1404"
    assert convert_one(1, 1, "hemat", "m_usd_nima", (1401, 1402))["missing_rate"] == "USD:nima:1401,1402"


def test_rates_come_from_the_table_of_the_register():
    table = pd.DataFrame({"currency": ["USD"], "rate_kind": ["market"], "year": ["1403"], "rate_irr_mean": ["7"]})
    rates = money.build_rate_table(table.assign(rate_irr_low="500000", rate_irr_high="800000"))
    assert rates.span("USD", "market", 1403, 1403) == (500000, 800000)
    with pytest.raises(money.MissingRate) as fault:
        rates.span("USD", "market", 1402, 1404)
    assert fault.value.years == (1402, 1404)


def twin(row: dict, to_unit: str) -> tuple:
    """One row, slowly: ends as fractions without a rounding, unit and missing rate."""
    if row["unit"] not in money.UNITS:
        return None, None, None, None
    years = (row["said_first_year"], row["said_last_year"])
    try:
        factors, missing = slow_factors(row["unit"], to_unit, years), None
    except money.MissingRate as fault:
        to_unit, missing = {"EUR": "m_eur", "USD": "m_usd", "IRR": "irr"}[money.UNITS[row["unit"]][0]], str(fault)
        factors = slow_factors(row["unit"], to_unit, years)
    spans = [
        sorted(Fraction(str(end)) * factor for factor in factors) if end is not None else (None, None)
        for end in (row["value_low"], row["value_high"])
    ]
    return spans[0][0], spans[1][1], to_unit, missing


def slow_factors(unit: str, to_unit: str, years: tuple[int, int]) -> list[Fraction]:
    """The least and the greatest number of ``to_unit`` that one ``unit`` may be."""
    (currency, factor), kind = money.UNITS[unit], money.FOREIGN.get(to_unit, ("", "market", 0))[1]
    wanted, size = money.FOREIGN[to_unit][::2] if to_unit in money.FOREIGN else money.UNITS[to_unit]
    rial = (
        [Fraction(factor)] * 2
        if currency in (wanted, "IRR")
        else [factor * Fraction(rate) for rate in RATES.span(currency, kind, *years)]
    )
    if wanted in (currency, "IRR"):
        return [one / size for one in rial]
    return [
        one / size / Fraction(rate)
        for one, rate in zip(rial, reversed(RATES.span(wanted, kind, *years)), strict=True)
    ]


@pytest.mark.parametrize("to_unit", ["thousand_bn_irr", "hemat", "irr", "m_usd_market", "m_usd_nima"])
def test_many_agree_with_one_by_one(to_unit):
    dice = random.Random(to_unit)
    rows = [
        {
            "unit": dice.choice([*money.UNITS, "jobs"]),
            "value_low": (
                low := dice.choice([0, 0.25, *(dice.randrange(-1000, 10**7) / size for size in (1, 1000))])
            ),
            "value_high": dice.choice([low, low + 5, None]),
            "said_first_year": (year := dice.choice([1400, 1401, 1402])),
            "said_last_year": year + dice.choice([0, 1]),
        }
        for _ in range(500)
    ]
    frame = pd.DataFrame(rows).astype(
        {"said_first_year": "Int64", "said_last_year": "Int64", "value_high": float, "value_low": float}
    )
    out = money.convert_frame(nw.from_native(frame, eager_only=True), to_unit, RATES)
    for row, found in zip(rows, out.iter_rows(named=True), strict=True):
        *ends, unit, missing = twin(row, to_unit)
        got = [found[name] for name in ("amount_low", "amount_high", "amount_unit", "missing_rate")]
        got = [None if value != value or value is None else value for value in got]
        assert got[2:] == [unit, missing]
        for end, exact in zip(got[:2], ends, strict=True):
            if exact is None:
                assert end is None
            elif unit in money.UNITS and money.UNITS[unit][0] == money.UNITS[row["unit"]][0]:
                assert end == float(exact), "within one currency every digit is kept"
            else:
                assert end == pytest.approx(float(exact), rel=1e-14)


@pytest.mark.parametrize("engine", ["pandas", "pyarrow"])
def test_any_engine_gives_its_own_kind_back_and_keeps_the_rows(engine):
    pytest.importorskip(engine)
    units = ["m_eur", "jobs", "hemat", None, "m_usd", "hemat"]
    table = pd.DataFrame({
        "place": range(6), "unit": units, "value_low": [1.0] * 6, "value_high": [2.0, None, 1.0, 1.0, 3.0, None],
        "said_first_year": [1402, 1401, 1402, 1401, 1402, 1401], "said_last_year": [1402] * 6,
    })  # fmt: skip
    given = table if engine == "pandas" else nw.from_native(table).to_arrow()
    rows = money.convert_frame(nw.from_native(given, eager_only=True), "m_usd_market", RATES)
    assert type(rows.to_native()) is type(given)
    assert rows["place"].to_list() == list(range(6))
    found = [None if money_unit != money_unit else money_unit for money_unit in rows["amount_unit"].to_list()]
    assert found == ["m_eur", None, "m_usd_market", None, "m_usd_market", "m_usd_market"]
    assert rows["missing_rate"].to_list()[0] == "EUR:market:1402"
    assert rows["amount_low"].to_list()[4:] == pytest.approx([1, 1e7 / 600000])
    assert rows.columns[-4:] == ["amount_unit", "missing_rate", "amount_low", "amount_high"]


def test_no_rows_give_no_rows():
    columns = ["unit", "value_low", "value_high", "said_first_year", "said_last_year"]
    empty = pd.DataFrame({name: pd.Series(dtype="str" if name == "unit" else float) for name in columns})
    assert money.convert_frame(nw.from_native(empty, eager_only=True), "hemat", RATES).shape == (0, 9)
