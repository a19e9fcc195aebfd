"""The figure of stated amounts: a lane each, units apart, names without amounts, and dots of kinds."""

from itertools import pairwise

import pytest

from khoosheh.figures.kind_dots import KindDots, KindRow
from khoosheh.figures.stated_amounts import AmountRow, Mark, Panel, Unstated, build_amounts_figure
from khoosheh.figures.theme import PALETTE, Theme

ROWS = (
    AmountRow("شبکه", 0, (
        Mark(0, 60.0, 60.0, "برنامه: ۶۰", "شبکه · برنامه: ۶۰", "A1"),
        Mark(3, 38.0, None, "هزینه: دست‌کم ۳۸", "شبکه · هزینه: دست‌کم ۳۸", "A2 A3"),
        Mark(5, 400.0, 400.0, "ارزش: ۴۰۰", "شبکه · ارزش: ۴۰۰", "A4"),
    )),
    AmountRow("معدن", 2, (Mark(0, 2.0, 43.0, "برنامه: ۲ تا ۴۳", "معدن · برنامه: ۲ تا ۴۳", "B1"),)),
)  # fmt: skip
PANELS = (
    Panel("به هزار میلیارد ریال", ROWS),
    Panel("به میلیون یورو", (AmountRow("کارخانه", 1, (Mark(0, 160.0, 160.0, "برنامه: ۱۶۰", "کارخانه", "C1"),)),)),
)
DOTS = KindDots(
    "برای ۲ طرح از ۳ طرح", (KindRow("برنامه", 0, "۲ از ۳", 2 / 3, ("A1", "B1", "")), KindRow("هزینه", 3, "۰ از ۳", 0.0, ("", "", ""))),
    ("شبکه", "معدن", "پارک"), (0, 2, 0), 2,
)  # fmt: skip


def drawn(lang: str = "fa", **more):
    return build_amounts_figure(panels=PANELS, theme=Theme(lang), alt="توضیح", **more)


def forms(**more):
    """The figure for narrow screens and the one for wide ones, as dictionaries."""
    figure = drawn(**more).to_plotly_json()
    return figure, figure["layout"]["meta"]["wide"]


@pytest.mark.parametrize("scale", ["linear", "log"])
@pytest.mark.parametrize("lang", ["fa", "en"])
def test_every_amount_has_a_lane_of_its_own(lang, scale):
    for figure in forms(lang=lang, scale=scale):
        marks = figure["data"][0]
        lanes = dict(zip(marks["y"], [ids for (ids,) in marks["customdata"]], strict=True))
        assert list(lanes.values()) == ["A1", "A2 A3", "A4", "B1"]
        assert sorted(lanes) == list(lanes), "in the order of rows"
        # both ends of an interval are marked
        assert len(marks["x"]) == 5


def test_units_have_axes_of_their_own():
    for figure in forms():
        assert [trace["xaxis"] for trace in figure["data"] if trace["name"] == "amounts"] == ["x", "x2"]
        upper, lower = figure["layout"]["yaxis"]["domain"], figure["layout"]["yaxis2"]["domain"]
        assert upper[0] > lower[1]


def test_amounts_are_points_and_their_colour_is_that_of_the_project():
    figure = drawn()
    assert {trace.type for trace in figure.data} == {"scatter"}
    assert list(figure.data[0].marker.color) == [PALETTE[0]] * 3 + [PALETTE[2]] * 2
    assert len(set(figure.data[0].marker.symbol)) == 3


def test_at_least_is_an_open_dotted_band_and_an_interval_a_filled_one():
    bands = drawn().layout.shapes
    assert [(band.line.dash, band.line.width) for band in bands] == [("dot", 1), ("dot", 0)]
    assert [band.fillcolor == "rgba(0,0,0,0)" for band in bands] == [True, False]
    assert (bands[1].x0, bands[1].x1) == (2, 43)


def test_words_beside_a_mark_stand_on_the_side_with_room():
    _, wide = forms(lang="en")
    words = wide["data"][1]
    sides = {
        text.strip("\u00a0\u202b\u202c"): side
        for text, side in zip(words["text"], words["textposition"], strict=True)
    }
    assert (sides["برنامه: ۶۰"], sides["ارزش: ۴۰۰"]) == ("middle right", "middle left")


def test_reading_starts_where_the_language_starts():
    for lang, side in (("fa", "right"), ("en", "left")):
        narrow, wide = forms(lang=lang)
        assert {one["xanchor"] for one in narrow["layout"]["annotations"]} == {side}
        first, last = wide["layout"]["xaxis"]["range"]
        assert (first > last) is (lang == "fa")


def test_texts_and_lanes_of_a_narrow_figure_do_not_overlap():
    narrow, _ = forms(dots=DOTS, unstated=Unstated("گفته نشده", ("پارک", "خوشه")))
    plot = narrow["layout"]["height"] - 20
    places = []
    for one in narrow["layout"]["annotations"]:
        domain = narrow["layout"][f"yaxis{one['yref'][1:]}"]
        top = (1 - domain["domain"][1]) * plot + one["y"]
        places.append((one["x"], top, top + 16 * (1 + one["text"].count("<br>"))))
    for trace in narrow["data"]:
        domain = narrow["layout"][f"yaxis{trace['yaxis'][1:]}"]
        tops = [(1 - domain["domain"][1]) * plot + y for y in trace["y"]] if trace["name"] == "words" else []
        places += [(1, top - 8, top + 8) for top in tops]
    places.sort()
    for (x, _, bottom), (other, top, _) in pairwise(places):
        assert x != other or bottom <= top


def test_dots_lead_to_statements_and_those_of_nothing_lead_nowhere():
    empty, stated, *_ = drawn(dots=DOTS).data
    assert [ids for (ids,) in stated.customdata] == ["A1", "B1"] and list(stated.marker.color) == [
        PALETTE[0],
        PALETTE[2],
    ]
    assert len(empty.x) == 4 and empty.customdata is None


def test_too_many_projects_for_dots_have_a_bar_of_their_share():
    row = KindRow("برنامه", 0, "۲۰ از ۱۰۰", 0.2)
    figure = drawn(dots=KindDots("برای ۲۰ طرح از ۱۰۰ طرح", (row,), (), ()))
    track, share = figure.layout.shapes[:2]
    assert share.x1 == pytest.approx(0.2 * track.x1)


def test_names_without_an_amount_stand_below_all_others():
    figure = drawn(unstated=Unstated("مبلغی گفته نشده", ("پارک", "خوشه")))
    assert "پارک" in figure.layout.annotations[-1].text and "خوشه" in figure.layout.annotations[-1].text


def test_nothing_stated_draws_only_who_has_nothing():
    figure = build_amounts_figure(panels=(), unstated=Unstated("No amount", ("park",)), theme=Theme("en"), alt="")
    assert not figure.data and len(figure.layout.annotations) == 2
