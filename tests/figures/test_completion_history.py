"""The figure of completion over time: what was certain and possible, from day to day, without a gap."""

from datetime import date

import pytest

from khoosheh.figures.completion_history import BAND_PX, Band, Step, build_history_figure
from khoosheh.figures.theme import Theme
from khoosheh.figures.time_axis import compute_day_number

DAYS = [date(2023, 3, 21), date(2024, 3, 20), date(2024, 9, 22)]
STEPS = (Step(DAYS[0], DAYS[1], 0.0, 1.0, "یک", ""), Step(DAYS[1], DAYS[2], 0.25, 0.75, "دو", "A1 A2"))


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_bars_cover_each_day_and_share(lang):
    theme = Theme(lang)
    figure = build_history_figure(bands=[Band("الف", STEPS, 0), Band("ب", STEPS[1:], 1)], theme=theme, alt="شرح")
    certain, possible = figure.data
    spans = [(x - width / 2, x + width / 2) for x, width in zip(certain.x, certain.width, strict=True)]
    assert spans[0] == (compute_day_number(DAYS[0]), compute_day_number(DAYS[1]) + 1)
    assert spans[1] == spans[2] == (compute_day_number(DAYS[1]), compute_day_number(DAYS[2]) + 1)
    assert certain.y == (0, BAND_PX / 4, BAND_PX / 4)
    assert possible.y == (BAND_PX, BAND_PX / 2, BAND_PX / 2)
    # what is possible begins where what is certain ends, and both stand on the floor of their row
    floors = [base + height for base, height in zip(certain.base, certain.y, strict=True)]
    assert floors[0] == floors[1] < floors[2]
    assert [base + height for base, height in zip(possible.base, possible.y, strict=True)] == list(certain.base)
    assert certain.customdata[1] == ["A1 A2"]
    low, high = figure.layout.xaxis.range
    assert (low > high) == (lang == "fa"), "time runs where reading goes"
    assert figure.layout.meta["ticks"] and figure.layout.meta["wide"]


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_numbers_stand_above_their_steps_and_never_on_each_other(lang):
    days = [date(2024, 1, 1), date(2024, 1, 4), date(2024, 6, 1), date(2024, 12, 1)]
    steps = tuple(
        Step(first, last, 0.1, 0.9, "گام", "", str(number))
        for number, (first, last) in enumerate(zip(days, [*days[1:], date(2025, 1, 1)], strict=True), start=1)
    )
    figure = build_history_figure(bands=[Band("الف", steps, 0)], theme=Theme(lang), alt="شرح")
    marks = [one for one in figure.layout.annotations if one.yanchor == "bottom"]
    assert [one.x for one in marks] == [compute_day_number(day) for day in days]
    heights = [one.y for one in marks]
    # three days apart in a year, the second number stands higher; the others are on the lowest level
    assert heights[1] < heights[0] == heights[2] == heights[3]
    top_of_band = figure.data[0].base[0] + figure.data[0].y[0] - BAND_PX
    assert heights[0] == top_of_band
    assert [line.x0 for line in figure.layout.shapes] == [one.x for one in marks]
