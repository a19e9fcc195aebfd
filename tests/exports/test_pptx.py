"""Presentations, opened again: native charts with the numbers of the deck, tables, direction, notes, sources."""

import io
import re
import zipfile
from datetime import date

import pytest
from lxml import etree
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from python_calamine import CalamineWorkbook

from khoosheh import board, exports, slides
from khoosheh.exports import pptx
from khoosheh.exports.pptx import charts
from khoosheh.measures.scope import Selection
from khoosheh.slides import LINES, Question

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PERSIAN = re.compile("[\u0600-\u06ff]")
MARKS = str.maketrans("", "", "\u202a\u202b\u202c")


def opened(found, lang, **selection) -> Presentation:
    return Presentation(io.BytesIO(pptx.data(found, Selection(**selection), lang)))


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
    # what a person changes is the workbook within: it has the same names and numbers
    book = CalamineWorkbook.from_filelike(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    head, *rows = book.get_sheet_by_index(0).to_python()
    assert head[1:] == [one.name for one in kept]
    assert [row[0] for row in rows] == charts.categories(native)
    for place, one in enumerate(kept):
        assert tuple(row[place + 1] if row[place + 1] != "" else None for row in rows) == one.values
    if native.form == LINES:
        gaps = chart._chartSpace.find(f".//{{{chart._chartSpace.nsmap['c']}}}dispBlanksAs")
        assert gaps is not None and gaps.get("val") == "gap"


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
    titles = " ".join(words(slide) for slide in list(book.slides)[1:])
    assert not re.search("[0-9]", titles)


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
    assert pptx.data(shipped, Selection(), "fa") == pptx.data(shipped, Selection(), "fa")


def test_hostile_texts_stay_texts_and_links_lead_to_the_web_only(hostile_register):
    for lang in ("fa", "en"):
        whole = pptx.data(hostile_register, Selection(), lang)
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            assert archive.testzip() is None
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(archive.read(name))
                if name.endswith(".rels"):
                    targets = re.findall(rb'Target="([^"]+)" TargetMode="External"', archive.read(name))
                    assert all(one.startswith((b"http://", b"https://")) for one in targets)
        assert len(Presentation(io.BytesIO(whole)).slides) > 2


def test_persian_digits_are_asked_of_office(shipped):
    deck = slides.deck(shipped, Question(), "fa")
    for slide in findings_of(opened(shipped, "fa"), deck):
        for frame in frames(slide)[0]:
            assert frame.chart.value_axis.tick_labels.number_format.startswith("[$-3000429]")
            assert all(not re.search("[0-9]", one.label.translate(MARKS)) for one in frame.chart.plots[0].categories)
