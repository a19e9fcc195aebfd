"""The page of value chains: the missing link in words, the map, and assumptions that nobody takes for statements."""

import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from khoosheh.locale import format_message
from khoosheh.ui.shell import ROOT
from testing import made_up


def visit(**query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run().switch_page("pages/value_chains.py").run()


def html(app: AppTest) -> str:
    return "\n".join(one.proto.body for one in app.get("html"))


def said_by(app: AppTest) -> str:
    """Return headings and running text of the page without markup."""
    headings = re.findall(r"<h3>(.*?)</h3>", " ".join(one.proto.body for one in app.get("html")))
    texts = [one.value.replace("\\", "") for kind in ("markdown", "warning") for one in app.get(kind)]
    return " ".join([*map(unescape, headings), *texts])


def read_first_section(app: AppTest) -> str:
    return re.findall(r"<h2[^>]*>(.*?)</h2>", html(app))[0]


def one(value: str | list[str]) -> str:
    """Return a field of the address, which AppTest gives as text or in a list."""
    return value if isinstance(value, str) else value[0]


def maps(app: AppTest) -> list[list[str]]:
    """Return the stages of each map as the page draws them, without their marks of HTML."""
    found = re.findall('<div class="khoosheh-chain">(.*?)</ol></div>', html(app))
    return [[re.sub("<[^>]*>", " ", stage) for stage in re.split("<li data-said", each)[1:]] for each in found]


@pytest.fixture
def shipped(monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.SHIPPED))


def test_the_page_says_what_is_missing_in_steel_and_how_we_know(shipped):
    app = visit(chain="steel", lang="en")
    said = said_by(app)
    assert "The next missing link of Steel: Sponge iron (Building)" in said
    assert "1,740 thousand tonnes a year" in said and "no capacity for Pelletising was stated" in said
    stages = maps(app)[0]
    assert len(stages) == 6
    assert (
        "Capacity: 1,000 to 1,200 thousand tonnes a year, by 3 sources; the latest: 1,200" in stages[3]
        and "Artavil" in stages[3]
    )
    assert "from outside of what was stated in the province" in stages[3]
    assert "not stated" in stages[0]


def test_every_number_on_the_map_leads_to_its_statements(shipped):
    body = html(visit(chain="steel", lang="en"))
    for number in ("Capacity: 1,000 to 1,200 thousand", "Capacity: 400 thousand", "With plans: 900 thousand"):
        assert re.search(rf'<a href="\./evidence\?[^"]*ids=[^"]*"[^>]*>{number}', body)


def test_assumptions_are_named_as_such_and_move_completion_and_the_next_link(shipped):
    app = visit(chain="steel", scenario="steel-pellet:1600,steel-sponge-iron:on", lang="en")
    assert not app.exception
    said = said_by(app)
    assert "nobody stated it" in said
    assert "Pelletising – assumed: operating at 1,600 thousand tonnes a year" in said
    stated, assumed = maps(app)
    assert "assumed: operating" in assumed[2] and "assumed" not in stated[2]
    table = next(re.sub("<[^>]*>", "|", one.proto.body) for one in app.get("html") if "Under your" in one.proto.body)
    assert re.search("Longest unbroken run.*2 to 3 of 6 stages.*4 to 6 of 6 stages", table)
    assert "The next missing link of Steel: Concentrate" in table
    # nothing above the frame has changed
    assert said.count("The next missing link of Steel: Sponge iron (Building)") == 1


def test_the_form_writes_the_address_and_dropping_clears_it(shipped):
    app = visit(chain="steel")
    app.button(key="try-steel").click().run()
    assert one(app.query_params["trial"]) == "steel"
    app.number_input(key="whatif-steel-pellet").set_value(1600.0)
    submit = next(one for one in app.button if one.label == format_message("fa", "whatif.see"))
    submit.click().run()
    assert one(app.query_params["scenario"]) == "steel-pellet:1600"
    assert "۱٬۶۰۰" in said_by(app)
    app.button(key="close-steel").click().run()
    assert "scenario" not in app.query_params and "trial" not in app.query_params


def test_chains_without_tonnes_are_asked_what_operates(shipped):
    app = visit(chain="water_agriculture", trial="water_agriculture", lang="en")
    app.checkbox(key="whatif-water-network").check()
    next(one for one in app.button if one.label == format_message("en", "whatif.see")).click().run()
    assert one(app.query_params["scenario"]) == "water-network:on"
    assert "Secondary and on-farm network – assumed: operating" in said_by(app)


@pytest.mark.parametrize(
    "wrong",
    ["steel-pellet:-1", "steel-pellet:nan", "steel-pellet:1e99", "nosuch:5", "steel-pellet", ":", "steel-pellet:"],
)
def test_wrong_assumptions_are_named_and_the_rest_holds(shipped, wrong):
    app = visit(chain="steel", scenario=f"{wrong},steel-mining:on", lang="en")
    assert not app.exception
    assert "Assumption" in said_by(app)
    assert "Iron ore mining – assumed: operating" in said_by(app)


def rows_of_matrix(app: AppTest) -> dict[str, str]:
    """Return the HTML of each row of the matrix by the name of its chain."""
    body = re.search('<div class="khoosheh-matrix".*?<tbody>(.*?)</tbody>', html(app)).group(1)
    rows = re.findall("<tr.*?</tr>", body)
    return {re.search('<th scope="row"><a [^>]*>(.*?)</a>', row).group(1): row for row in rows}


def test_the_matrix_has_a_row_for_each_chain_that_leads_to_it(shipped):
    rows = rows_of_matrix(visit(lang="en"))
    assert list(rows) == ["Water and agriculture", "Copper", "Steel", "Textiles", "Engineering services"]
    assert [row.count("<td") for row in rows.values()] == [5, 6, 6, 5, 5]
    for chain, row in zip(("water_agriculture", "copper"), rows.values(), strict=False):
        assert f'href="./value_chains?lang=en&amp;detail={chain}#chain"' in row
    steel = rows["Steel"]
    assert steel.count('data-said="operating"') == 2 and steel.count('data-said="unsaid"') == 3
    assert steel.count("data-next") == 1 and 'data-kind="outside"' in steel and 'aria-current="true"' in steel
    assert re.search(r"ids=S01%2CS07%2CS13[^>]*>1,000 to 1,200 thousand tonnes a year \(3 sources\)", steel)


@pytest.mark.parametrize(
    ("query", "chain"),
    [
        ({}, "Steel"),
        ({"detail": "copper"}, "Copper"),
        ({"trial": "copper"}, "Copper"),
        ({"scenario": "copper-refining:70"}, "Copper"),
        ({"detail": "copper", "chain": "textile,water_agriculture"}, "Water and agriculture"),
        ({"asof": "1390-01"}, "Water and agriculture"),
    ],
)
def test_one_chain_is_shown_whole(shipped, query, chain):
    app = visit(lang="en", **query)
    assert not app.exception and len(maps(app)) == (2 if "scenario" in query else 1)
    assert read_first_section(app).startswith(chain)


def test_another_chain_is_chosen_by_the_control(shipped):
    app = visit(lang="en")
    app.get("button_group")[0].set_value("textile").run()
    assert one(app.query_params["detail"]) == "textile"
    assert read_first_section(app).startswith("Textiles")


def test_the_history_says_which_statements_changed_it(shipped):
    """Steel: S20 and S21, S06 and S10, the governor's report, S11, S12 and S15, which replaced five of them, then S04."""
    causes = next(one.proto.body for one in visit(lang="en").get("html") if "khoosheh-causes" in one.proto.body)
    steps = re.split("(?<=</ul></li>)", causes)[:-1]
    links = [re.findall(r"ids=([^&\"]*)", step) for step in steps]
    assert links == [
        ["S20", "S21"],
        ["S06", "S10"],
        ["A27", "A28", "A29"],
        ["S11", "S12", "S15", "A28%2CA29%2CS06%2CS10%2CS21"],
        ["S04"],
    ]
    assert "in place of 5 former statements" in steps[3] and "20 to 87 per cent" in steps[0]


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_a_chain_a_stage_and_a_coefficient_are_a_change_of_data_only(monkeypatch, tmp_path, lang):
    tables = made_up.tables()
    tables["chains"].append({"chain_id": "salt", "seq": 3, "name_fa": "نمک", "name_en": "Salt"})
    tables["stages"] += [
        {"stage_id": "salt-pan", "chain_id": "salt", "seq": 1, "name_fa": "حوضچه", "name_en": "Pan"},
        {"stage_id": "salt-mill", "chain_id": "salt", "seq": 2, "name_fa": "آسیاب", "name_en": "Mill",
         "input_t_per_t_low": 1.5, "input_t_per_t_high": 2, "coefficient_source_id": "paper-1"},
    ]  # fmt: skip
    day = "1402-01-01"
    running = {"state_low": "operating", "state_high": "operating"}
    rows = [("L1", "", "salt-mill", "capacity", 30, 40, "kt_per_year", day, day, {}),
            ("L2", "", "salt-mill", "state", "", "", "", day, day, running)]  # fmt: skip
    tables["statements"] += [made_up.statement(row) for row in rows]
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.write(tmp_path, tables)))
    app = visit(lang=lang, chain="salt")
    assert not app.exception
    # 30 kt at 1.5 to 40 kt at 2
    need = {"fa": "۴۵ تا ۸۰ هزار تن در سال", "en": "45 to 80 thousand tonnes a year"}[lang]
    assert need in maps(app)[0][1]
    assert {"fa": "«حوضچه»", "en": "Pan (not stated)"}[lang] in said_by(app)
