"""The figures of time: intervals as intervals, Jalali ticks at every level, nothing between stated points."""

from datetime import date
from itertools import pairwise

import pytest

from khoosheh import calendar
from khoosheh.figures.commitments import Lane, Row, Span, build_commitments_figure
from khoosheh.figures.stated_progress import Point, build_progress_figure
from khoosheh.figures.theme import Theme
from khoosheh.figures.time_axis import compute_day_number

NOW = date(2025, 6, 1)
PROMISE = Lane("وعدهٔ نمونه", (
    Span(date(2022, 3, 21), date(2023, 3, 20), "certain"), Span(date(2023, 3, 20), date(2026, 3, 20), "possible"),
    Span(date(2026, 3, 20), date(2027, 3, 20), "slip"),
), "A1 A2", 1)  # fmt: skip
PROGRESS = Lane("پیشرفت ۷۰ درصد", (Span(date(2021, 8, 23), date(2025, 7, 9), "progress"),), "B1", 3)
ROWS = [Row("طرح نمونه: ۱ با موعد تازه", (PROMISE, PROGRESS)), Row("بی‌موعد", ())]


def drawn(lang="fa"):
    return build_commitments_figure(rows=ROWS, now=NOW, now_words="روز مبنا", theme=Theme(lang), alt="توضیح")


def test_each_piece_covers_its_days_to_the_end_of_the_last():
    certain, possible, slip, progress = drawn().data
    assert list(certain.base) == [compute_day_number(date(2022, 3, 21))] and list(certain.x) == [365]
    assert possible.marker.pattern.shape == "/" and slip.marker.pattern.shape == "."
    assert list(progress.x) == [compute_day_number(date(2025, 7, 9)) + 1]
    assert [one[0] for one in certain.customdata] == ["A1 A2"]


@pytest.mark.parametrize(("lang", "turned"), [("fa", True), ("en", False)])
def test_time_runs_where_reading_goes(lang, turned):
    first, last = drawn(lang).layout.xaxis.range
    assert (first > last) == turned


def test_ticks_are_starts_of_jalali_months_seasons_and_years():
    levels = drawn().layout.meta["ticks"]
    starts = [[date.fromordinal(date(1970, 1, 1).toordinal() + at) for at in level["at"]] for level in levels]
    for days, step in zip(starts, (1, 3, 12), strict=False):
        parts = [calendar.to_jalali(day) for day in days]
        assert all(part.day == 1 and (part.month - 1) % step == 0 for part in parts)
        months = [part.year * 12 + part.month for part in parts]
        assert {b - a for a, b in pairwise(months)} == {step}
    assert any("بهار ۱۴۰۳" in words for words in levels[1]["words"])
    # 1403 is a leap year: its winter ends a day later
    assert date(2025, 3, 21) in starts[2] and date(2024, 3, 20) in starts[2]


def test_both_forms_have_all_words():
    figure = drawn()
    for words in (figure.layout.annotations, figure.layout.meta["wide"]["layout"]["annotations"]):
        text = " ".join((one["text"] if isinstance(one, dict) else one.text) for one in words)
        assert all(part in text for part in ("نمونه", "بی‌موعد", "روز مبنا"))


def test_a_row_has_one_label_above_its_lanes_and_no_lane_covers_another():
    figure = build_commitments_figure(
        rows=[Row("یک", (PROMISE, PROGRESS)), Row("دو", (PROMISE,))],
        now=NOW,
        now_words="n",
        theme=Theme("fa"),
        alt="",
    )
    labels = [one for one in figure.layout.annotations if one.yref != "paper"]
    tops = [one.y for one in labels]
    assert len(labels) == 2
    first, third = figure.data[0].y
    second = figure.data[3].y[0]
    half = figure.data[0].width / 2
    assert tops[0] < first - half < first + half < second - half, "the lanes of a row lie below its label"
    assert second < tops[1] < third - half


def test_the_axis_lies_above_the_rows_and_its_labels_below_that_of_the_day():
    figure = drawn()
    day = next(one for one in figure.layout.annotations if one.yref == "paper")
    assert figure.layout.xaxis.side == "top"
    assert 0 < day.yshift < figure.layout.margin.t


def test_no_line_joins_stated_progress():
    points = [
        Point(date(2024, 1, 1), date(2024, 1, 1), 40, 40, "A", "۴۰"),
        Point(date(2025, 1, 1), date(2025, 2, 1), 60, 70, "B", "۶۰ تا ۷۰"),
    ]
    figure = build_progress_figure(
        points=points, now=NOW, now_words="روز مبنا", colour=3, theme=Theme("fa"), alt="x" * 30
    )
    assert [trace.mode for trace in figure.data] == ["markers"]
    assert list(figure.data[0].y) == [40, 65]
    bands = [one for one in figure.layout.shapes if one.type == "rect"]
    assert [(band.y0, band.y1) for band in bands] == [(39, 41), (59, 71)]


def test_at_least_reaches_up_to_the_whole():
    point = Point(date(2024, 1, 1), date(2024, 1, 1), 70, None, "A", "دست‌کم ۷۰")
    figure = build_progress_figure(points=[point], now=NOW, now_words="x", colour=3, theme=Theme("fa"), alt="x" * 30)
    band = next(one for one in figure.layout.shapes if one.type == "rect")
    assert (band.y0, band.y1) == (69, 101)
