"""Every page runs for every register, in both languages, and says in words what it cannot show."""

import json
import re

import pytest
from page_visits import PERSIAN, figures, visit, words

from khoosheh.ui.markup.page_list import PAGES
from testing import made_up


@pytest.fixture(params=["shipped", "invented"])
def package(request, monkeypatch, invented_path):
    path = made_up.SHIPPED if request.param == "shipped" else invented_path
    monkeypatch.setenv("KHOOSHEH_DATA", str(path))
    return request.param


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_speaks_the_language(package, page, lang):
    app = visit(page, lang=lang)
    assert not app.exception
    assert len(app.title) == 1
    said = words(app)
    if lang == "fa":
        assert PERSIAN.search(app.title[0].value)
        titles = [one.value for kind in ("title", "header", "subheader") for one in app.get(kind)]
        assert not [one for one in titles if re.search("[0-9]", one)], "Latin digits in Persian headings"
    else:
        assert not PERSIAN.search(app.title[0].value)
    assert "None" not in said and "nan" not in said.lower().split()
    if package == "invented":
        assert "Ardabil" not in said and "اردبیل" not in said


@pytest.mark.parametrize("page", ["overview", "investment", "ranking", "value_chains", "schedule"])
def test_every_figure_has_words_for_those_who_cannot_see_it(package, page):
    app = visit(page)
    charts = figures(app)
    assert charts
    for chart in charts:
        assert len(chart["layout"]["meta"]["alt"]) > 20


def test_unit_changes_numbers_and_words_together(monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.SHIPPED))
    rial, hemat = visit("investment"), visit("investment", unit="hemat")
    assert "۶۲ هزار میلیارد ریال" in rial.title[0].value
    assert "۶٫۲ همت" in hemat.title[0].value
    # after the two traces of dots
    assert max(figures(hemat)[0]["data"][2]["x"]) * 10 == pytest.approx(max(figures(rial)[0]["data"][2]["x"]))


def test_an_earlier_month_knows_less(monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.SHIPPED))
    app = visit("investment", asof="1403-01")
    said = words(app)
    assert not app.exception
    assert "K08" not in said and "K01" in said


@pytest.mark.parametrize("page", PAGES)
def test_before_the_first_word_every_page_says_so(monkeypatch, page):
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.SHIPPED))
    app = visit(page, asof="1390-01")
    assert not app.exception
    # Coefficients of chains need nobody's word of the province, and a visitor's file is of no day.
    assert app.info or page in {"value_chains", "data", "present"}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"asof": "1402-12-30"}, "کبیسه"),
        ({"asof": "yesterday"}, "yesterday"),
        ({"asof": "1498-12-29"}, "گردآوری"),
        ({"since": "1406"}, "گردآوری"),
        ({"chain": "gold"}, "gold"),
        ({"unit": "dinar"}, "dinar"),
        ({"page": "-1"}, ""),
        ({"page": "99999"}, ""),
        ({"ids": "X'); DROP"}, ""),
        ({"lang": "de"}, "de"),
        ({"q": "[](){}<script>"}, ""),
        ({"chain": "[a](javascript:alert)"}, "\\[a\\](javascript\\:\u2060alert)"),
    ],
)
def test_a_broken_address_is_named_never_a_traceback(monkeypatch, query, said):
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.SHIPPED))
    for page in ("investment", "evidence"):
        app = visit(page, **query)
        assert not app.exception
        if said:
            assert any(said in one.value for one in app.warning)


def test_evidence_shows_all_of_a_statement(monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.SHIPPED))
    said = words(visit("evidence", ids="A18"))
    for part in (
        "۶۰ هزار میلیارد ریال",
        "سیدحامد عاملی",
        "از تیر ۱۴۰۱ تا ۴ شهریور ۱۴۰۴",
        "بند ۶",
        "صاحب‌دیوان",
        "/investment",
    ):
        assert part in said, part


def test_the_story_of_the_sponge_iron_plant_reads_off_the_page(monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.SHIPPED))
    app = visit("schedule", chain="steel")
    assert not app.exception
    said = words(app)
    assert "موعد تازه: ۱۴۰۵، ۱۲ تا ۴۸ ماه دیرتر" in said
    drawn = " ".join(words for trace in figures(app)[0]["data"] for words in trace["hovertext"])
    drawn = re.sub("<br>|\u202a|\u202b|\u202c", " ", drawn).replace("  ", " ").replace("  ", " ")
    assert "۷۰ درصد" in drawn and "۶۸ درصد" in drawn
    assert "کسی این‌ها را نگفته است: پیشرفت برنامه‌ای (۱ طرح)" in said.replace("\\", ""), (
        "the missing input is named once"
    )
    assert said.count("قابل محاسبه نیست") == 0


def test_the_board_tells_how_long_nothing_was_heard_and_links_each_number(monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.SHIPPED))
    board = next(
        one.proto.body for one in visit("schedule", lang="en").get("html") if "khoosheh-board" in one.proto.body
    )
    kept, moved, silent = re.findall("<section.*?</section>", board)
    assert "<b>0</b> kept: nobody said of any promise that it was done" in kept and "<a" not in kept
    assert "2 promises, the furthest 12 to 60 months later" in moved
    # from 29 Esfand 1402, the latest deadline of the older promise, to 1 Azar 1405; and from 29 Esfand 1393
    assert "2 promises, the oldest due 978 to 4,265 days ago" in silent
    numbers = re.findall('<b><a href="([^"]*)"[^>]*>([0-9]+)</a></b>', board)
    assert [number for _, number in numbers] == ["2", "6"]
    assert all(len(re.findall("[ACKNST][0-9]{2}", address)) >= int(number) for address, number in numbers), (
        "each number leads to all of its statements"
    )
    assert "3 more promises are not certainly past due, or have no date" in board


def test_a_promise_without_a_date_says_so_once(monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.SHIPPED))
    told = words(visit("schedule", lang="en", chain="copper"))
    row = next(row for row in re.findall("<tr>.*?</tr>", told) if ">Concentrating<" in row)
    assert row.count("no date") == 1 and "nobody said that it was done" in row


def test_as_known_in_shahrivar_1403_nothing_of_1404_is_known(monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.SHIPPED))
    app = visit("schedule", asof="1403-06")
    said = words(app) + json.dumps(figures(app), ensure_ascii=False)
    ids = set(re.findall(r"\b[ACKNST][0-9]{2}\b", said))
    rows = visit("evidence", asof="1403-06")
    assert "S15" not in ids and "A29" not in ids and "آرتاویل" not in words(app)
    assert "K03" in ids and not rows.exception
    assert visit("evidence", ids="S15", asof="1403-06").info, "even by its id"


def test_the_tables_of_provinces_are_said_as_plainly_when_it_is_bad(monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.SHIPPED))
    said = words(visit("ranking"))
    assert "اردبیل از رتبهٔ ۱۵ در ۱۳۹۸ به رتبهٔ ۲۴ از ۳۱ در ۱۴۰۲ افتاد، ۹ پله بدتر" in said
    assert "استواری رتبه" in said and "واحد درصد" in said
    income = words(visit("ranking", indicator="urban-income", lang="en"))
    assert "rose from place 23 in 1394 to 17 of 31 in 1402" in income
    assert "the value of 1402 is marked “Not checked against a second source”" in income
    shdi = words(visit("ranking", indicator="shdi"))
    assert "۲۰۱۹ میلادی" in shdi and "شاید درون‌یابی‌شده" in shdi and "تهران و البرز" in shdi


def test_a_place_before_the_climb_can_be_tried_and_is_called_arithmetic(monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.SHIPPED))
    assert "اگر پیش‌تر رتبهٔ ۲۵ از ۳۱ بود، اکنون رتبهٔ ۳ است. کسی این را نگفته" in words(visit("ranking", before="25"))
    assert "کسی این را نگفته" not in words(visit("ranking", before="5")), "no climb of 22 starts there"


@pytest.mark.parametrize(
    "query",
    [
        {"indicator": "nothing"},
        {"province": "IR-99,XX"},
        {"first": "1300", "last": "x"},
        {"first": "1402", "last": "1402"},
        {"asof": "1402-01"},
        {"before": "99999999"},
    ],
)
def test_odd_questions_to_the_tables_are_no_tracebacks(package, query):
    app = visit("ranking", **query)
    assert not app.exception
    if query.get("asof"):
        assert "به رتبهٔ ۲۴" not in words(app)


def test_confidence_and_earned_value_are_shown_where_they_were_stated(monkeypatch, tmp_path):
    tables = made_up.tables()
    day = ("1402-06-01", "1402-06-01", {})
    tables["statements"] += [
        made_up.statement(row)
        for row in (
            ("E0", "garden", "", "delivery_confidence", 4, 4, "confidence_of_five", *day),
            ("E1", "garden", "", "progress_planned", 40, 40, "pct", *day),
            ("E2", "garden", "", "physical_progress", 30, 30, "pct", *day),
            ("E3", "garden", "", "physical_progress", 10, 10, "pct", "1401-06-01", "1401-06-01", {}),
        )
    ]
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.write(tmp_path, tables)))
    app = visit("schedule", lang="en")
    said = words(app)
    assert not app.exception
    assert "E0" in said and "Nobody stated how sure" not in said
    # 30 of 40 per cent
    assert "0.75" in said
    assert "Stated progress of “Bala tea garden”" in said.replace("\\", "")
    curve = figures(app)[1]
    assert [trace["mode"] for trace in curve["data"]] == ["markers"]


def test_search_and_filters_meet(monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.SHIPPED))
    assert "۵ گفته" in visit("evidence", q="یورو", chain="steel").title[0].value
    assert visit("evidence", q="یورو", chain="copper").info


def test_a_faulty_package_is_told_fault_by_fault(monkeypatch, tmp_path):
    rows = made_up.tables()
    rows["statements"][0]["said_to"] = "1402-12-30"
    rows["projects"][0]["name_fa"] = "<script>alert(1)</script>\u202e"
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.write(tmp_path, rows)))
    app = visit()
    assert not app.exception
    said = words(app)
    assert "said_to" in said and "کبیسه" in said and "&lt;script&gt;" in said and "<script>" not in said


def test_a_package_that_turns_faulty_never_replaces_a_sound_one(monkeypatch, tmp_path):
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.write(tmp_path)))
    assert not visit().exception
    (tmp_path / "chains.csv").write_text("chain_id\nx\n")
    app = visit()
    assert not app.exception
    assert app.warning and app.title


def test_markup_in_names_stays_text(monkeypatch, tmp_path):
    rows = made_up.tables()
    hostile = "<img src=x onerror=alert(1)> **bold** [a](javascript:alert(1)) $x$ :red[r]"
    for table in ("projects", "chains", "stages", "indicators", "provinces"):
        rows[table][0]["name_fa"] = hostile
    rows["statements"][0]["claim_fa"] = hostile
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.write(tmp_path, rows)))
    for page in PAGES:
        app = visit(page)
        assert not app.exception
        assert "<img" not in "".join(one.proto.body for one in app.get("html"))
        for one in app.get("title"):
            assert "**bold**" not in one.value.replace("\\*", "")
