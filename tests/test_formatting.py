"""Words: an interval is never shown narrower than it is."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from texts_like_nothing import TEXTS_LIKE_NOTHING

from khoosheh import formatting

NAN = float("nan")


@pytest.mark.parametrize(
    ("low", "high", "fa", "en"),
    [
        (60, 60, "۶۰ همت", "60 همت"),
        (150, 160, "۱۵۰ تا ۱۶۰ همت", "150 to 160 همت"),
        (3000, NAN, "دست‌کم ۳٬۰۰۰ همت", "at least 3,000 همت"),
        (NAN, NAN, "بیان نشده", "not stated"),
        (None, None, "بیان نشده", "not stated"),
        (43.081, 43.081, "۴۳٫۰۸۱ همت", "43.081 همت"),
        (0, 0, "۰ همت", "0 همت"),
        (0.1 + 0.2, 0.3, "۰٫۳ همت", "0.3 همت"),
    ],
)
def test_intervals(low, high, fa, en):
    assert formatting.format_value_range(low, high, "fa", "همت") == fa
    assert formatting.format_value_range(low, high, "en", "همت") == en


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (98.44, 127.388, (98.4, 128)),
        (34.87, 75.71, (34.8, 75.8)),
        (1.5321, 9.999, (1.53, 10)),
        (0, 0.0123456, (0, 0.0124)),
    ],
)
def test_converted_amounts_are_rounded_outward(low, high, expected):
    assert formatting.round_outward(low, high) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("low", "high", "unit", "expected"),
    [
        (1.53217, 1.53217, "m_usd_market", (1.53217, 1.53217)),
        (1.53917, 9.991, "m_usd_market", (1.53, 10)),
        (1.53917, NAN, "m_usd_nima", (1.53, None)),
        (1.53917, NAN, "hemat", (1.53917, None)),
        (1.53917, 2.5, "hemat", (1.53917, 2.5)),
    ],
)
def test_only_converted_amounts_lose_digits_and_never_become_narrower(low, high, unit, expected):
    assert formatting.round_amount_ends(low, high, unit) == expected


def test_shares_are_rounded_outward():
    assert formatting.format_percent(13 / 30, 28 / 30, "en") == "43 to 94 per cent"
    assert formatting.format_percent(1 / 3, 1 / 3, "fa") == "۳۳ تا ۳۴ درصد"
    assert formatting.format_percent(0.5, 0.5, "en") == "50 per cent"
    assert formatting.format_percent(13 / 30, None, "en") == "at least 43 per cent"


def test_ends_lie_apart_without_noise():
    assert formatting.compute_interval_width(30.25, 35.7) == 5.45
    assert formatting.compute_interval_width(0.3, 0.4) == 0.1
    assert formatting.compute_interval_width(-2, 3) == 5


def test_known_of():
    assert formatting.format_known_count(3, 6, "fa") == "۳ از ۶"
    assert "not stated" in formatting.format_known_count(1, NAN, "en")


def test_years_of_a_group():
    assert formatting.format_year_group("1404", "fa") == "۱۴۰۴"
    assert formatting.format_year_group("1401/1404", "en") == "1401 – 1404"


def test_a_whole_number_with_noise_stays_whole():
    # 400 kt at 1.15 tonnes a tonne
    assert formatting.round_outward(400_000 * 1.15 / 1000, 468.0) == (460, 468)
    assert formatting.round_outward(0.1 + 0.2, 0.7 * 3) == (0.3, 2.1)


@pytest.mark.parametrize("cell", [None, NAN, np.float64("nan"), pd.NA, pd.NaT, np.datetime64("NaT"), Decimal("NaN")])
def test_what_stands_for_nothing_is_missing(cell):
    assert formatting.is_missing(cell) is True


@pytest.mark.parametrize("cell", [*TEXTS_LIKE_NOTHING, "", 0, False, 0.0, pd.Timestamp("2023-01-01"), np.int64(0)])
def test_a_text_is_never_missing_whatever_it_says(cell):
    assert formatting.is_missing(cell) is False
