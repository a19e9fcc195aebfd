"""Presentations, opened again: native charts with the numbers of the deck, tables, direction, notes, sources."""

import io
import re
from datetime import date

import pytest
from decks import C, findings_of, frames, made_of, opened, same_chart, words
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE

from khoosheh import exports, queries
from khoosheh.exports import pptx
from khoosheh.exports.pptx import charts
from khoosheh.measures.scope import Selection
from khoosheh.topics.deck import build_slide_deck
from khoosheh.topics.request import Question
from khoosheh.topics.slide import BARS, LINES, NativeChart, Series, Slide

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PERSIAN = re.compile("[\u0600-\u06ff]")
MARKS = str.maketrans("", "", "\u202a\u202b\u202c")


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("selection", [{}, {"as_of": date(2024, 9, 21)}, {"chains": ("steel",), "unit": "hemat"}])
def test_charts_and_tables_are_those_of_the_deck(shipped, lang, selection):
    deck = build_slide_deck(shipped, Question(Selection(**selection)), lang)
    book = opened(shipped, lang, **selection)
    for slide, made in zip(findings_of(book, deck), deck, strict=True):
        drawn, tables = frames(slide)
        assert len(drawn) == bool(made.native) and len(tables) == (not made.native)
        assert made.title in words(slide)
        if made.native:
            same_chart(drawn[0].chart, made.native)
        else:
            _same_table(tables[0].table, made.table, lang)


def _same_table(table, made, lang) -> None:
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    turned = -1 if lang == "fa" else 1
    assert rows == [list(row)[::turned] for row in (made.headings, *made.rows)]


def test_bars_grow_and_time_runs_where_reading_goes(shipped):
    for lang, turned in (("fa", True), ("en", False)):
        deck = build_slide_deck(shipped, Question(), lang)
        for slide, made in zip(findings_of(opened(shipped, lang), deck), deck, strict=True):
            for frame in frames(slide)[0]:
                chart, lying = frame.chart, frame.chart.chart_type == XL_CHART_TYPE.BAR_STACKED
                assert chart.category_axis.reverse_order == (lying or turned)
                assert chart.value_axis.reverse_order == (turned if lying else made.native.best_first)


def test_persian_is_marked_as_such_and_has_its_digits(shipped):
    book = opened(shipped, "fa")
    for slide in book.slides:
        for part in (slide, slide.notes_slide) if slide.has_notes_slide else (slide,):
            for paragraph in part._element.iter(f"{A}p"):
                said = "".join(one.text or "" for one in paragraph.iter(f"{A}t"))
                if PERSIAN.search(said):
                    assert paragraph.find(f"{A}pPr").get("rtl") == "1"
                    runs = list(paragraph.iter(f"{A}rPr"))
                    assert runs and all(one.get("lang") == "fa-IR" and one.find(f"{A}cs") is not None for one in runs)
    deck = build_slide_deck(shipped, Question(), "fa")
    seen = [words(slide) for slide in list(book.slides)[1:]]
    for slide in findings_of(book, deck):
        seen += [cell.text for frame in frames(slide)[1] for row in frame.table.rows for cell in row.cells]
        seen += [one.name for frame in frames(slide)[0] for one in frame.chart.plots[0].series]
    assert not re.search("[0-9]", " ".join(seen))


def test_every_slide_says_the_day_and_its_sources_and_its_notes_have_the_statements(shipped):
    sources = {row["source_id"]: row for row in queries.read_register_table(shipped, "sources").iter_rows(named=True)}
    said = {
        row["statement_id"]: row for row in queries.read_register_table(shipped, "statements").iter_rows(named=True)
    }
    deck = build_slide_deck(shipped, Question(), "en")
    book = opened(shipped, "en")
    for slide, made in zip(findings_of(book, deck), deck, strict=True):
        assert "As known on 1 Azar 1405" in words(slide)
        notes = slide.notes_slide.notes_text_frame.text
        assert made.title in notes and (not made.native or made.native.instead in notes)
        assert ("it is drawn as a chart" in notes) == bool(made.figure and not made.native)
        for one in made.statement_ids:
            assert said[one]["claim_en"] in notes and f"{one}:" in notes
            assert sources[said[one]["source_id"]]["title_en"] in notes
        if made.statement_ids or made.sources:
            assert "Sources:" in words(slide)
    listed = " ".join(
        cell.text
        for slide in list(book.slides)[1 + len(deck) :]
        for frame in frames(slide)[1]
        for row in frame.table.rows
        for cell in row.cells
    )
    behind = {said[one]["source_id"] for made in deck for one in made.statement_ids} | {
        s for d in deck for s in d.sources
    }
    for one in behind:
        assert sources[one]["title_en"] in listed


def test_a_chosen_set_keeps_its_order(shipped):
    deck = {one.key: one for one in build_slide_deck(shipped, Question(), "en")}
    chosen = [deck["schedule"], deck["investment"]]
    book = Presentation(io.BytesIO(pptx.build_presentation(shipped, Selection(), chosen, "en")))
    assert [one.title in words(slide) for slide, one in zip(findings_of(book, chosen), chosen, strict=True)] == [
        True
    ] * 2


def test_nothing_to_show_is_refused(shipped):
    with pytest.raises(exports.ExportError) as refused:
        pptx.build_presentation(shipped, Selection(), [], "en")
    assert refused.value.words("fa") != refused.value.words("en")


def test_the_same_question_gives_the_same_bytes(shipped):
    assert pptx.build_selection_presentation(shipped, Selection(), "fa") == made_of(shipped, "fa")


def test_every_slide_has_a_title_and_every_chart_and_table_says_what_it_shows(shipped):
    for lang in ("fa", "en"):
        deck = build_slide_deck(shipped, Question(), lang)
        book = opened(shipped, lang)
        assert all(one.shapes.title.text_frame.text for one in book.slides)
        for slide, made in zip(findings_of(book, deck), deck, strict=True):
            assert slide.shapes.title.text_frame.text == made.title
            for frame in (*frames(slide)[0], *frames(slide)[1]):
                said = frame._element.nvGraphicFramePr.cNvPr.get("descr")
                assert said.startswith(made.title)
                assert all(one in said for one in (made.native.labels if made.native else ()))


def test_axes_stand_below_the_bars_and_lines(shipped):
    deck = build_slide_deck(shipped, Question(), "fa")
    for slide, made in zip(findings_of(opened(shipped, "fa"), deck), deck, strict=True):
        for frame in frames(slide)[0]:
            crosses = [
                one.find(f"{C}crosses").get("val") for one in frame.chart._chartSpace.iter(f"{C}catAx", f"{C}valAx")
            ]
            lying = frame.chart.chart_type == XL_CHART_TYPE.BAR_STACKED
            assert [one.get("val") for one in frame.chart._chartSpace.iter(f"{C}tickLblSkip")] == ["1"], (
                "every name is shown"
            )
            # a turned axis of names has its largest place below; so has a turned axis of places
            assert crosses == ["max" if made.native.best_first else "autoZero", "max" if lying else "autoZero"]


@pytest.mark.parametrize(
    ("values", "most", "written"),
    [
        ((400.0, 2.5), None, "#,##0"), ((5.0,), None, "#,##0"), ((3.0, 0.1), None, "0.0"), ((0.4,), None, "0.00"),
        ((0.05,), None, "0.00"), ((0.04,), None, "0.000"), ((0.0,), None, "#,##0"), ((3.0,), 100, "#,##0"), ((1e-9,), None, "0.000000"),
    ],
)  # fmt: skip
def test_an_axis_has_as_many_decimals_as_its_steps(values, most, written, shipped):
    native = NativeChart(BARS, tuple("abc"[: len(values)]), (Series("x", values),), "per cent", most=most)
    made = Slide("x", "x", "Made up", native=native)
    for lang, digits in (("en", ""), ("fa", "[$-3000429]")):
        book = Presentation(io.BytesIO(pptx.build_presentation(shipped, Selection(), [made], lang)))
        axis = frames(book.slides[1])[0][0].chart.value_axis
        assert axis.tick_labels.number_format == f"{digits}{written}"


@pytest.mark.parametrize(("worst", "step"), [(3.0, 1), (10.0, 1), (24.0, 5)])
def test_places_are_whole_and_the_first_stands_on_top(worst, step, shipped):
    native = NativeChart(LINES, ("1400", "1401"), (Series("x", (1.0, worst)),), "place", best_first=True)
    book = Presentation(
        io.BytesIO(pptx.build_presentation(shipped, Selection(), [Slide("x", "x", "Made up", native=native)], "en"))
    )
    axis = frames(book.slides[1])[0][0].chart.value_axis
    assert (axis.minimum_scale, axis.major_unit, axis.reverse_order) == (1, step, True)
    assert axis.tick_labels.number_format == "#,##0"


def test_a_bar_is_called_by_its_name_and_value_and_the_axis_by_the_unit():
    labels = ("at least 5 per cent", "not stated", "per cent", "7 per cent of all")
    native = NativeChart(BARS, ("A long name", "B", "C", "D"), (Series("x", (5.0,) * 4),), "per cent", labels=labels)
    assert charts.format_category_labels(native) == [
        "A long name: at least 5",
        "B: not stated",
        "C: per cent",
        "D: 7 per cent of all",
    ]
    assert charts.format_category_labels(native, 20)[0] == "A long…: at least 5", "a name is cut, its value is not"
    persian = NativeChart(BARS, ("فولاد",), (Series("x", (43.0,)),), "درصد", labels=("۴۳ تا ۹۴ درصد",))
    assert [one.translate(MARKS) for one in charts.format_category_labels(persian)] == ["فولاد: ۴۳ تا ۹۴"]


def test_persian_digits_are_asked_of_office(shipped):
    deck = build_slide_deck(shipped, Question(), "fa")
    for slide in findings_of(opened(shipped, "fa"), deck):
        for frame in frames(slide)[0]:
            assert frame.chart.value_axis.tick_labels.number_format.startswith("[$-3000429]")
            assert all(not re.search("[0-9]", one.label.translate(MARKS)) for one in frame.chart.plots[0].categories)
