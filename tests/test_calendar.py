"""Jalali dates: every form, every fault, every day of the published range."""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

import jdatetime
import numpy as np
import pandas as pd
import pytest
import twins

from khoosheh import calendar
from khoosheh.calendar import DateError, JalaliDate, year_span

LEAP_YEARS = Path(__file__).parent / "data" / "leap_years_1206_1498.csv"

FORMS = {
    "1403": "1403", "1403-04": "1403-04", "1403/4/11": "1403-04-11", "1403.4.11": "1403-04-11", "۱۴۰۳/۰۴/۱۱": "1403-04-11",
    "١٤٠٣/٠٤/١١": "1403-04-11", "۱۱ تیر ۱۴۰۳": "1403-04-11", "تیر ۱۴۰۳": "1403-04", "11 Tir 1403": "1403-04-11",
    "تیرماه ۱۴۰۳": "1403-04", "۲۰ تیر ماه ۱۴۰۱": "1401-04-20", "امرداد ۱۴۰۲": "1402-05", "۵ دي ۱۴۰۰": "1400-10-05",
    " ۱۴۰۳ ": "1403", "\u200f۱۴۰۳/۱/۲\u200e": "1403-01-02", "1403-12-30": "1403-12-30", "1403 / 4 / 11": "1403-04-11",
    "ارديبهشت 1399": "1399-02", "1206": "1206", "1498": "1498", "1403-01": "1403-01", "1403-12": "1403-12",
}  # fmt: skip
FAULTS = {
    "": "empty", " \u200f": "empty", "abc": "not_a_date", "1403-4-11-2": "not_a_date", "03/04/11": "year_out_of_range", "1205": "year_out_of_range",
    "1499": "year_out_of_range", "2024-05-01": "year_out_of_range", "1403-13-01": "month_out_of_range",
    "1403-00": "month_out_of_range", "1403-07-31": "day_out_of_range", "1403-01-32": "day_out_of_range",
    "1403-04-00": "day_out_of_range", "9" * 5000: "not_a_date", "1403-04-" + "1" * 5000: "not_a_date",
    "१४०३": "not_a_date", "03": "year_out_of_range", "۱ تیر ۰۳": "year_out_of_range", "1402-12-30": "not_a_leap_year", "۳ فلان ۱۴۰۳": "unknown_month_name",
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FORMS.items())
def test_reads_every_form(text, expected):
    assert str(calendar.parse_jalali_date(text)) == expected


@pytest.mark.parametrize(("text", "code"), FAULTS.items())
def test_names_every_fault(text, code):
    with pytest.raises(DateError) as fault:
        calendar.parse_jalali_date(text)
    assert (fault.value.code, fault.value.value) == (code, text)


@pytest.mark.parametrize(
    ("text", "params"),
    [
        ("1402-12-30", {"year": 1402, "last_day": 29}),
        ("1403-13-01", {"month": 13}),
        ("1403-07-31", {"day": 31, "month": 7, "year": 1403, "last_day": 30}),
        ("1499", {"year": 1499, "first": 1206, "last": 1498}),
        ("۳ فلان ۱۴۰۳", {"name": "فلان"}),
    ],
)
def test_fault_tells_the_text_and_the_numbers(text, params):
    with pytest.raises(DateError) as fault:
        calendar.parse_jalali_date(text)
    assert (fault.value.value, fault.value.params) == (text, params)


def test_dates_are_ordered_by_their_begin_and_then_by_exactness():
    ordered = [
        JalaliDate(1402, 12, 29),
        JalaliDate(1403),
        JalaliDate(1403, 1),
        JalaliDate(1403, 1, 1),
        JalaliDate(1403, 2),
    ]
    shuffled = random.Random(3).sample(ordered, len(ordered))
    assert sorted(shuffled) == ordered
    assert JalaliDate(1403) < JalaliDate(1403, 1) <= JalaliDate(1403, 1)
    assert not JalaliDate(1403) < JalaliDate(1403)
    with pytest.raises(TypeError):
        _ = JalaliDate(1403) < 1404


def test_a_date_covers_the_interval_it_was_printed_with():
    assert (JalaliDate(1403).first_day, JalaliDate(1403).last_day) == (date(2024, 3, 20), date(2025, 3, 20))
    assert (JalaliDate(1402, 12).first_day, JalaliDate(1402, 12).last_day) == (date(2024, 2, 20), date(2024, 3, 19))
    assert JalaliDate(1403, 4, 11).first_day == JalaliDate(1403, 4, 11).last_day == date(2024, 7, 1)


def test_leap_years_are_those_of_the_published_table():
    with LEAP_YEARS.open() as file:
        published = {int(row["year"]) for row in csv.DictReader(file)}
    years = range(calendar.FIRST_YEAR, calendar.LAST_YEAR + 1)
    assert {year for year in years if calendar.is_leap(year)} == published


def test_five_years_lie_between_1403_and_1408_and_1436_is_leap():
    # Rules of 2820 years make 1404 or 1437 leap; the published table and the calendars of browsers do not.
    assert [year for year in range(1399, 1442) if calendar.is_leap(year)] == [
        1399, 1403, 1408, 1412, 1416, 1420, 1424, 1428, 1432, 1436, 1441,
    ]  # fmt: skip


def test_each_day_of_the_range_makes_the_round_trip():
    first, last = JalaliDate(calendar.FIRST_YEAR).first_day, JalaliDate(calendar.LAST_YEAR).last_day
    days = pd.Series(np.arange(np.datetime64(first), np.datetime64(last) + 1).astype("datetime64[us]"))
    parts = calendar.split_jalali_parts(days)
    texts = (
        parts["year"].astype(str)
        + "-"
        + parts["month"].astype(str).str.zfill(2)
        + "-"
        + parts["day"].astype(str).str.zfill(2)
    )
    read = calendar.parse_jalali_dates(texts)
    assert read["fault"].isna().all()
    assert (read["first_day"].to_numpy() == days.to_numpy()).all()
    assert (read["last_day"].to_numpy() == days.to_numpy()).all()
    assert texts.is_unique
    follows = (parts["day"].diff() == 1) | ((parts["day"] == 1) & (parts["month"].diff().isin([1, -11])))
    assert follows[1:].all()
    for place in random.Random(1).sample(range(len(days)), 2000):
        twin = jdatetime.date.fromgregorian(date=days[place].date())
        assert texts[place] == twin.strftime("%Y-%m-%d")


def test_many_agree_with_one_by_one():
    texts = [*FORMS, *FAULTS, None, "1398-02-31", "1400/1/1"]
    table = calendar.parse_jalali_dates(texts)
    for text, row in zip(texts, table.itertuples(index=False), strict=True):
        try:
            one = calendar.parse_jalali_date(text) if text else None
        except DateError as fault:
            assert row.fault == (None if fault.code == "empty" else fault.code), text
            continue
        assert row.fault is None, text
        if one is None:
            assert pd.isna(row.first_day)
        else:
            assert (row.first_day.date(), row.last_day.date(), row.precision) == (
                one.first_day,
                one.last_day,
                one.precision,
            )


def test_days_outside_the_years_understood_have_no_parts():
    inside = [JalaliDate(calendar.FIRST_YEAR).first_day, JalaliDate(calendar.LAST_YEAR).last_day]
    days = [inside[0] - timedelta(1), *inside, inside[1] + timedelta(1), None, date(1600, 1, 1)]
    series = pd.to_datetime(pd.Series(days, dtype=object, index=range(10, 16)))
    parts = calendar.split_jalali_parts(series)
    assert parts.index.equals(series.index)
    assert set(parts.dtypes.astype(str)) == {"Int64"}
    assert parts["year"].isna().tolist() == [True, False, False, True, True, True]
    assert parts.dropna().to_numpy().tolist() == [[1206, 1, 1], [1498, 12, 30]]


@pytest.mark.parametrize("nothing", [[], [None, "", float("nan"), "\u200f "]])
def test_blanks_are_neither_dates_nor_faults(nothing):
    table = calendar.parse_jalali_dates(nothing)
    assert list(table) == ["first_day", "last_day", "precision", "fault"]
    assert len(table) == len(nothing)
    assert table.isna().all(axis=None)


def test_many_keep_the_index_of_a_series():
    series = pd.Series(["1403", None], index=[7, 9])
    assert calendar.parse_jalali_dates(series).index.tolist() == [7, 9]


def test_many_may_be_numbers_among_blanks():
    assert calendar.parse_jalali_dates([1403, None])["fault"].isna().all()


def test_seasons_and_names():
    assert [calendar.find_season(month) for month in range(1, 13)] == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]
    assert calendar.season_name(4, "fa") == "زمستان"
    assert calendar.month_name(4, "en") == "Tir"


def test_dates_as_a_reader_reads_them():
    day = JalaliDate(1403, 4, 11)
    assert calendar.format_date(day, "fa") == "۱۱ تیر ۱۴۰۳"
    assert calendar.format_date(day, "fa", "short") == "۱۴۰۳/۰۴/۱۱"
    assert calendar.format_date(day, "en", "short") == "1403-04-11"
    assert calendar.format_date(JalaliDate(1403, 4), "en") == "Tir 1403"
    assert (
        calendar.format_interval(JalaliDate(1401, 4), JalaliDate(1404, 6, 4), "fa") == "از تیر ۱۴۰۱ تا ۴ شهریور ۱۴۰۴"
    )
    assert calendar.format_interval(day, day, "en") == "11 Tir 1403"


def test_months_step_over_years():
    assert str(calendar.add_months(JalaliDate(1402, 11), 3)) == "1403-02"
    assert str(calendar.add_months(JalaliDate(1402, 2), -3)) == "1401-11"
    assert len(calendar.list_months_between(JalaliDate(1402, 11), JalaliDate(1403, 2))) == 4
    assert str(calendar.add_months(JalaliDate(1402), 1)) == "1402-02"
    assert len(calendar.list_months_between(JalaliDate(1402), JalaliDate(1402))) == 12


def finest_level(first: date, last: date, lang: str, most: int = 8):
    """The finest level of ticks that has at most ``most``, as the browser chooses it."""
    levels = calendar.build_tick_levels(first, last, lang)
    return next(level for level in levels if len(level[0]) <= most)


def test_axis_ticks_are_right_across_leap_years_and_take_the_finest_step():
    starts, names = finest_level(date(2024, 3, 20), date(2025, 3, 21), "fa")
    assert starts == [date(2024, 3, 20), date(2024, 6, 21), date(2024, 9, 22), date(2024, 12, 21), date(2025, 3, 21)]
    assert names == ["بهار ۱۴۰۳", "تابستان ۱۴۰۳", "پاییز ۱۴۰۳", "زمستان ۱۴۰۳", "بهار ۱۴۰۴"]
    assert finest_level(date(2024, 3, 20), date(2025, 3, 21), "fa", most=5) == (starts, names)
    starts, names = finest_level(date(2019, 1, 1), date(2026, 1, 1), "en")
    assert starts == [date(year, 3, 20 if year in (2020, 2024) else 21) for year in range(2019, 2026)]
    assert names == [str(year) for year in range(1398, 1405)]


@pytest.mark.parametrize("most", [1, 2, 3, 8, 50])
def test_axis_ticks_are_never_more_than_asked_for(most):
    starts, _ = finest_level(date(1827, 3, 22), date(2120, 3, 19), "en", most)
    assert 1 <= len(starts) <= most


@pytest.mark.parametrize("days", [40, 400, 3000, 30000])
def test_axis_ticks_are_starts_of_jalali_months(days):
    first = date(2015, 5, 5)
    starts, names = finest_level(first, first + timedelta(days), "fa", most=8)
    assert 1 <= len(starts) == len(names) <= 8
    assert all(calendar.to_jalali(day).day == 1 for day in starts)
    assert all(name.endswith(("۰", "۱", "۲", "۳", "۴", "۵", "۶", "۷", "۸", "۹")) for name in names)


def test_months_apart_agree_with_stepping():
    dice, first = random.Random(7), date(2015, 3, 21)
    for _ in range(1500):
        days = [first + timedelta(dice.randrange(4000)) for _ in range(2)]
        twin = twins.months_between(*(jdatetime.date.fromgregorian(date=day) for day in days))
        assert calendar.count_months_apart(*days) == twin, days


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("1401-12-29", "1404-12-29", (36, 36)),
        ("1403-12-30", "1404-12-29", (12, 12)),
        ("1402-12-29", "1403-05-31", (5, 5)),
        ("1402-12-29", "1403-03-15", (2, 3)),
        ("1403-06-31", "1403-07-30", (1, 1)),
        ("1403-01-10", "1403-01-10", (0, 0)),
        ("1403-01-10", "1402-12-11", (-1, 0)),
    ],
)
def test_months_apart_worked_out_by_hand(first, last, months):
    assert (
        calendar.count_months_apart(
            calendar.parse_jalali_date(first).first_day, calendar.parse_jalali_date(last).first_day
        )
        == months
    )


def test_levels_of_ticks_go_from_months_to_one_tick():
    levels = calendar.build_tick_levels(date(2014, 3, 21), date(2026, 11, 22), "en")
    assert len(levels[0][1]) == 153
    assert levels[0][1][:2] == ["Farvardin 1393", "Ordibehesht 1393"]
    assert levels[1][1][:5] == ["Spring 1393", "Summer 1393", "Autumn 1393", "Winter 1393", "Spring 1394"]
    assert levels[2][1] == [str(year) for year in range(1393, 1406)]
    assert [len(names) > 1 for _, names in levels] == [True] * (len(levels) - 1) + [False]


def test_the_week_begins_on_saturday():
    assert [name for name, _ in calendar.weekday_names("fa")] == ["ش", "ی", "د", "س", "چ", "پ", "ج"]
    assert calendar.weekday_names("en")[6] == ("Fr", "Friday")


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [("1403-05-11", 1, "1403-05-31"), ("1403-12-02", 1, "1403-12-30"), ("1404-12-29", 1, "1404-12-29"),
     ("1403-01-01", 3, "1403-03-31"), ("1403-10-01", 3, "1403-12-30"), ("1402-06-31", 12, "1402-12-29")],
)  # fmt: skip
def test_ends_of_periods(day, months, end):
    assert (
        calendar.find_period_end(calendar.parse_jalali_date(day).first_day, months)
        == calendar.parse_jalali_date(end).last_day
    )


def test_years_of_both_calendars():
    assert year_span(1403, "jalali") == (date(2024, 3, 20), date(2025, 3, 20))
    assert year_span(2024, "gregorian") == (date(2024, 1, 1), date(2024, 12, 31))


def test_two_days_have_a_common_month_or_none():
    first, last, next_month, next_year = (
        calendar.parse_jalali_date(text).first_day
        for text in ("1404-01-01", "1404-01-31", "1404-02-01", "1405-01-01")
    )
    assert str(calendar.find_common_month(first, last)) == "1404-01"
    assert calendar.find_common_month(last, next_month) is None
    assert calendar.find_common_month(first, next_year) is None
