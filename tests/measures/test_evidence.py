"""Evidence: found by any spelling, and every statement used by the page it belongs to."""

from datetime import datetime

import pandas as pd
import pytest

from khoosheh import engines, queries
from khoosheh.engines import make_arrow_frame
from khoosheh.measures import evidence
from khoosheh.measures.scope import Selection
from khoosheh.topics import registry

# every claim of the governor's report, paragraph by paragraph -> the statements that hold it
ARTICLE = {
    "a cluster is set up": ["A01"], "engineers ask for it": ["A02"], "coordination and interaction": ["A03", "A10"],
    "innovation centres": ["A04"], "growth centres": ["A05"], "knowledge-based firms": ["A06"], "a large company": ["A07"],
    "private sector in the lead": ["A08"], "joint will": ["A09"], "production and export chain": ["A11"],
    "first in growth": ["A12"], "up 22 places": ["A13"], "assessed yearly by the Interior Ministry": ["A14"],
    "many provinces ahead": ["A15"], "speed of growth": ["A16"], "chains that create wealth": ["A17"],
    "60 thousand billion rial this year": ["A18"], "to bear fruit this year": ["A19"], "agriculture": ["A20"],
    "food security": ["A21"], "plans for chains": ["A22"], "metallic minerals": ["A23"], "copper licence": ["A24"],
    "350 million tonnes": ["A25"], "concentrate unit soon": ["A26"], "sections": ["A27"], "billet": ["A28"],
    "sponge iron this year": ["A29"], "groundwork for mines": ["A30"], "Qezel Ozan": ["A31"], "wealth": ["A32"],
    "textile chain forming": ["A33"],
}  # fmt: skip
PAGE = {
    **dict.fromkeys(["A18", "A20", "A21", "A32"], "investment"),
    **dict.fromkeys(["A12", "A13", "A14", "A15", "A16"], "ranking"),
}


def found(register, query: str) -> set[str]:
    return set(
        evidence.filter_by_query(queries.read_register_table(register, "statements"), query)["statement_id"].to_list()
    )


@pytest.mark.parametrize("query", ["دانش‌بنیان", "دانش بنیان", "دانشبنیان", "دانش بنيان"])
def test_any_spelling_finds_the_same(shipped, query):
    assert found(shipped, query) >= {"A06", "A12", "N02"}


@pytest.mark.parametrize("query", ["دانش بنیان", "sponge iron 1.1", "۳۵۰", "zzz", "  ", ""])
def test_a_register_is_searched_as_its_table_is(shipped, query):
    among = queries.select_all_known_statements(shipped, Selection(chains=("steel",)))
    expected = evidence.filter_by_query(among, query)["statement_id"].to_list()
    assert queries.search_known_statements(shipped, among, query)["statement_id"].to_list() == expected


def test_all_words_must_occur(shipped):
    assert found(shipped, "sponge iron 1.1") == {"S01"}
    assert found(shipped, "۳۵۰") == found(shipped, "350") == {"A25"}
    assert found(shipped, "zzz") == set()
    assert len(found(shipped, "  ")) == len(queries.read_register_table(shipped, "statements"))


def test_every_claim_of_the_report_is_there_with_its_paragraph(shipped):
    rows = {
        row["statement_id"]: row for row in queries.read_register_table(shipped, "statements").iter_rows(named=True)
    }
    for ids in ARTICLE.values():
        for one in ids:
            assert rows[one]["source_id"] == "governor-report"
            assert 0 <= rows[one]["paragraph"] <= 9
            assert rows[one]["claim_fa"] and rows[one]["claim_en"]
    of_report = {one for one, row in rows.items() if row["source_id"] == "governor-report"}
    assert of_report == {one for ids in ARTICLE.values() for one in ids}


def test_every_claim_of_the_report_is_used_by_the_page_it_belongs_to(shipped):
    uses = registry.find_pages_by_statement(shipped, Selection())
    for ids in ARTICLE.values():
        for one in ids:
            assert PAGE.get(one, "value_chains") in uses.get(one, []), one


def test_every_statement_is_used_somewhere(shipped, invented):
    for register in (shipped, invented):
        every = queries.read_register_table(register, "statements").iter_rows(named=True)
        assert [
            row["statement_id"] for row in every if not registry.list_statement_pages(register, Selection(), row)
        ] == []


def test_what_was_said_of_others_stands_on_the_page_of_ranking(shipped):
    others = queries.select_other_province_statements(shipped, Selection())
    assert len(others)
    for row in others.iter_rows(named=True):
        assert "ranking" in registry.list_statement_pages(shipped, Selection(), row)


def test_undated_report_is_known_from_the_end_of_its_interval(shipped):
    from datetime import date

    before = queries.select_statements(shipped, Selection(as_of=date(2025, 8, 25)))["statement_id"].to_list()
    after = queries.select_statements(shipped, Selection(as_of=date(2025, 8, 26)))["statement_id"].to_list()
    assert "A18" not in before and "A18" in after


def told(*claims: str | None):
    """Return statements A0, A1, … with these claims and nothing else."""
    ids = [f"A{place}" for place in range(len(claims))]
    blanks = dict.fromkeys(evidence.SEARCHED, pd.Series([None] * len(ids), dtype="str"))
    return make_arrow_frame(pd.DataFrame({**blanks, "claim_en": pd.Series(claims, dtype="str"), "statement_id": ids}))


def test_the_searched_text_has_the_filled_cells_and_nothing_else():
    assert evidence.build_search_texts(told("1.1 Mt", None)) == {"A0": "1.1mta0", "A1": "a1"}


def test_texts_that_the_caller_keeps_are_searched_in_place_of_new_ones():
    found = evidence.filter_by_query(told("steel", "tea"), "steel", {"A0": "tea a0", "A1": "steel a1"})
    assert found["statement_id"].to_list() == ["A1"]


def test_an_engine_searches_every_word_as_it_is_written():
    statements = told("1.1 of steel", "101 of steel", "1.1 of tea")
    texts = pd.DataFrame(evidence.build_search_texts(statements).items(), columns=["statement_id", engines.SEARCHED])
    found = evidence.filter_by_query(make_arrow_frame(texts).lazy(), "steel 1.1").collect()
    assert found["statement_id"].to_list() == ["A0"]


def test_the_newest_come_first_and_those_of_one_day_by_id():
    days = [datetime(2024, 3, day) for day in (1, 2, 2, 3)]
    statements = make_arrow_frame(
        pd.DataFrame({"statement_id": ["A0", "A2", "A1", "A3"], "measure": list("xxxy"), "said_first_day": days})
    )
    assert evidence.sort_newest_first(statements)["statement_id"].to_list() == ["A3", "A1", "A2", "A0"]
    assert evidence.select_measure_statements(statements, ["x"])["statement_id"].to_list() == ["A1", "A2", "A0"]


def test_tables_are_listed_by_each_statement_that_they_use():
    links = make_arrow_frame(pd.DataFrame({"statement_ids": ["A1 A2", "", "A2"]}))
    promises = make_arrow_frame(pd.DataFrame({"statement_id": ["A2", "A3"]}))
    uses = evidence.list_statement_uses({"links": links, "promises": promises})
    assert uses == {"A1": ["links"], "A2": ["links", "promises"], "A3": ["promises"]}


def test_no_statements_contain_no_word():
    assert len(evidence.filter_by_query(told("steel").head(0), "steel")) == 0


def test_statements_of_each_county_and_kind_counted_by_hand(shipped):
    """Meshginshahr: C01 to C11 of Saheb Divan, C17 of Dostbeyglou, S20 of the Sabalan complex; spent: K08, C04, S02, S09."""
    counties = queries.count_statements_by_code(shipped, "county")
    assert counties == {"meshginshahr": 13}
    assert queries.count_statements_by_code(shipped, "kind")["cost_to_date"] == 4


@pytest.mark.parametrize(("field", "selected"), [("chain", "chains"), ("county", "counties"), ("sector", "sectors")])
def test_a_counted_code_selects_as_many_statements(shipped, field, selected):
    counts = queries.count_statements_by_code(shipped, field)
    for code in queries.list_selection_codes(shipped)[field]:
        chosen = queries.select_statements(shipped, Selection(**{selected: (code,)}))
        assert len(chosen) == counts.get(code, 0), code
