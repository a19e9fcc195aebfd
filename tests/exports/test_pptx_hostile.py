"""Presentations of texts that do harm or have no room: nothing acts by itself, every file opens."""

import io
import json
import posixpath
import re
import zipfile
from dataclasses import replace

import pytest
from decks import findings_of, frames, made_of, same_chart, words
from lxml import etree
from pptx import Presentation
from reading import parts

from khoosheh import register
from khoosheh.exports import pptx
from khoosheh.measures.scope import Selection
from khoosheh.topics.deck import build_slide_deck
from khoosheh.topics.request import Question
from khoosheh.topics.slide import BARS, NativeChart, Series, Slide, Table
from testing import made_up


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
    deck = build_slide_deck(hostile_register, Question(), lang)
    for slide, made in zip(findings_of(Presentation(io.BytesIO(whole)), deck), deck, strict=True):
        for frame in frames(slide)[0]:
            same_chart(frame.chart, made.native)


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


def test_letters_that_no_file_of_office_may_hold_are_left_out(shipped):
    bad = "a\x0bb\ufffe\uffff\x01\ud800\nc\td"
    native = NativeChart(BARS, (bad,), (Series(bad, (7.0,)),), bad, labels=(bad,))
    chosen = [
        Slide("chart", "x", bad, known=bad, note=bad, native=native),
        Slide("table", "x", bad, table=Table((bad, bad), ((bad, bad),), cut=bad)),
    ]
    book = Presentation(io.BytesIO(pptx.build_presentation(shipped, Selection(), chosen, "en")))
    assert [one.shapes.title.text_frame.text for one in list(book.slides)[1:3]] == ["ab c d"] * 2
    chart = frames(book.slides[1])[0][0].chart
    same_chart(chart, replace(native, series=(Series("ab c d", (7.0,)),)))
    assert "ab c d" in book.slides[1].notes_slide.notes_text_frame.text


def test_long_texts_are_cut_on_the_slide_and_whole_in_the_notes(shipped):
    title, note = "title " * 900, "note " * 900
    slide = Slide(
        "x", "x", title, known="1 of 2", note=note, table=Table(("a",), (("cell " * 900,),), cut="Row 1 of 9.")
    )
    made = Presentation(io.BytesIO(pptx.build_presentation(shipped, Selection(), [slide], "en"))).slides[1]
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


def test_a_register_with_an_endless_name_and_measures_without_units_are_presented(tmp_path):
    folder = made_up.write(tmp_path / "long")
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    described["labels"] = {"fa": "نام " * 900, "en": "name " * 900}
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    found = register.load_register(folder)
    slide = Slide("x", "x", "Made up", native=NativeChart(BARS, ("a",), (Series("s", (1.0,)),), ""))
    for lang in ("fa", "en"):
        book = Presentation(io.BytesIO(pptx.build_presentation(found, Selection(), [slide], lang)))
        assert book.slides[0].shapes.title.text_frame.text.endswith("…")
        assert not frames(book.slides[1])[0][0].chart.value_axis.has_title
