"""Presentations, opened again: native charts with the numbers of the deck, tables, direction, notes, sources."""

import io
import posixpath
import re
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from lxml import etree
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from python_calamine import CalamineWorkbook
from reading import parts

from khoosheh import board, exports, slides
from khoosheh.exports import pptx
from khoosheh.exports.pptx import charts
from khoosheh.exports.pptx.writing import plain
from khoosheh.measures.scope import Selection
from khoosheh.slides import BARS, LINES, Native, Question, Series, Slide, Table

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
PERSIAN = re.compile("[\u0600-\u06ff]")
ALL = Selection()
MARKS = str.maketrans("", "", "\u202a\u202b\u202c")


@cache
def made_of(found, lang, selection=ALL) -> bytes:
    return pptx.data(found, selection, lang)


def opened(found, lang, **selection) -> Presentation:
    return Presentation(io.BytesIO(made_of(found, lang, Selection(**selection))))


def findings_of(book: Presentation, deck: list) -> list:
    """Return the slides of the findings: after the cover, before the sources."""
    return list(book.slides)[1 : 1 + len(deck)]


def words(slide) -> str:
    return " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def frames(slide) -> list:
    return [one for one in slide.shapes if one.has_chart], [one for one in slide.shapes if one.has_table]


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("selection", [{}, {"as_of": date(2024, 9, 21)}, {"chains": ("steel",), "unit": "hemat"}])
def test_charts_and_tables_are_those_of_the_deck(shipped, lang, selection):
    deck = slides.deck(shipped, Question(Selection(**selection)), lang)
    book = opened(shipped, lang, **selection)
    for slide, made in zip(findings_of(book, deck), deck, strict=True):
        drawn, tables = frames(slide)
        assert len(drawn) == bool(made.native) and len(tables) == (not made.native)
        assert made.title in words(slide)
        if made.native:
            _same_chart(drawn[0].chart, made.native)
        else:
            _same_table(tables[0].table, made.table, lang)


def _same_chart(chart, native) -> None:
    kept = [one for one in native.series if any(value is not None for value in one.values)]
    plot = chart.plots[0]
    assert [one.name for one in plot.series] == [one.name for one in kept]
    assert [tuple(one.values) for one in plot.series] == [one.values for one in kept]
    assert [one.label for one in plot.categories] == charts.categories(native)
    assert all(plain(name) in one.label for name, one in zip(native.categories, plot.categories, strict=True))
    # what a person changes is the workbook within: it has the same names and numbers
    book = CalamineWorkbook.from_filelike(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    head, *rows = book.get_sheet_by_index(0).to_python()
    assert head[1:] == [one.name for one in kept]
    assert [row[0] for row in rows] == charts.categories(native)
    for place, one in enumerate(kept):
        assert tuple(row[place + 1] if row[place + 1] != "" else None for row in rows) == one.values
    _refers_to_its_workbook(chart)
    if native.form == LINES:
        gaps = chart._chartSpace.find(f".//{{{chart._chartSpace.nsmap['c']}}}dispBlanksAs")
        assert gaps is not None and gaps.get("val") == "gap"


def _refers_to_its_workbook(chart) -> None:
    """Each range that the chart names holds in its workbook what the chart shows, so that a changed cell is a changed bar."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    cells = book.get_sheet_by_name("Sheet1").to_python()
    ranges = list(chart._chartSpace.iter(f"{C}f"))
    assert len(ranges) == 3 * len(chart.plots[0].series), "name, names of bars, values"
    for one in ranges:
        column, first, last = re.fullmatch(r"Sheet1!\$([A-Z])\$(\d+)(?::\$\1\$(\d+))?", one.text).groups()
        there = [cells[row - 1][ord(column) - ord("A")] for row in range(int(first), int(last or first) + 1)]
        shown = {int(each.get("idx")): each.find(f"{C}v").text for each in one.getnext().iter(f"{C}pt")}
        assert {at: cell for at, cell in enumerate(there) if cell != ""} == {
            at: float(value) if isinstance(there[at], float) else value for at, value in shown.items()
        }


def _same_table(table, made, lang) -> None:
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    turned = -1 if lang == "fa" else 1
    assert rows == [list(row)[::turned] for row in (made.headings, *made.rows)]


def test_bars_grow_and_time_runs_where_reading_goes(shipped):
    for lang, turned in (("fa", True), ("en", False)):
        deck = slides.deck(shipped, Question(), lang)
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
    deck = slides.deck(shipped, Question(), "fa")
    seen = [words(slide) for slide in list(book.slides)[1:]]
    for slide in findings_of(book, deck):
        seen += [cell.text for frame in frames(slide)[1] for row in frame.table.rows for cell in row.cells]
        seen += [one.name for frame in frames(slide)[0] for one in frame.chart.plots[0].series]
    assert not re.search("[0-9]", " ".join(seen))


def test_every_slide_says_the_day_and_its_sources_and_its_notes_have_the_statements(shipped):
    sources = {row["source_id"]: row for row in board.table(shipped, "sources").iter_rows(named=True)}
    said = {row["statement_id"]: row for row in board.table(shipped, "statements").iter_rows(named=True)}
    deck = slides.deck(shipped, Question(), "en")
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
    deck = {one.key: one for one in slides.deck(shipped, Question(), "en")}
    chosen = [deck["schedule"], deck["investment"]]
    book = Presentation(io.BytesIO(pptx.written(shipped, Selection(), chosen, "en")))
    assert [one.title in words(slide) for slide, one in zip(findings_of(book, chosen), chosen, strict=True)] == [
        True
    ] * 2


def test_nothing_to_show_is_refused(shipped):
    with pytest.raises(exports.ExportError) as refused:
        pptx.written(shipped, Selection(), [], "en")
    assert refused.value.words("fa") != refused.value.words("en")


def test_the_same_question_gives_the_same_bytes(shipped):
    assert pptx.data(shipped, Selection(), "fa") == made_of(shipped, "fa")


def workbooks(whole: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        return [archive.read(name) for name in archive.namelist() if name.endswith(".xlsx")]


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_nothing_in_the_workbooks_of_charts_acts_by_itself(hostile_register, lang):
    whole = made_of(hostile_register, lang)
    found = workbooks(whole)
    assert len(found) > 3
    for one in found:
        made = parts(one)
        sheet = made["xl/worksheets/sheet1.xml"]
        assert (
            "<f>" not in sheet
            and "hyperlink" not in sheet
            and not [name for name in made if "sheet1.xml.rels" in name]
        )
        assert ('rightToLeft="1"' in sheet) == (lang == "fa")
    # the hostile names are there, as names
    assert any("HYPERLINK(" in parts(one)["xl/sharedStrings.xml"] for one in found)
    deck = slides.deck(hostile_register, Question(), lang)
    for slide, made in zip(findings_of(Presentation(io.BytesIO(whole)), deck), deck, strict=True):
        for frame in frames(slide)[0]:
            _same_chart(frame.chart, made.native)


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_every_part_that_is_named_is_there(hostile_register, lang):
    with zipfile.ZipFile(io.BytesIO(made_of(hostile_register, lang))) as archive:
        names = set(archive.namelist())
        rels = [name for name in names if name.endswith(".rels")]
        assert len(rels) > 20
        for one in rels:
            folder = posixpath.dirname(posixpath.dirname(one))
            for each in etree.fromstring(archive.read(one)):
                if each.get("TargetMode") != "External":
                    target = posixpath.normpath(posixpath.join("/", folder, each.get("Target")))
                    assert target.lstrip("/") in names, (one, target)


def test_every_slide_has_a_title_and_every_chart_and_table_says_what_it_shows(shipped):
    for lang in ("fa", "en"):
        deck = slides.deck(shipped, Question(), lang)
        book = opened(shipped, lang)
        assert all(one.shapes.title.text_frame.text for one in book.slides)
        for slide, made in zip(findings_of(book, deck), deck, strict=True):
            assert slide.shapes.title.text_frame.text == made.title
            for frame in (*frames(slide)[0], *frames(slide)[1]):
                said = frame._element.nvGraphicFramePr.cNvPr.get("descr")
                assert said.startswith(made.title)
                assert all(one in said for one in (made.native.labels if made.native else ()))


def test_axes_stand_below_the_bars_and_lines(shipped):
    deck = slides.deck(shipped, Question(), "fa")
    for slide, made in zip(findings_of(opened(shipped, "fa"), deck), deck, strict=True):
        for frame in frames(slide)[0]:
            crosses = [
                one.find(f"{C}crosses").get("val") for one in frame.chart._chartSpace.iter(f"{C}catAx", f"{C}valAx")
            ]
            lying = frame.chart.chart_type == XL_CHART_TYPE.BAR_STACKED
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
    native = Native(BARS, tuple("abc"[: len(values)]), (Series("x", values),), "per cent", most=most)
    made = Slide("x", "x", "Made up", native=native)
    for lang, digits in (("en", ""), ("fa", "[$-3000429]")):
        book = Presentation(io.BytesIO(pptx.written(shipped, Selection(), [made], lang)))
        axis = frames(book.slides[1])[0][0].chart.value_axis
        assert axis.tick_labels.number_format == f"{digits}{written}"


@pytest.mark.parametrize(("worst", "step"), [(3.0, 1), (10.0, 1), (24.0, 5)])
def test_places_are_whole_and_the_first_stands_on_top(worst, step, shipped):
    native = Native(LINES, ("1400", "1401"), (Series("x", (1.0, worst)),), "place", best_first=True)
    book = Presentation(
        io.BytesIO(pptx.written(shipped, Selection(), [Slide("x", "x", "Made up", native=native)], "en"))
    )
    axis = frames(book.slides[1])[0][0].chart.value_axis
    assert (axis.minimum_scale, axis.major_unit, axis.reverse_order) == (1, step, True)
    assert axis.tick_labels.number_format == "#,##0"


def test_a_bar_is_called_by_its_name_and_value_and_the_axis_by_the_unit():
    labels = ("at least 5 per cent", "not stated", "per cent", "7 per cent of all")
    native = Native(BARS, ("A long name", "B", "C", "D"), (Series("x", (5.0,) * 4),), "per cent", labels=labels)
    assert charts.categories(native) == [
        "A long name: at least 5",
        "B: not stated",
        "C: per cent",
        "D: 7 per cent of all",
    ]
    assert charts.categories(native, 20)[0] == "A long…: at least 5", "a name is cut, its value is not"
    persian = Native(BARS, ("فولاد",), (Series("x", (43.0,)),), "درصد", labels=("۴۳ تا ۹۴ درصد",))
    assert [one.translate(MARKS) for one in charts.categories(persian)] == ["فولاد: ۴۳ تا ۹۴"]


def test_letters_that_no_file_of_office_may_hold_are_left_out(shipped):
    bad = "a\x0bb\ufffe\uffff\x01\ud800\nc\td"
    native = Native(BARS, (bad,), (Series(bad, (7.0,)),), bad, labels=(bad,))
    chosen = [
        Slide("chart", "x", bad, known=bad, note=bad, native=native),
        Slide("table", "x", bad, table=Table((bad, bad), ((bad, bad),), cut=bad)),
    ]
    book = Presentation(io.BytesIO(pptx.written(shipped, Selection(), chosen, "en")))
    assert [one.shapes.title.text_frame.text for one in list(book.slides)[1:3]] == ["ab c d"] * 2
    chart = frames(book.slides[1])[0][0].chart
    _same_chart(chart, replace(native, series=(Series("ab c d", (7.0,)),)))
    assert "ab c d" in book.slides[1].notes_slide.notes_text_frame.text


def test_long_texts_are_cut_on_the_slide_and_whole_in_the_notes(shipped):
    title, note = "title " * 900, "note " * 900
    slide = Slide(
        "x", "x", title, known="1 of 2", note=note, table=Table(("a",), (("cell " * 900,),), cut="Row 1 of 9.")
    )
    made = Presentation(io.BytesIO(pptx.written(shipped, Selection(), [slide], "en"))).slides[1]
    assert made.shapes.title.text_frame.text.endswith("…")
    assert "…" in words(made) and "Known: 1 of 2." in words(made) and "Row 1 of 9." in words(made), (
        "these are never cut off"
    )
    notes = made.notes_slide.notes_text_frame.text
    assert title.strip() in notes and note.strip() in notes


def test_hostile_texts_stay_texts_and_links_lead_to_the_web_only(hostile_register):
    for lang in ("fa", "en"):
        whole = made_of(hostile_register, lang)
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            assert archive.testzip() is None
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(archive.read(name))
                if name.endswith(".rels"):
                    targets = re.findall(rb'Target="([^"]+)" TargetMode="External"', archive.read(name))
                    assert all(one.startswith((b"http://", b"https://")) and len(one) < 2100 for one in targets)
        assert len(Presentation(io.BytesIO(whole)).slides) > 2


def test_persian_digits_are_asked_of_office(shipped):
    deck = slides.deck(shipped, Question(), "fa")
    for slide in findings_of(opened(shipped, "fa"), deck):
        for frame in frames(slide)[0]:
            assert frame.chart.value_axis.tick_labels.number_format.startswith("[$-3000429]")
            assert all(not re.search("[0-9]", one.label.translate(MARKS)) for one in frame.chart.plots[0].categories)
