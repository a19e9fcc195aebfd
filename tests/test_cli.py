"""The command line gives the same numbers as the pages, and clear words where it cannot."""

import csv
import io
import json

import pytest

from khoosheh import queries
from khoosheh.__main__ import main
from khoosheh.measures.scope import Selection
from testing import made_up


def test_check_says_that_a_sound_package_is_sound(invented_path, capsys):
    assert main(["check", str(invented_path), "--lang", "en"]) == 0
    assert "16 tables, 20 statements" in capsys.readouterr().out


def test_check_prints_all_faults_and_fails(tmp_path, capsys):
    rows = made_up.tables()
    rows["statements"][0]["said_to"] = "1402-12-30"
    rows["statements"][2]["measure"] = "price"
    made_up.write(tmp_path, rows)
    assert main(["check", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "statements.csv:2:said_to" in out and "۲۹" not in out.split("\n")[1]
    assert "سال ۱۴۰۲ کبیسه نیست؛ اسفند ۲۹ روز دارد" in out
    assert main(["check", str(tmp_path), "--format", "json", "--lang", "en"]) == 1
    listed = json.loads(capsys.readouterr().out)
    assert [(one["row"], one["field"]) for one in listed] == [(2, "said_to"), (4, "measure")]
    assert all(one["why"] and one["mend"] for one in listed)


def test_check_of_nothing_is_a_fault(tmp_path, capsys):
    assert main(["check", str(tmp_path / "nowhere"), "--lang", "en"]) == 1
    assert "was not found" in capsys.readouterr().out


@pytest.mark.parametrize(
    "name",
    ["investment", "ranking", "stages", "chains", "evidence", "cluster_needs", "firms", "specialities"],
)
def test_measure_prints_the_tables_of_the_pages(name, invented_path, invented, capsys):
    ask = {"investment": queries.query_investment_amounts, "ranking": queries.query_province_rankings, "stages": queries.query_stage_states,
           "chains": queries.query_chain_completion, "evidence": queries.select_statements, "cluster_needs": queries.query_cluster_needs,
           "firms": queries.query_firms, "specialities": queries.query_stage_specialities}[name]  # fmt: skip
    assert main(["measure", name, "--data", str(invented_path)]) == 0
    printed = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    table = ask(invented, Selection())
    assert len(printed) == len(table)
    for row, twin in zip(printed, table.iter_rows(named=True), strict=True):
        for field in ("statement_ids", "statement_id", "low"):
            if field in twin:
                shown = "" if twin[field] is None else str(twin[field])
                assert row[field] == shown


def test_measure_takes_a_month_and_filters(invented_path, capsys):
    words = ["measure", "investment", "--data", str(invented_path), "--as-of", "1401-06", "--format", "json"]
    assert main([*words, "--where", "unit=bn_toman", "--where", "chain=tea"]) == 0
    assert [(row["group"], row["low"], row["statement_ids"]) for row in json.loads(capsys.readouterr().out)] == [
        ("garden", 10.0, "M01")
    ]


def test_every_number_of_a_measure_is_one_of_json(invented_path, capsys):
    assert main(["measure", "stages", "--data", str(invented_path), "--format", "json"]) == 0
    assert [row["seq"] for row in json.loads(capsys.readouterr().out)] == [1, 2, 3, 1, 2, 3]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--as-of", "1403-13"], "month must be"),
        (["--as-of", "1402-12-30"], "not a leap year"),
        (["--where", "chain=gold"], "gold"),
        (["--where", "colour=red"], "colour"),
        (["--where", "whatif=tea-1:5"], "whatif"),
        (["--where", "chain"], "field=value"),
    ],
)
def test_measure_refuses_what_it_does_not_know(words, said, invented_path, capsys):
    assert main(["measure", "investment", "--data", str(invented_path), "--lang", "en", *words]) == 2
    assert said in capsys.readouterr().err


def test_firms_are_chosen_as_on_the_page(invented_path, capsys):
    where = ["--where", "knowledge_based=no", "--where", "knowledge_based=not_stated", "--where", "isic=4290"]
    assert main(["measure", "firms", "--data", str(invented_path), *where]) == 0
    assert [row["firm_id"] for row in csv.DictReader(io.StringIO(capsys.readouterr().out))] == ["ban"]
    former = [one.replace("knowledge_based=", "kb=") for one in where] + ["--where", "exports=no"]
    present = [*where, "--where", "exporting=no"]
    printed = []
    for asked in (former, present):
        assert main(["measure", "firms", "--data", str(invented_path), *asked]) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    assert (
        main(["measure", "firms", "--data", str(invented_path), "--where", "knowledge_based=maybe", "--lang", "en"])
        == 2
    )
    assert "maybe" in capsys.readouterr().err
