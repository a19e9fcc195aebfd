"""Presentations as LibreOffice shows them: every slide is there, has ink, and keeps its words on the page."""

import io
import re
import shutil
import subprocess

import pytest
from PIL import Image
from pptx import Presentation

from khoosheh.exports import pptx
from khoosheh.measures.scope import Selection

WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">')
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">')


@pytest.fixture(scope="module")
def rendered(shipped, tmp_path_factory):
    if not all(map(shutil.which, ("soffice", "pdftoppm", "pdftotext"))):
        pytest.skip("LibreOffice (impress) and Poppler are not installed: apt-get install them to look at slides")
    folder = tmp_path_factory.mktemp("slides")
    made = {lang: pptx.data(shipped, Selection(), lang) for lang in ("fa", "en")}
    for lang, whole in made.items():
        (folder / f"{lang}.pptx").write_bytes(whole)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), "fa.pptx", "en.pptx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=180)
    return folder, made


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
    said = subprocess.run(
        ["pdftotext", "-bbox", f"{lang}.pdf", "-"], cwd=folder, check=True, capture_output=True, timeout=60
    ).stdout.decode()
    for page in said.split("</page>")[:-1]:
        width, height = map(float, PAGE.search(page).groups())
        boxes = [tuple(map(float, one)) for one in WORD.findall(page)]
        assert len(boxes) > 5
        for left, top, right, bottom in boxes:
            assert left >= -1 and top >= -1 and right <= width + 1 and bottom <= height + 1
