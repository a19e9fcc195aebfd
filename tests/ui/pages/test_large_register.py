"""A large register on the pages: as many rows and bars as anybody reads, and where the others are."""

import re
from types import SimpleNamespace

from streamlit.testing.v1 import AppTest

from khoosheh import queries, register, synthetic
from khoosheh.measures.scope import Selection
from khoosheh.ui.layout import finding
from khoosheh.ui.pages import investment
from khoosheh.ui.state.view import MOST_IDS, View
from testing import made_up

APP = made_up.SHIPPED.parent / "app.py"


def test_rows_and_bars_end_where_nobody_reads_on(tmp_path, monkeypatch):
    large = tmp_path / "country"
    synthetic.write_synthetic_package(large, 16_000)
    loaded = register.load_register(large)
    spoken = len(queries.select_investment_statements(loaded, Selection()))
    tables = queries.select_statements(loaded, Selection()), queries.query_computed_rankings(loaded, Selection())
    sources = len({one for rows in tables for one in rows["source_id"].to_list()})
    assert spoken > finding.MOST_ROWS and sources > finding.MOST_ROWS
    app = AppTest.from_file(str(APP), default_timeout=120)
    app.run()
    monkeypatch.setenv("KHOOSHEH_DATA", str(large))
    app.query_params["lang"] = "en"
    app.switch_page("pages/investment.py").run()
    assert not app.exception
    drawn = [one.proto.body for one in app.get("html")]
    assert any(f">The first {finding.MOST_ROWS} of {spoken} rows.<" in one for one in drawn)
    marks = [int(found) for one in drawn for found in re.findall(r">The first (\d+) of", one)]
    assert len(marks) >= 2 and 0 < min(marks) <= investment.MOST_MARKS
    assert max(one.count("<tr>") for one in drawn if "<table>" in one) == finding.MOST_ROWS + 1
    (paper,) = [one for one in drawn if "khoosheh-paper" in one and "<ol>" in one]
    assert paper.partition("<ol>")[2].count("<li>") == finding.MOST_ROWS
    assert f"The first {finding.MOST_ROWS} of {sources} sources" in paper


def test_a_link_that_would_name_too_many_statements_leads_to_all_of_the_view():
    page = SimpleNamespace(view=View(lang="en", chain=("tea",)))
    ids = [f"S{number}" for number in range(MOST_IDS + 1)]
    assert finding.build_evidence_query(page, " ".join(ids[:-1])) == {"lang": "en", "ids": ",".join(ids[:-1])}
    assert finding.build_evidence_query(page, " ".join(ids)) == {"lang": "en", "chain": "tea"}
