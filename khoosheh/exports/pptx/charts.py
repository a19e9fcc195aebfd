"""Native charts: bars from right to left in Persian, lines with gaps, numbers in the digits of the language."""

import math
from dataclasses import replace

from pptx.chart.axis import ValueAxis
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_PATTERN
from pptx.oxml.ns import qn
from pptx.shapes.shapetree import SlideShapes
from pptx.text.text import Font
from pptx.util import Emu, Pt

from khoosheh.exports.pptx import embedded_workbook, text_fitting
from khoosheh.exports.pptx.text_runs import INK, MUTED, is_right_to_left, make_plain_text, set_alt_text, set_run_fonts
from khoosheh.figures.theme import PALETTE
from khoosheh.persian import embed_rtl
from khoosheh.topics.slide import BARS, HIDDEN, POSSIBLE, NativeChart, Series

# by which Office writes numbers in the digits of the language
DIGITS = {"fa": "[$-3000429]", "en": ""}
# an axis that ends below this has steps of less than one; more decimals than these are noise
WHOLE_FROM, MOST_DECIMALS = 5, 6
# as many places each have a line of their own
FEW_PLACES = 10
# words beside bars: largest and smallest size in points, and what they may take of the width
LARGEST, SMALLEST, WIDEST = 14, 7, 0.5
# a letter's width in shares of the size: Persian letters are narrower
LETTER = {"fa": 0.5, "en": 0.6}
# names that stand on one line in one of these do not take two
ON_ONE_LINE = (14, 13, 12, 11)
# all other words of a chart
AXIS = 11
# what legend and axis take of the height, and what stands between words and bars, in points
AROUND_PT, GAP_PT = 74, 14
# what is left free above bars, and where they end
FREE = 0.03
# more bars than these stand upright, their names turned, and their values are read from the axis
MOST_LYING = 20
# most letters of the name of a series, and of what stands below upright bars and lines
NAME = 60
GRID = "DDE3E7"
Box = tuple[int, int, int, int]


def add_native_chart(shapes: SlideShapes, native: NativeChart, box: Box, lang: str, *, alt: str) -> Chart:
    """Draw a chart into a box: left, top, width, height; ``alt``: what it shows, in words."""
    # a series without a value would only stand in the legend
    told = (one for one in native.series if any(value is not None for value in one.values))
    native = replace(
        native,
        series=tuple(replace(one, name=text_fitting.truncate_text(make_plain_text(one.name), NAME)) for one in told),
    )
    lying, width, height = _has_horizontal_bars(native), Emu(box[2]).pt, Emu(box[3]).pt
    size, share, most = _fit_category_labels(native, width, height, LETTER[lang]) if lying else (AXIS, 0, NAME)
    names = format_category_labels(native, most)
    frame = shapes.add_chart(_select_chart_type(native), *box, _build_chart_data(native, names, lang))
    set_alt_text(frame, alt)
    chart = frame.chart
    book = embedded_workbook.build_chart_workbook(names, native.series, right_to_left=is_right_to_left(lang))
    chart.part.chart_workbook.update_from_xlsx_blob(book)
    if lying:
        _set_plot_layout(chart, share, 1 - AROUND_PT / height, lang)
    _set_chart_font(chart.font, AXIS, lang)
    _set_chart_font(chart.category_axis.tick_labels.font, size, lang)
    _style_axes(chart, native, lang)
    _style_legend(chart)
    for series, drawn in zip(native.series, chart.plots[0].series, strict=True):
        (_style_bar_series if native.form == BARS else _style_line_series)(series, drawn)
    if native.form == BARS:
        chart.plots[0].gap_width, chart.plots[0].overlap = 40, 100
    return chart


def format_category_labels(native: NativeChart, most: int | None = None) -> list[str]:
    """Return what stands beside each bar: its name and, where there is one, its value in words.

    ``most``: of how many letters; a name is cut, its value is not. The unit is left out, it stands on the axis.
    """
    values = [""] * len(native.categories)
    if native.labels and not _has_vertical_bars(native):
        unit = make_plain_text(native.unit)
        values = [
            f": {make_plain_text(one).removesuffix(unit).rstrip() or make_plain_text(one)}" for one in native.labels
        ]
    found = []
    for name, value in zip(map(make_plain_text, native.categories), values, strict=True):
        shown = name if most is None else text_fitting.truncate_text(name, most - len(value))
        found.append(embed_rtl(shown + value))
    return found


def _has_vertical_bars(native: NativeChart) -> bool:
    return native.form == BARS and len(native.categories) > MOST_LYING


def _has_horizontal_bars(native: NativeChart) -> bool:
    return native.form == BARS and not _has_vertical_bars(native)


def _select_chart_type(native: NativeChart) -> XL_CHART_TYPE:
    if native.form != BARS:
        return XL_CHART_TYPE.LINE_MARKERS
    return XL_CHART_TYPE.COLUMN_STACKED if _has_vertical_bars(native) else XL_CHART_TYPE.BAR_STACKED


def _fit_category_labels(
    native: NativeChart, width_pt: float, height_pt: float, letter: float
) -> tuple[float, float, int]:
    """Return the size in points of words beside lying bars, their share of the width, and how many letters fit."""
    longest = max(format_category_labels(native), key=len)
    room = (width_pt * WIDEST - GAP_PT, (height_pt - AROUND_PT) / len(native.categories))
    size, [shown] = text_fitting.fit_texts([longest], room, LARGEST, SMALLEST, letter)
    size = (
        text_fitting.find_one_line_size(shown, room[0], [one for one in ON_ONE_LINE if one <= size], letter) or size
    )
    needed = min(room[0], len(shown) * size * letter)
    return size, (needed + GAP_PT) / width_pt, len(shown)


def _set_plot_layout(chart: Chart, share: float, high: float, lang: str) -> None:
    """Say where bars stand, so that every program leaves the words beside them the same room."""
    area = chart._chartSpace.find(f".//{qn('c:plotArea')}")
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    layout = area.makeelement(qn("c:layout"), {})
    manual = layout.makeelement(qn("c:manualLayout"), {})
    layout.append(manual)
    left = FREE if is_right_to_left(lang) else share
    told = {"layoutTarget": "inner", "xMode": "edge", "yMode": "edge"}
    told |= {"x": left, "y": FREE, "w": 1 - FREE - share, "h": high - FREE}
    for name, value in told.items():
        shown = value if isinstance(value, str) else f"{value:.4f}"
        manual.append(manual.makeelement(qn(f"c:{name}"), {"val": shown}))
    area.insert(0, layout)


def _build_chart_data(native: NativeChart, names: list[str], lang: str) -> CategoryChartData:
    found = CategoryChartData(number_format=f"{DIGITS[lang]}General")
    found.categories = names
    for one in native.series:
        found.add_series(one.name, one.values)
    return found


def _compute_largest_value(native: NativeChart) -> float:
    return max(abs(value) for one in native.series for value in one.values if value is not None)


def _build_number_format(native: NativeChart, lang: str) -> str:
    """Return how numbers of an axis are written: '0.###' would leave a point behind a whole one."""
    top = native.most or _compute_largest_value(native)
    if native.best_first or top >= WHOLE_FROM or not top:
        return f"{DIGITS[lang]}#,##0"
    return f"{DIGITS[lang]}0.{'0' * min(MOST_DECIMALS, math.ceil(math.log10(WHOLE_FROM / top)))}"


def _set_chart_font(font: Font, size: float, lang: str) -> None:
    font.size, font.color.rgb = Pt(size), RGBColor.from_string(INK)
    set_run_fonts(font._rPr, lang)


def _style_axes(chart: Chart, native: NativeChart, lang: str) -> None:
    lying, along, value = _has_horizontal_bars(native), chart.category_axis, chart.value_axis
    # the first bar stands on top; what stands side by side runs where reading goes
    along.reverse_order = lying or is_right_to_left(lang)
    value.reverse_order = is_right_to_left(lang) if lying else native.best_first
    # an axis that was turned would take the other one with it to the top
    for one, turned in ((value, lying), (along, native.best_first)):
        one._element.find(qn("c:crosses")).set("val", "max" if turned else "autoZero")
    for one in (along, value):
        one.tick_label_position = XL_TICK_LABEL_POSITION.NEXT_TO_AXIS
    every = along._element.makeelement(qn("c:tickLblSkip"), {"val": "1"})
    along._element.find(qn("c:noMultiLvlLbl")).addprevious(every)
    along.format.line.color.rgb = RGBColor.from_string(MUTED)
    value.tick_labels.number_format, value.tick_labels.number_format_is_linked = (
        _build_number_format(native, lang),
        False,
    )
    value.has_major_gridlines = True
    value.format.line.fill.background()
    value.major_gridlines.format.line.color.rgb = RGBColor.from_string(GRID)
    _set_axis_title(value, make_plain_text(native.unit), lang)
    if native.best_first:
        value.minimum_scale, value.major_unit = 1, 5 if _compute_largest_value(native) > FEW_PLACES else 1
    elif native.form == BARS:
        value.minimum_scale = 0
    if native.most is not None:
        value.maximum_scale = native.most


def _set_axis_title(axis: ValueAxis, words: str, lang: str) -> None:
    axis.has_title = bool(words)
    if words:
        run = axis.axis_title.text_frame.paragraphs[0].add_run()
        run.text, run.font.bold, run.font.size = embed_rtl(words), False, Pt(AXIS)
        set_run_fonts(run._r.get_or_add_rPr(), lang)


def _style_legend(chart: Chart) -> None:
    chart.has_title = False
    chart.has_legend = len(chart.plots[0].series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False


def _style_bar_series(series: Series, drawn: object) -> None:
    colour = RGBColor.from_string(PALETTE[series.colour % len(PALETTE)].lstrip("#"))
    fill = drawn.format.fill
    if series.role == HIDDEN:
        fill.background()
    elif series.role == POSSIBLE:
        fill.patterned()
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb, fill.back_color.rgb = colour, RGBColor(255, 255, 255)
        drawn.format.line.color.rgb = colour
    else:
        fill.solid()
        fill.fore_color.rgb = colour


def _style_line_series(series: Series, drawn: object) -> None:
    colour = RGBColor.from_string(PALETTE[series.colour % len(PALETTE)].lstrip("#"))
    drawn.smooth = False
    drawn.format.line.color.rgb, drawn.format.line.width = colour, Pt(3)
    drawn.marker.style, drawn.marker.size = XL_MARKER_STYLE.CIRCLE, 8
    drawn.marker.format.fill.solid()
    drawn.marker.format.fill.fore_color.rgb = colour
    drawn.marker.format.line.color.rgb = colour
