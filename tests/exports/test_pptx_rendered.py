"""Presentations as LibreOffice shows them: every slide is there, has ink, and keeps its words on the page."""

import html
import io
import re
import shutil
import subprocess
from collections.abc import Iterator

import pytest
from PIL import Image
from pptx import Presentation

from khoosheh.exports import pptx
from khoosheh.exports.pptx import deck
from khoosheh.locale import LANGUAGES
from khoosheh.measures.scope import Selection
from khoosheh.topics.slide import BARS, POSSIBLE, NativeChart, Series, Slide, Table

pytestmark = pytest.mark.office

ALL = Selection()
NAMES = {"fa": "نامه", "en": "name"}

WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)<')
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">')


@pytest.fixture(scope="module")
def rendered(shipped, tmp_path_factory):
    if not all(map(shutil.which, ("soffice", "pdftoppm", "pdftotext"))):
        pytest.skip("LibreOffice (impress) and Poppler are not installed: apt-get install them to look at slides")
    folder = tmp_path_factory.mktemp("slides")
    made = {lang: pptx.build_selection_presentation(shipped, ALL, lang) for lang in LANGUAGES}
    made |= {f"long-{lang}": pptx.build_presentation(shipped, ALL, long_slides(lang), lang) for lang in LANGUAGES}
    for name, whole in made.items():
        (folder / f"{name}.pptx").write_bytes(whole)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    files = [f"{name}.pptx" for name in made]
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=180)
    return folder, made


def long_slides(lang: str) -> list[Slide]:
    """Return made-up slides in which every text is too long for its place and says in its words where it belongs."""

    def many(word: str, times: int) -> str:
        return " ".join([word] * times)

    native = NativeChart(
        form=BARS,
        categories=tuple(f"bar{at} {many(NAMES[lang], 80)}" for at in range(12)),
        series=(
            Series(many("series", 40), tuple(float(at) for at in range(12))),
            Series("more", (1.0,) * 12, POSSIBLE),
        ),
        unit="unit",
        labels=("at least 5 unit",) * 12,
    )
    cell = many("cell", 90)
    table = Table((cell,) * 4, (("row", *(cell,) * 3),) * 8, cut="cut")
    told = {"title": many("title", 300), "known": "known", "note": many("note", 700), "statement_ids": ()}
    return [Slide("a", "x", native=native, **told), Slide("b", "x", table=table, **told)]


def words_of(folder, name: str) -> Iterator[list[tuple[str, float, float, float, float]]]:
    """Yield the words of each page with their edges in shares of the page: left, top, right, bottom."""
    command = ["pdftotext", "-bbox", f"{name}.pdf", "-"]
    said = subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=60).stdout.decode()
    for page in said.split("</page>")[:-1]:
        width, height = map(float, PAGE.search(page).groups())
        yield [
            (
                html.unescape(word),
                float(left) / width,
                float(top) / height,
                float(right) / width,
                float(bottom) / height,
            )
            for left, top, right, bottom, word in WORD.findall(page)
        ]


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_every_slide_is_drawn_and_nothing_leaves_the_page(rendered, lang):
    folder, made = rendered
    count = len(Presentation(io.BytesIO(made[lang])).slides)
    subprocess.run(["pdftoppm", "-r", "30", "-png", f"{lang}.pdf", lang], cwd=folder, check=True, timeout=120)
    pictures = sorted(folder.glob(f"{lang}-*.png"))
    assert len(pictures) == count
    for one in pictures:
        with Image.open(one) as picture:
            grey = picture.convert("L").histogram()
            # letters, lines and bars, more than the coloured strip on top alone
            assert 0.01 < sum(grey[:160]) / sum(grey) < 0.6, one.name
    pages = list(words_of(folder, lang))
    for slide, page in zip(Presentation(io.BytesIO(made[lang])).slides, pages, strict=True):
        assert len(page) > 5
        for _, left, top, right, bottom in page:
            assert left >= 0 and top >= 0 and right <= 1 and bottom <= 1
        if lang == "en":
            shown = {word for word, *_ in page}
            assert set(slide.shapes.title.text_frame.text.split()) <= shown


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_texts_that_are_too_long_keep_to_their_places(rendered, lang):
    folder, _ = rendered
    _, chart, table, *_ = words_of(folder, f"long-{lang}")
    # a little more than the frame, for the room below the last line
    slack = 0.006
    for page in (chart, table):
        for first, top, high in (("title", deck.TITLE_TOP, deck.TITLE_HIGH), ("note", deck.NOTE_TOP, deck.NOTE_HIGH)):
            found = [one for one in page if one[0].startswith(first)]
            assert len(found) > 20
            assert min(one[2] for one in found) >= top / deck.HEIGHT - slack
            assert max(one[4] for one in found) <= (top + high) / deck.HEIGHT + slack
        body = [
            one for one in page if one[0] in ("name", "series", "unit", "cell", "row") or one[0].startswith("bar")
        ]
        assert min(one[2] for one in body) >= deck.BODY_TOP / deck.HEIGHT - slack
        assert max(one[4] for one in body) <= (deck.BODY_TOP + deck.BODY_HIGH) / deck.HEIGHT + slack
    names = {word for word, *_ in chart}
    assert {f"bar{at}" for at in range(12)} <= names, "no bar loses its name"
    assert [word for word, *_ in table].count("row") == 8
    # what must not be lost is not cut off with the note
    assert "cut" in {word for word, *_ in table}
    assert [word for word, *_ in chart].count("least") == 12


@pytest.mark.parametrize(("lang", "turned"), [("fa", True), ("en", False)])
def test_names_stand_where_reading_begins(rendered, lang, turned):
    folder, _ = rendered
    _, chart, *_ = words_of(folder, f"long-{lang}")
    middles = [(left + right) / 2 for word, left, _, right, _ in chart if word.startswith("bar")]
    assert len(middles) == 12 and all((middle > 0.5) == turned for middle in middles)
    # the first bar stands on top
    tops = {word: top for word, _, top, *_ in chart if word.startswith("bar")}
    assert tops == dict(sorted(tops.items(), key=lambda one: int(one[0][3:])))
    assert sorted(tops.values()) == [tops[f"bar{at}"] for at in range(12)]
