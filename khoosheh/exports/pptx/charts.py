"""Native charts: bars from right to left in Persian, lines with gaps, numbers in the digits of the language."""

import math
from dataclasses import replace
from typing import cast

from pptx.chart.axis import ValueAxis
from pptx.chart.chart import Chart
from pptx.chart.data import ChartData
from pptx.chart.series import BarSeries, LineSeries
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_PATTERN
from pptx.oxml.ns import qn
from pptx.parts.chart import ChartPart
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.shapetree import SlideShapes
from pptx.text.text import Font
from pptx.util import Emu, Length, Pt

from khoosheh.exports.pptx import embedded_workbook, text_fitting
from khoosheh.exports.pptx.text_runs import INK, MUTED, is_right_to_left, make_plain_text, set_alt_text, set_run_fonts
from khoosheh.figures.theme import PALETTE
from khoosheh.persian import embed_rtl
from khoosheh.topics.slide import BARS, HIDDEN, POSSIBLE, NativeChart, Series

# prefixes of number formats with which Office writes the digits of the language
DIGITS = {"fa": "[$-3000429]", "en": ""}
# Axes that end below this have decimals, but at most so many.
WHOLE_FROM, MOST_DECIMALS = 5, 6
# up to this rank each rank has a grid line
FEW_PLACES = 10
# labels of bars: largest and smallest size in points, and their largest share of the width
LARGEST, SMALLEST, WIDEST = 14, 7, 0.5
# average width of a letter in shares of its size
LETTER = {"fa": 0.5, "en": 0.6}
# sizes that are tried before a label is broken into two lines
ON_ONE_LINE = (14, 13, 12, 11)
# size of all other texts of a chart in points
AXIS = 11
# height of legend and axis, and distance between labels and bars, in points
AROUND_PT, GAP_PT = 74, 14
# margin above the bars and at their ends, in shares of height and width
FREE = 0.03
# with more bars the bars are vertical, with rotated names and without values
MOST_HORIZONTAL = 20
# longest name of a series, and of a category below vertical bars and lines, in letters
NAME = 60
GRID = "DDE3E7"
# left, top, width, height
Box = tuple[Length, Length, Length, Length]


def add_native_chart(shapes: SlideShapes, native: NativeChart, box: Box, lang: str, *, alt: str) -> Chart:
    """Add a chart to the shapes of a slide; ``alt``: its description for screen readers."""
    # a series without values would appear in the legend only
    drawn_series = (series for series in native.series if any(value is not None for value in series.values))
    native = replace(
        native,
        series=tuple(
            replace(series, name=text_fitting.truncate_text(make_plain_text(series.name), NAME))
            for series in drawn_series
        ),
    )
    is_horizontal, width, height = _has_horizontal_bars(native), Emu(box[2]).pt, Emu(box[3]).pt
    size, share, most = (
        _fit_category_labels(native, width, height, LETTER[lang]) if is_horizontal else (AXIS, 0, NAME)
    )
    names = format_category_labels(native, most)
    # python-pptx returns a graphic frame, though its annotation says Chart
    frame = cast(
        GraphicFrame, shapes.add_chart(_select_chart_type(native), *box, _build_chart_data(native, names, lang))
    )
    set_alt_text(frame, alt)
    chart = frame.chart
    book = embedded_workbook.build_chart_workbook(names, native.series, right_to_left=is_right_to_left(lang))
    cast(ChartPart, chart.part).chart_workbook.update_from_xlsx_blob(book)
    if is_horizontal:
        _set_plot_layout(chart, share, 1 - AROUND_PT / height, lang)
    _set_chart_font(chart.font, AXIS, lang)
    _set_chart_font(chart.category_axis.tick_labels.font, size, lang)
    _style_axes(chart, native, lang)
    _style_legend(chart)
    for series, pptx_series in zip(native.series, chart.plots[0].series, strict=True):
        (_style_bar_series if native.form == BARS else _style_line_series)(series, pptx_series)
    if native.form == BARS:
        chart.plots[0].gap_width, chart.plots[0].overlap = 40, 100
    return chart


def format_category_labels(native: NativeChart, most: int | None = None) -> list[str]:
    """Return the label of each category: its name and, for horizontal bars, its value as text without the unit.

    ``most``: the longest label in letters; a longer name is truncated, a value never is.
    """
    values = [""] * len(native.categories)
    if native.labels and not _has_vertical_bars(native):
        unit = make_plain_text(native.unit)
        values = [
            f": {make_plain_text(label).removesuffix(unit).rstrip() or make_plain_text(label)}"
            for label in native.labels
        ]
    labels = []
    for name, value in zip(map(make_plain_text, native.categories), values, strict=True):
        shown = name if most is None else text_fitting.truncate_text(name, most - len(value))
        labels.append(embed_rtl(shown + value))
    return labels


def _has_vertical_bars(native: NativeChart) -> bool:
    return native.form == BARS and len(native.categories) > MOST_HORIZONTAL


def _has_horizontal_bars(native: NativeChart) -> bool:
    return native.form == BARS and not _has_vertical_bars(native)


def _select_chart_type(native: NativeChart) -> XL_CHART_TYPE:
    if native.form != BARS:
        return XL_CHART_TYPE.LINE_MARKERS
    return XL_CHART_TYPE.COLUMN_STACKED if _has_vertical_bars(native) else XL_CHART_TYPE.BAR_STACKED


def _fit_category_labels(
    native: NativeChart, width_pt: float, height_pt: float, letter: float
) -> tuple[float, float, int]:
    """Return the size of labels of horizontal bars in points, their share of the width, and how many letters fit."""
    longest = max(format_category_labels(native), key=len)
    area = (width_pt * WIDEST - GAP_PT, (height_pt - AROUND_PT) / len(native.categories))
    size, [shown] = text_fitting.fit_texts([longest], area, LARGEST, SMALLEST, letter)
    size = (
        text_fitting.find_one_line_size(
            shown, area[0], [smaller for smaller in ON_ONE_LINE if smaller <= size], letter
        )
        or size
    )
    needed = min(area[0], len(shown) * size * letter)
    return size, (needed + GAP_PT) / width_pt, len(shown)


def _set_plot_layout(chart: Chart, share: float, high: float, lang: str) -> None:
    """Set the position of the plot, so that all programs leave the same space for labels."""
    area = chart._chartSpace.find(f".//{qn('c:plotArea')}")
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    layout = area.makeelement(qn("c:layout"), {})
    manual = layout.makeelement(qn("c:manualLayout"), {})
    layout.append(manual)
    left = FREE if is_right_to_left(lang) else share
    modes = {"layoutTarget": "inner", "xMode": "edge", "yMode": "edge"}
    sizes = {"x": left, "y": FREE, "w": 1 - FREE - share, "h": high - FREE}
    for name, value in (modes | {name: f"{size:.4f}" for name, size in sizes.items()}).items():
        manual.append(manual.makeelement(qn(f"c:{name}"), {"val": value}))
    area.insert(0, layout)


def _build_chart_data(native: NativeChart, names: list[str], lang: str) -> ChartData:
    data = ChartData(number_format=f"{DIGITS[lang]}General")
    data.categories = names
    for series in native.series:
        data.add_series(series.name, series.values)
    return data


def _compute_largest_value(native: NativeChart) -> float:
    return max(abs(value) for series in native.series for value in series.values if value is not None)


def _build_number_format(native: NativeChart, lang: str) -> str:
    """Return the number format of an axis; '0.###' would write a decimal point after whole numbers."""
    top = native.most or _compute_largest_value(native)
    if native.best_first or top >= WHOLE_FROM or not top:
        return f"{DIGITS[lang]}#,##0"
    return f"{DIGITS[lang]}0.{'0' * min(MOST_DECIMALS, math.ceil(math.log10(WHOLE_FROM / top)))}"


def _set_chart_font(font: Font, size: float, lang: str) -> None:
    font.size, font.color.rgb = Pt(size), RGBColor.from_string(INK)
    set_run_fonts(font._rPr, lang)


def _style_axes(chart: Chart, native: NativeChart, lang: str) -> None:
    is_horizontal, category, value = _has_horizontal_bars(native), chart.category_axis, chart.value_axis
    # the first bar is at the top; columns and points follow the direction of reading
    category.reverse_order = is_horizontal or is_right_to_left(lang)
    value.reverse_order = is_right_to_left(lang) if is_horizontal else native.best_first
    # without this, reversing an axis would move the other one to the opposite side
    for axis, is_reversed in ((value, is_horizontal), (category, native.best_first)):
        axis._element.find(qn("c:crosses")).set("val", "max" if is_reversed else "autoZero")
    for axis in (category, value):
        axis.tick_label_position = XL_TICK_LABEL_POSITION.NEXT_TO_AXIS
    label_each = category._element.makeelement(qn("c:tickLblSkip"), {"val": "1"})
    category._element.find(qn("c:noMultiLvlLbl")).addprevious(label_each)
    category.format.line.color.rgb = RGBColor.from_string(MUTED)
    value.tick_labels.number_format = _build_number_format(native, lang)
    value.tick_labels.number_format_is_linked = False
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


def _set_axis_title(axis: ValueAxis, title: str, lang: str) -> None:
    axis.has_title = bool(title)
    if title:
        run = axis.axis_title.text_frame.paragraphs[0].add_run()
        run.text, run.font.bold, run.font.size = embed_rtl(title), False, Pt(AXIS)
        set_run_fonts(run._r.get_or_add_rPr(), lang)


def _style_legend(chart: Chart) -> None:
    chart.has_title = False
    chart.has_legend = len(chart.plots[0].series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False


def _style_bar_series(series: Series, pptx_series: BarSeries) -> None:
    colour = RGBColor.from_string(PALETTE[series.colour % len(PALETTE)].lstrip("#"))
    fill = pptx_series.format.fill
    if series.role == HIDDEN:
        fill.background()
    elif series.role == POSSIBLE:
        fill.patterned()
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb, fill.back_color.rgb = colour, RGBColor(255, 255, 255)
        pptx_series.format.line.color.rgb = colour
    else:
        fill.solid()
        fill.fore_color.rgb = colour


def _style_line_series(series: Series, pptx_series: LineSeries) -> None:
    colour = RGBColor.from_string(PALETTE[series.colour % len(PALETTE)].lstrip("#"))
    pptx_series.smooth = False
    pptx_series.format.line.color.rgb, pptx_series.format.line.width = colour, Pt(3)
    pptx_series.marker.style, pptx_series.marker.size = XL_MARKER_STYLE.CIRCLE, 8
    pptx_series.marker.format.fill.solid()
    pptx_series.marker.format.fill.fore_color.rgb = colour
    pptx_series.marker.format.line.color.rgb = colour
