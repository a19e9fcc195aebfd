"""Figures: intervals drawn as intervals, nothing stated drawn as such, the direction of the language."""

import pytest

from khoosheh.figures.interval_bars import Axis, Bar, build_interval_bars, wrap_text
from khoosheh.figures.stated_rankings import build_province_rankings_figure
from khoosheh.figures.theme import PALETTE, Theme
from khoosheh.figures.value_chains import build_completion_figure

BARS = [
    Bar("پایاب خداآفرین (مغان): ۶۰", 60.0, 60.0, "A18"),
    Bar("آرتاویل: ۱۵۰ تا ۱۶۰", 150.0, 160.0, "S05 S14", 1),
    Bar("دست‌کم ۳۸", 38.0, None, "K21", 2),
    Bar("بیان نشده", None, None, "", 3),
]


def drawn(lang="fa", scheme="light", bars=BARS):
    return build_interval_bars(bars, axis=Axis(last=200.0), theme=Theme(lang, scheme), alt="توضیح")


def test_solid_up_to_what_is_certain_hatched_up_to_what_is_possible():
    solid, possible, _ = drawn().data
    assert list(solid.x) == [60, 150, 38, 0]
    assert list(possible.base) == [60, 150, 38, 0]
    assert list(possible.x)[:2] == [0, 10]
    assert 0 < possible.x[2] < 20, "an open end is a stub, not a bar to the end"
    assert possible.x[3] == 0
    assert possible.marker.pattern.shape == "/"


def test_a_hall_changes_letters_and_not_what_is_drawn():
    near = drawn()
    projected = build_interval_bars(BARS, axis=Axis(last=200.0), theme=Theme("fa", projector=True), alt="توضیح")
    for one, other in zip(near.data, projected.data, strict=True):
        assert one.x == other.x
    assert {one.font.size for one in near.layout.annotations} == {14}
    assert {one.font.size for one in projected.layout.annotations} == {18}
    # each bar lies below its words, and the next words below the bar
    middles = [(shape.y0 + shape.y1) / 2 for shape in projected.layout.shapes]
    tops = [one.y for one in projected.layout.annotations]
    lines = [one.text.count("<br>") + 1 for one in projected.layout.annotations]
    for top, line, middle, after in zip(
        tops, lines, middles, [*tops[1:], projected.layout.yaxis.range[0]], strict=True
    ):
        assert top + 18 * line < middle < after


def test_what_was_not_stated_is_an_empty_dashed_frame():
    frames = drawn().layout.shapes
    assert [frame.line.dash for frame in frames if frame.line.width] == ["dot"]
    assert frames[3].fillcolor == "rgba(0,0,0,0)"


def test_each_mark_leads_to_its_statements():
    assert [point[0] for point in drawn().data[0].customdata] == ["A18", "S05 S14", "K21", ""]


@pytest.mark.parametrize(("lang", "ends", "side"), [("fa", (200, 0), "right"), ("en", (0, 200), "left")])
def test_reading_starts_where_the_language_starts(lang, ends, side):
    layout = drawn(lang).layout
    assert tuple(layout.xaxis.range) == ends
    assert {note.xanchor for note in layout.annotations} == {side}
    assert layout.separators == ("٫٬" if lang == "fa" else ".,")


def test_persian_words_carry_their_direction_into_svg():
    for note in drawn().layout.annotations:
        assert all(line.startswith("\u202b") and line.endswith("\u202c") for line in note.text.split("<br>"))


def test_words_are_kept_whole():
    words = "کارخانهٔ کنسانترهٔ مس و مولیبدن دوست‌بیگلو، رقم سرمایه‌گذاری، نوعش بیان نشده، دست‌کم ۳ هزار میلیارد ریال"
    lines = wrap_text(words)
    assert " ".join(lines) == words
    assert max(map(len, lines)) <= 46


def test_rows_do_not_overlap():
    long = [Bar("واژه " * 40, 1.0, 2.0), Bar("کوتاه", 1.0, 1.0), Bar("واژه " * 20, 1.0, 1.0)]
    figure = drawn(bars=long)
    tops = [note.y for note in figure.layout.annotations]
    bottoms = [shape.y1 for shape in figure.layout.shapes]
    assert all(bottom < top for bottom, top in zip(bottoms, tops[1:], strict=False))
    assert figure.layout.height > bottoms[-1]


def test_alt_text_and_schemes():
    assert drawn().layout.meta["alt"] == "توضیح"
    assert drawn(scheme="dark").layout.font.color != drawn(scheme="light").layout.font.color


def test_nothing_to_draw_is_an_empty_figure():
    assert build_interval_bars([], axis=Axis(last=1.0), theme=Theme(), alt="").data[0].x in (None, ())


def relative_luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("scheme", "ground"), [("light", "#ffffff"), ("dark", "#151b20")])
def test_words_can_be_read_on_their_ground(scheme, ground):
    for role, least in (("text", 7), ("muted", 4.5)):
        pair = sorted([relative_luminance(Theme("fa", scheme).colour(role)), relative_luminance(ground)])
        assert (pair[1] + 0.05) / (pair[0] + 0.05) >= least


def test_palette_has_no_colour_twice():
    assert len(set(PALETTE)) == len(PALETTE)


def test_figures_of_the_measures():
    theme = Theme()
    row = {"low": 1.0, "high": float("nan"), "measure": "b", "statement_ids": "X", "known": 1, "of": 4, "chain_id": "c",
           "definition": "longest_run", "aspect": "growth", "stage_id": "s"}  # fmt: skip
    run = build_completion_figure(rows=[{**row, "high": 2.0}], words=["الف"], order=["c"], theme=theme, alt="")
    assert (run.data[0].x[0], run.data[1].x[0]) == (0.25, 0.25), "a run is drawn as a share of its chain"
    unknown = build_completion_figure(
        rows=[{**row, "known": 0, "high": 5.0}], words=["الف"], order=["c"], theme=theme, alt=""
    )
    assert unknown.data[0].x == (0,) and unknown.layout.shapes[0].line.dash == "dot"
    exact = build_province_rankings_figure(
        rows=[{**row, "high": 1.0, "of": 31.0}], words=["الف"], theme=theme, alt=""
    )
    assert exact.data[2].x == (1.0,) and tuple(exact.layout.xaxis.range) == (31.5, 0.5)
