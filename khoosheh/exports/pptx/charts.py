"""Native charts: bars from right to left in Persian, lines with gaps, numbers in the digits of the language."""

from dataclasses import replace

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
from pptx.util import Emu, Pt

from khoosheh.exports.pptx.writing import INK, MUTED, faces, rtl
from khoosheh.figures.theme import PALETTE
from khoosheh.persian import embed_rtl
from khoosheh.slides import BARS, HIDDEN, POSSIBLE, Native, Series

# how Office writes numbers in Persian digits
FORMATS = {"fa": "[$-3000429]#,##0.###", "en": "#,##0.###"}
WHOLE = {"fa": "[$-3000429]#,##0", "en": "#,##0"}
# words beside bars: largest and smallest size in points, letters in a line, a line's height in shares of the size
LARGEST, SMALLEST, LETTERS, LEADING = 14, 7, 78, 1.4
# what legend and axis take of the height, in points
AROUND_PT = 74
# more bars than these stand upright, their names turned, and their values are read from the axis
MOST_LYING = 20
GRID = "DDE3E7"
Box = tuple[int, int, int, int]


def draw(shapes: SlideShapes, native: Native, box: Box, lang: str) -> Chart:
    """Draw a chart into a box: left, top, width, height."""
    # a series without a value would only stand in the legend
    native = replace(native, series=tuple(one for one in native.series if any(v is not None for v in one.values)))
    bars = native.form == BARS
    chart = shapes.add_chart(_kind(native), *box, _data(native, lang)).chart
    _letters(chart, _size(native, Emu(box[3]).pt), lang)
    _axes(chart, native, lang)
    _legend(chart)
    for series, drawn in zip(native.series, chart.plots[0].series, strict=True):
        (_bar if bars else _line)(series, drawn)
    if bars:
        chart.plots[0].gap_width, chart.plots[0].overlap = 40, 100
    return chart


def categories(native: Native) -> list[str]:
    """Return what stands beside each bar: its name and, where there is one, its value in words."""
    if not native.labels or _upright(native):
        return [embed_rtl(one) for one in native.categories]
    return [embed_rtl(f"{name}: {said}") for name, said in zip(native.categories, native.labels, strict=True)]


def _upright(native: Native) -> bool:
    return native.form == BARS and len(native.categories) > MOST_LYING


def _kind(native: Native) -> XL_CHART_TYPE:
    if native.form != BARS:
        return XL_CHART_TYPE.LINE_MARKERS
    return XL_CHART_TYPE.COLUMN_STACKED if _upright(native) else XL_CHART_TYPE.BAR_STACKED


def _size(native: Native, height_pt: float) -> float:
    """Return the size in points in which the words beside lying bars fit, each as many lines as it needs."""
    if native.form != BARS or _upright(native):
        return LARGEST - 3
    lines = sum(-(-len(one) // LETTERS) for one in categories(native))
    return max(SMALLEST, min(LARGEST, (height_pt - AROUND_PT) / (lines * LEADING)))


def _data(native: Native, lang: str) -> CategoryChartData:
    found = CategoryChartData(number_format=_format(native, lang))
    found.categories = categories(native)
    for one in native.series:
        found.add_series(one.name, one.values)
    return found


def _format(native: Native, lang: str) -> str:
    whole = all(value is None or value == int(value) for one in native.series for value in one.values)
    return (WHOLE if whole else FORMATS)[lang]


def _letters(chart: Chart, size: float, lang: str) -> None:
    chart.font.size, chart.font.color.rgb = Pt(size), RGBColor.from_string(INK)
    properties = chart._chartSpace.find(f".//{qn('c:txPr')}//{qn('a:defRPr')}")
    faces(properties, lang)


def _axes(chart: Chart, native: Native, lang: str) -> None:
    lying, along, value = native.form == BARS and not _upright(native), chart.category_axis, chart.value_axis
    # the first bar stands on top; what stands side by side runs where reading goes
    along.reverse_order = lying or rtl(lang)
    value.reverse_order = rtl(lang) if lying else native.best_first
    # words stay below and at the start where an axis was turned
    value.tick_label_position = XL_TICK_LABEL_POSITION.HIGH if lying else XL_TICK_LABEL_POSITION.LOW
    along.tick_label_position = XL_TICK_LABEL_POSITION.HIGH if native.best_first else XL_TICK_LABEL_POSITION.LOW
    every = along._element.makeelement(qn("c:tickLblSkip"), {"val": "1"})
    along._element.find(qn("c:noMultiLvlLbl")).addprevious(every)
    along.format.line.color.rgb = RGBColor.from_string(MUTED)
    value.tick_labels.number_format, value.tick_labels.number_format_is_linked = _format(native, lang), False
    value.has_major_gridlines = True
    value.format.line.fill.background()
    value.major_gridlines.format.line.color.rgb = RGBColor.from_string(GRID)
    value.has_title = True
    value.axis_title.text_frame.text = embed_rtl(native.unit)
    run = value.axis_title.text_frame.paragraphs[0].runs[0]
    run.font.bold, run.font.size = False, Pt(11)
    faces(run._r.get_or_add_rPr(), lang)
    if native.best_first:
        value.minimum_scale, value.major_unit = 1, 5
    elif native.form == BARS:
        value.minimum_scale = 0
    if native.most is not None:
        value.maximum_scale = native.most


def _legend(chart: Chart) -> None:
    chart.has_title = False
    chart.has_legend = len(chart.plots[0].series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False


def _bar(series: Series, drawn: object) -> None:
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


def _line(series: Series, drawn: object) -> None:
    colour = RGBColor.from_string(PALETTE[series.colour % len(PALETTE)].lstrip("#"))
    drawn.smooth = False
    drawn.format.line.color.rgb, drawn.format.line.width = colour, Pt(3)
    drawn.marker.style, drawn.marker.size = XL_MARKER_STYLE.CIRCLE, 8
    drawn.marker.format.fill.solid()
    drawn.marker.format.fill.fore_color.rgb = colour
    drawn.marker.format.line.color.rgb = colour
