"""The page of the cluster: says that nobody published a directory, and shows one that is filled in."""

import csv
import io
import json
import re

import made_up_cluster
import pytest
from page_visits import PERSIAN, figures, visit, words

from khoosheh import register
from khoosheh.ui.blocks.firm_templates import build_template_csv
from testing import made_up

HOSTILE = "<script>alert(1)</script> **bold** <b>thick</b> [a](javascript:alert(1)) $x$ :red[r]"


@pytest.fixture
def filled(monkeypatch, tmp_path):
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.write(tmp_path, made_up_cluster.tables())))


def table(app, caption: str) -> list[dict[str, str]]:
    """Return the rows of the table whose caption holds these words, by heading, without markup."""
    bodies = [one.proto.body for one in app.get("html")]
    body = next(one for one in bodies if caption in "".join(re.findall("<caption>(.*?)</caption>", one)))
    rows = re.findall("<tr>(<td.*?)</tr>", body)
    cells = [re.findall('data-heading="(.*?)"><bdi>(.*?)</bdi>', row) for row in rows]
    return [dict(row) for row in cells]


@pytest.mark.parametrize(("lang", "title", "said"), [
    ("fa", "از ۸ نیازِ گفته‌شدهٔ خوشه، ۱ نیاز شاهد دارد؛ کسی فهرست شرکت‌هایش را منتشر نکرده", "در این دفتر هیچ شرکتی نیست"),
    ("en", "Evidence was stated for 1 of the 8 needs named for the cluster; nobody has published a list of its firms", "This register has no firms"),
])  # fmt: skip
def test_without_a_directory_the_page_says_so_and_offers_templates(monkeypatch, lang, title, said):
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.SHIPPED))
    app = visit("cluster", lang=lang)
    assert not app.exception
    assert app.title[0].value == title
    assert said in app.info[0].value
    labels = [one.proto.label for one in app.get("download_button")]
    assert sum("الگوی" in one or "Template" in one for one in labels) == 2
    assert figures(app) == [] and not app.multiselect, "no filter of what is not there"
    assert "نوپدید" in words(app) if lang == "fa" else "Emerging" in words(app)


def test_no_phase_is_called_reached_and_each_has_its_source(monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.SHIPPED))
    app = visit("cluster", lang="en")
    said = words(app)
    assert "Nobody in this register stated which phase the cluster is in" in said
    assert "The first phase of which not all needs have evidence is “Emerging”\\: 0 of 3" in said
    phases = table(app, "which phase the cluster is in")
    assert [row["Phase"] for row in phases] == ["Agglomeration", "Emerging", "Developing", "Mature", "Downturn"]
    assert all("agronauka-sv.ru" in row["Source"] for row in phases)
    assert "our reading" in said


def test_needs_lead_to_their_statements_and_statements_back(monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.SHIPPED))
    rows = table(visit("cluster", lang="en"), "Needs of the cluster")
    mine = next(row for row in rows if row["Need"] == "Stronger knowledge-based firms")
    assert "ids=A06&amp;" in mine["Who named it"] or mine["Who named it"].count("A06") == 1
    assert "N02%2CN03%2CN04%2CN06" in mine["Evidence"]
    assert (
        next(row for row in rows if row["Need"] == "Joint will of the engineering firms")["Evidence"] == "not stated"
    )
    assert "/cluster" in words(visit("evidence", ids="N02"))


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_a_filled_directory_is_shown_in_the_language(filled, lang):
    app = visit("cluster", lang=lang)
    assert not app.exception and not app.info
    title = app.title[0].value
    assert ("۱۲ شرکت و ۱۵ پیوند" if lang == "fa" else "12 firms and 15 links") in title
    rows = table(app, "۱۲ شرکت از ۱۲" if lang == "fa" else "12 of the 12")
    assert len(rows) == 12
    assert sum("https://example.org/report" in list(row.values())[-1] for row in rows) == 11, (
        "each leads to its source"
    )
    [figure] = figures(app)
    assert len(figure["data"][1]["customdata"]) == 14, "two links of one pair are one arc"
    assert sum(len(trace["customdata"]) for trace in figure["data"][2:]) == 12
    hover = " ".join(text for trace in figure["data"][1:] for text in trace["hovertext"])
    assert bool(PERSIAN.search(hover)) == (lang == "fa")
    assert lang == "en" or not re.search("[0-9]", hover), "Latin digits in Persian words"
    exports = " ".join(row["صادرات" if lang == "fa" else "Exports"] for row in rows)
    assert ("سالانه دست‌کم ۵٬۰۰۰ دلار" if lang == "fa" else "at least 5,000 US dollar a year") in exports
    assert len(table(app, "چه کسی با چه کسی" if lang == "fa" else "Who works with whom")) == 15


def test_filters_stand_in_the_address_and_choose(filled):
    app = visit("cluster", lang="en", isic="7110,6201", knowledge_based="yes", exporting="not_stated")
    assert "1 of the 12 firms" in words(app)
    assert [row["Firm"] for row in table(app, "1 of the 12")] == [made_up_cluster.FIRMS[11][2]]
    assert "No link between these firms was stated" in words(app) and figures(app) == []
    app = visit("cluster", lang="en")
    county = next(one for one in app.multiselect if one.key == "filter-county")
    county.set_value(["pain"]).run()
    assert app.query_params["county"] == "pain" and "5 of the 12 firms" in words(app)
    kinds = {one.key: one.options for one in app.multiselect}
    assert kinds["filter-knowledge_based"] == kinds["filter-exporting"] == ["yes", "no", "not stated"]
    assert len(kinds["filter-isic"]) == 11, "every class once, also those that were not chosen"


def test_classes_have_persian_digits_and_no_marks_of_thousands(filled):
    options = next(one for one in visit("cluster").multiselect if one.key == "filter-isic").options
    assert "۷۱۱۰" in options and not re.search("[0-9٬]", "".join(options))


def test_a_firm_says_which_stages_share_its_classes_and_how_it_cannot_be_known(filled):
    rows = {row["Firm"]: row for row in table(visit("cluster", lang="en"), "12 of the 12")}
    stages = {
        name: rows[name]["Stages of the same class"] for name in ("Bala Tea Factory", "Azmun Testing", "Far Trade")
    }
    assert stages == {"Bala Tea Factory": "Drying", "Azmun Testing": "none", "Far Trade": "not stated"}
    classes = [row["رده‌های ISIC"] for row in table(visit("cluster"), "۱۲ شرکت از ۱۲")]
    assert "\u2067۴۲۲۰، ۴۲۹۰\u2069" in classes, "two numbers are read from right to left"


def test_filters_that_leave_nothing_say_so_and_a_strange_one_is_named(filled):
    app = visit("cluster", lang="en", county="pain", exporting="no")
    assert not app.exception and app.info
    app = visit("cluster", lang="en", isic="9999", knowledge_based="maybe")
    assert len(app.warning) == 2 and "12 of the 12" in words(app)


def test_gaps_are_named_by_stage_and_chain(filled):
    app = visit("cluster", lang="en")
    assert "Perhaps without a firm\\: Sand (Glass); Packing (Tea)." in words(app)
    rows = {row["Stage"]: row["Firms"] for row in table(app, "Perhaps no firm")}
    assert rows["Drying"] == "1 to 2: Bala Tea Factory"
    assert rows["Forming"] == "not judged: the stage has no class"


def test_before_the_source_was_published_the_directory_is_not_known(filled):
    app = visit("cluster", lang="en", asof="1402-04")
    assert "no list of its firms had been published by this day" in app.title[0].value
    assert app.info and not app.exception and not app.multiselect
    assert "Template" not in words(app), "there is a directory, only not on that day"


def test_a_click_opens_the_firm_with_its_links_and_sources(filled):
    app = visit("cluster", lang="en")
    app.session_state["picked-firms"] = "f05"
    app.run()
    [dialog] = [one for one in app.get("dialog")] or [None]
    assert dialog is not None and dialog.proto.dialog.title == "Road and Dam Contractors"
    assert len(table(app, "Road and Dam Contractors")) == 1
    assert not app.exception
    app.run()
    assert not app.get("dialog")


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_hostile_names_stay_text(monkeypatch, tmp_path, lang):
    tables = made_up_cluster.tables()
    for name in ("firms", "requirements", "life_cycle", "counties", "stages", "sources"):
        stem = "title" if name == "sources" else "name"
        tables[name][0] |= {f"{stem}_fa": HOSTILE, f"{stem}_en": HOSTILE}
    tables["life_cycle"][0] |= {"proof_fa": HOSTILE, "proof_en": HOSTILE}
    tables["sources"][0]["address"] = "javascript:alert(1)"
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.write(tmp_path, tables)))
    app = visit("cluster", lang=lang)
    assert not app.exception
    bodies = "".join(one.proto.body for one in app.get("html") if "khoosheh-table" in one.proto.body)
    assert "<script" not in bodies and "&lt;script" in bodies and 'href="javascript' not in bodies
    for one in [*app.header, *app.subheader, *app.markdown]:
        assert "**bold**" not in one.value and "[a](" not in one.value
    [figure] = figures(app)
    wide = figure["layout"]["meta"].pop("wide")
    # the words for those who cannot see the figure are set as an attribute, in which there is no markup
    figure["layout"]["meta"].pop("alt"), wide["layout"]["meta"].pop("alt")
    drawn = json.dumps([figure["data"], figure["layout"], wide], ensure_ascii=False)
    assert "&lt;b&gt;" in drawn
    assert "<b>" not in drawn and "<script" not in drawn


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_a_template_has_both_headings_and_loads_once_it_is_filled(shipped, tmp_path, lang):
    made_up.write(tmp_path)
    rows = {"firms": ["x1", "الف", "A", "7110", "", "true", "", "", "", "paper-1"], "links": []}
    for name, row in rows.items():
        text = build_template_csv(shipped.dictionary, name, lang)
        assert text.startswith("\ufeff")
        fields, labels = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
        assert fields == shipped.dictionary.fields(name)
        assert bool(PERSIAN.search(labels[0])) == (lang == "fa")
        first = text.split("\r\n")[0]
        filled = "\r\n".join([first, ",".join(row)] if row else [first]) + "\r\n"
        (tmp_path / f"{name}.csv").write_bytes(filled.encode())
    assert "joint_venture" in build_template_csv(shipped.dictionary, "links", lang)
    assert register.check_package(tmp_path) == []
    assert register.load_register(tmp_path).table("firms")["firm_id"].tolist() == ["x1"]


def test_a_template_left_as_it_is_names_the_line_to_delete(shipped, tmp_path):
    made_up.write(tmp_path)
    (tmp_path / "links.csv").write_text(build_template_csv(shipped.dictionary, "links", "fa"), encoding="utf-8")
    assert {(fault.file, fault.row) for fault in register.check_package(tmp_path)} == {("links.csv", 2)}
