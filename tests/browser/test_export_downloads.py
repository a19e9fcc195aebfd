"""Files taken from a page are what the rooms below make for the same view; what cannot be made is told in words."""

import urllib.error
import urllib.request
from datetime import date
from urllib.parse import urlencode

import pytest

from khoosheh import exports, queries
from khoosheh.measures.scope import Selection
from khoosheh.topics.deck import build_slide_deck
from khoosheh.topics.request import Question
from testing.browser import visit

VIEW = {"chain": "steel", "asof": "1404-06", "unit": "hemat", "by": "chain_id"}
ASKED = Selection(chains=("steel",), as_of=date(2025, 9, 22), unit="hemat", by="chain_id")


def test_what_is_taken_is_what_is_shown(app, visitor, shipped, tmp_path):
    tab = visit(visitor(), f"{app}/investment?{urlencode(VIEW)}")
    links = tab.locator(".khoosheh-takeaway a")
    assert links.count() == len(exports.FORMATS)
    for place, (name, form) in enumerate(exports.FORMATS.items()):
        with tab.expect_download() as waited:
            links.nth(place).click()
        file = tmp_path / name
        waited.value.save_as(file)
        assert file.read_bytes() == form.make(shipped, ASKED, "fa")
        assert waited.value.suggested_filename == exports.build_export_file_name(shipped, ASKED, name)
    assert tab.url.startswith(f"{app}/investment?")


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("oc4ids?lang=en&chain=gold", 400, "gold"),
        ("oc4ids?lang=en&chain=steel&sector=A", 400, "No project"),
        ("oc4ids?asof=1402-12-30", 400, "1402-12-30"),
        ("docx?lang=en", 404, "docx"),
        ("workbook?lang=en&draft=abc", 404, "preview"),
    ],
)
def test_what_cannot_be_taken_is_told(app, path, status, said):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{app}/khoosheh/export/{path}", timeout=20)
    page = refused.value.read().decode()
    assert refused.value.code == status and said in page and "Traceback" not in page
    assert "content-disposition" not in refused.value.headers


def test_a_chosen_set_is_taken_as_slides_in_its_order(app, shipped):
    whole = urllib.request.urlopen(
        f"{app}/khoosheh/export/pptx?lang=en&slides=cluster,ranking-map", timeout=60
    ).read()
    deck = {one.key: one for one in build_slide_deck(shipped, Question(), "en")}
    assert whole == exports.pptx.build_presentation(
        shipped, Selection(), [deck["cluster"], deck["ranking-map"]], "en"
    )
    other = urllib.request.urlopen(
        f"{app}/khoosheh/export/pptx?lang=en&slides=ranking-years&indicator={queries.list_tabulated_indicators(shipped)[1]}",
        timeout=60,
    ).read()
    asked = Question(indicator=queries.list_tabulated_indicators(shipped)[1])
    chosen = [one for one in build_slide_deck(shipped, asked, "en") if one.key == "ranking-years"]
    assert other == exports.pptx.build_presentation(shipped, Selection(), chosen, "en")


def test_markup_in_an_address_stays_text(app):
    words = urlencode({"chain": "<script>alert(1)</script>"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{app}/khoosheh/export/oc4ids?{words}", timeout=20)
    assert "<script>" not in refused.value.read().decode()
