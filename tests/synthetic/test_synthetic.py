"""A made-up country: sound at any size, the same from the same seed, skewed as it says, and never taken for a true one."""

import csv
import filecmp
import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from khoosheh import queries, register, synthetic
from khoosheh.measures.scope import Selection
from khoosheh.synthetic import places, sampling
from khoosheh.synthetic.__main__ import main

TOTAL = 2000
MARKS = {"fa": "ساختگی", "en": "made-up"}
ASKED = (
    "query_stage_additions", "query_investment_amounts", "query_link_balances", "select_benefit_statements", "select_chain_statements", "query_cluster_needs", "query_chain_completion", "select_confidence_statements", "query_earned_value",
    "select_other_province_statements", "query_firms", "query_completion_history", "select_firm_links", "select_investment_statements", "select_need_statements", "query_overall_completion", "query_cluster_phases", "query_province_rankings", "query_plant_capacities", "query_physical_progress",
    "query_commitments", "select_ranking_statements", "query_stage_specialities", "query_computed_rankings", "select_statements", "query_stage_states", "query_investment_totals", "query_amount_coverage", "query_dated_amounts",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return _written(tmp_path_factory.mktemp("scale"), TOTAL, 1)


@pytest.fixture(scope="module")
def country(folder) -> register.Register:
    return register.load_register(folder)


@pytest.fixture(scope="module")
def rows(folder) -> list[dict]:
    return _table(folder, "statements")


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> list[dict]:
    return _table(_written(tmp_path_factory.mktemp("many"), 30_000, 6), "statements")


def _written(folder: Path, total: int, seed: int) -> Path:
    synthetic.write_synthetic_package(folder, total, seed)
    return folder


def _table(folder: Path, name: str) -> list[dict]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _files(folder: Path) -> list[str]:
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())


def test_the_same_seed_writes_the_same_bytes(folder, tmp_path):
    again = _written(tmp_path / "again", TOTAL, 1)
    assert len(_files(folder)) == 19 and filecmp.cmpfiles(folder, again, _files(folder), shallow=False)[1:] == (
        [],
        [],
    )


def test_chunks_leave_no_seam(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("khoosheh.synthetic.package.CHUNK", 137)
    again = _written(tmp_path / "again", TOTAL, 1)
    assert (again / "statements.csv").read_bytes() == (folder / "statements.csv").read_bytes()


def test_another_seed_writes_another_country(folder, tmp_path):
    other = _written(tmp_path / "other", TOTAL, 2)
    differ = set(filecmp.cmpfiles(folder, other, _files(folder), shallow=False)[1])
    assert {"statements.csv", "projects.csv", "observations.csv", "counties.csv"} <= differ


@pytest.mark.parametrize(("total", "seed"), [(1, 0), (7, 5), (50, 3), (1000, 4), (300, 2**63 - 1)])
def test_a_package_of_any_size_is_sound(total, seed, tmp_path):
    found = register.load_register(_written(tmp_path / "one", total, seed))
    assert len(found.table("statements")) == total


def test_files_end_lines_alike(folder):
    for name in _files(folder):
        whole = (folder / name).read_bytes()
        assert b"\r" not in whole and whole.endswith(b"\n"), name


def test_every_name_says_that_it_is_made_up(folder):
    seen = 0
    for table in (path.stem for path in folder.glob("*.csv")):
        for row in _table(folder, table):
            for field, cell in row.items():
                named = re.fullmatch("(name|title|publisher|speaker|claim|proof|product)_(fa|en)", field)
                if named and cell:
                    seen += 1
                    assert MARKS[named[2]] in cell, (table, field, cell)
    assert seen > 4 * TOTAL
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert all(MARKS[lang] in described["labels"][lang].lower() for lang in MARKS)
    assert MARKS["en"] in described["title"].lower() and MARKS["en"] in described["name"]


def test_no_code_or_address_is_anybody_s(folder, country):
    assert {row["iso_3166_2"] for row in _table(folder, "provinces")} == {f"XA-{one:02}" for one in range(1, 32)}
    assert country.province == places.make_province_code(places.OWN)
    assert all(row["address"].startswith("https://example.org/") for row in _table(folder, "sources"))
    assert all(int(row["osm_relation"]) < 0 for row in _table(folder, "counties"))


@pytest.mark.parametrize("total", [256, TOTAL])
def test_every_measure_is_spoken_of_in_the_own_province(total, country, tmp_path):
    rows = _table(_written(tmp_path / "one", total, 8), "statements")
    own = {row["measure"] for row in rows if row["iso_3166_2"] == country.province}
    assert own == set(country.dictionary.values("statements", "measure"))


def test_statements_are_shared_out_as_said(rows, country):
    by_province = Counter(row["iso_3166_2"] for row in rows)
    assert by_province[country.province] == round(TOTAL * places.OWN_SHARE)
    others = [by_province[places.make_province_code(one)] for one in range(31) if one != places.OWN]
    assert others[0] > 2 * others[-1] > 0


def test_few_projects_have_most_statements(many):
    sizes = sorted(Counter(row["project_id"] for row in many if row["project_id"]).values(), reverse=True)
    total = sum(sizes)
    assert sizes[0] > 100 and sum(sizes[: len(sizes) // 100]) > 0.15 * total
    assert sum(sizes[: len(sizes) // 10]) > 0.6 * total
    assert sum(one <= 5 for one in sizes) > 0.6 * len(sizes)
    years = Counter(row["said_to"][:4] for row in many)
    assert min(years) == "1390" and max(years) == "1404" and years["1404"] > 5 * years["1390"] > 0
    months = Counter(row["said_to"][5:7] for row in many if len(row["said_to"]) > 4)
    assert months["11"] > 2 * months["01"] > 0


def test_dates_units_and_warnings_are_mixed(rows):
    assert {len(row["said_to"]) for row in rows} == {4, 7, 10} == {len(row["due_to"]) for row in rows} - {0}
    assert len({row["unit"] for row in rows if row["measure"].startswith(("cost", "financing"))}) >= 8
    assert {row["quality_flag"] for row in rows} == {"", "undated", "identity_inferred", "ambiguous", "implausible"}
    parts = sum(row["is_part"] == "true" for row in rows) / len(rows)
    promises = sum(bool(row["due_state"] or row["due_to"]) for row in rows) / len(rows)
    assert 0.08 < parts < 0.18 and 0.05 < promises < 0.14


def test_progress_mostly_rises(many):
    told: dict[str, list[float]] = {}
    for row in many:
        if row["measure"] == "physical_progress" and row["project_id"]:
            told.setdefault(row["project_id"], []).append(float(row["value_low"]))
    steps = [later - earlier for one in told.values() for earlier, later in pairwise(one)]
    assert len(steps) > 100 and sum(step >= 0 for step in steps) > 0.8 * len(steps)


@pytest.mark.parametrize("question", ASKED)
def test_every_question_of_the_board_has_an_answer(question, country):
    assert len(getattr(queries, question)(country, Selection())) > 0


@pytest.mark.parametrize("dimension", ["project_id", "chain_id", "stage_id", "county_id", "sector", "said_year"])
def test_amounts_fall_into_many_groups(dimension, country):
    assert queries.query_investment_amounts(country, Selection(by=dimension))["group"].n_unique() > 3


@pytest.mark.parametrize("total", [0, 1, 31, 32, 999])
def test_quotas_add_up_and_leave_none_out_where_they_can(total):
    weights = [5, 1, 0.01] + [2] * 29
    found = sampling.compute_quotas(total, weights, 1)
    assert found.sum() == total and (total < 32 or found.min() >= 1)
    # the slow twin: no share is more than one off, the least of each set aside
    for one, weight in zip(found, weights, strict=True):
        least = int(total >= 32)
        assert abs(one - least - (total - 32 * least) * weight / sum(weights)) < 1


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--statements", "0"], "--statements"),
        (["--statements", "-3"], "--statements"),
        (["--statements", "1e3"], "--statements"),
        (["--statements", "many"], "many"),
        (["--statements", "9" * 5000], "--statements"),
        (["--statements", "5", "--seed", "x"], "--seed"),
    ],
)
def test_what_is_no_number_is_refused(words, said, lang, tmp_path, capsys):
    assert main([str(tmp_path / "new"), *words, "--lang", lang]) == 1
    told = capsys.readouterr()
    assert said in told.err and told.out == "" and not (tmp_path / "new").exists()
    assert ("whole number" in told.err) == (lang == "en")


@pytest.mark.parametrize(
    ("lang", "full", "closed"), [("fa", "خالی نیست", "نوشته نشد"), ("en", "not empty", "writable")]
)
def test_a_folder_in_use_or_out_of_reach_is_refused(lang, full, closed, tmp_path, capsys):
    (tmp_path / "mine").write_text("kept")
    words = ["--statements", "5", "--lang", lang]
    assert main([str(tmp_path), *words]) == 1
    assert full in capsys.readouterr().err
    for place in (tmp_path / "mine", tmp_path / "mine" / "below"):
        assert main([str(place), *words]) == 1
        assert closed in capsys.readouterr().err
    assert (tmp_path / "mine").read_text() == "kept" and len(list(tmp_path.iterdir())) == 1


def test_the_command_writes_what_it_says(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert main([str(tmp_path / "empty"), "--statements", "۴۰", "--seed", "9"]) == 0
    assert "۴۰ گفته" in capsys.readouterr().out
    twin = _written(tmp_path / "twin", 40, 9)
    assert (twin / "statements.csv").read_bytes() == (tmp_path / "empty" / "statements.csv").read_bytes()
