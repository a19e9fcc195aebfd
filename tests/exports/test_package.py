"""The package: what the public validator accepts, what comes back from it, and the same bytes each time."""

import csv
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import made_up_cluster
import narwhals as nw
import pytest
from frictionless import Package

from khoosheh import queries, register
from khoosheh.exports import ExportError, package
from khoosheh.measures.scope import Selection
from testing import made_up

ALL = Selection()
ASKED = (
    queries.query_investment_amounts, queries.query_investment_totals, queries.query_stage_states, queries.query_chain_completion, queries.query_link_balances, queries.query_commitments, queries.query_physical_progress,
    queries.query_earned_value, queries.query_province_rankings, queries.query_computed_rankings, queries.select_statements, queries.select_other_province_statements, queries.select_ranking_statements, queries.select_need_statements,
    queries.query_cluster_needs, queries.query_cluster_phases,
)  # fmt: skip
SELECTIONS = {
    "steel": Selection(chains=("steel",)),
    "two chains, two sectors": Selection(chains=("copper", "textile"), sectors=("B", "C"), by="chain_id"),
    "before all": Selection(as_of=date(2014, 3, 1)),
    "a county in 1401": Selection(counties=("meshginshahr",), as_of=date(2022, 9, 1), unit="m_usd_market"),
    "copper in 1404": Selection(chains=("copper",), as_of=date(2025, 9, 1), unit="bn_toman", by="said_year"),
}


def unpacked(whole: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        archive.extractall(folder)
    return folder


def shown(table) -> list[dict]:
    return [{name: str(value) for name, value in row.items()} for row in table.iter_rows(named=True)]


@pytest.mark.parametrize("name", SELECTIONS)
def test_what_comes_back_shows_what_the_pages_showed(name, shipped, tmp_path):
    selection = SELECTIONS[name]
    again = register.load_register(unpacked(package.build_package_zip(shipped, selection, "fa"), tmp_path))
    for ask in ASKED:
        before, after = ask(shipped, selection), ask(again, replace(selection, as_of=None))
        if ask is queries.query_link_balances and selection.chains:
            # the page asks for the balance of the chosen chains only
            before, after = (one.filter(nw.col("chain_id").is_in(selection.chains)) for one in (before, after))
        assert shown(after) == shown(before), ask.__name__


@pytest.mark.parametrize("name", ["steel", "before all", "copper in 1404"])
def test_the_public_validator_accepts_the_zip(name, shipped, tmp_path):
    file = tmp_path / "register.zip"
    file.write_bytes(package.build_package_zip(shipped, SELECTIONS[name], "en"))
    assert Package(str(file)).validate().valid


def test_the_public_command_accepts_the_zip_and_refuses_a_spoilt_one(invented, tmp_path):
    whole = package.build_package_files(invented, Selection(as_of=date(2023, 6, 15)), "en")
    for name, expected in (("sound", 0), ("spoilt", 1)):
        file = tmp_path / f"{name}.zip"
        with zipfile.ZipFile(file, "w") as archive:
            for path, content in whole.items():
                spoilt = name == "spoilt" and path == "sources.csv"
                archive.writestr(path, content.split(b"\n")[0] if spoilt else content)
        command = [str(Path(sys.executable).parent / "frictionless"), "validate", str(file)]
        assert subprocess.run(command, capture_output=True, check=False).returncode == expected


def test_the_same_question_gives_the_same_bytes(invented_path, monkeypatch):
    made = []
    for zone in ("UTC", "Asia/Tehran"):
        monkeypatch.setenv("TZ", zone)
        made.append(
            package.build_package_zip(register.load_register(invented_path), Selection(chains=("tea",)), "fa")
        )
    assert hashlib.sha256(made[0]).digest() == hashlib.sha256(made[1]).digest()
    with zipfile.ZipFile(io.BytesIO(made[0])) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "datapackage.json"


def test_a_whole_package_is_the_register_byte_for_byte(shipped, tmp_path):
    folder = unpacked(package.build_package_zip(shipped, ALL, "fa"), tmp_path)
    assert register.load_register(folder).version == shipped.version
    for file in made_up.SHIPPED.rglob("*"):
        if file.is_file():
            assert (folder / file.relative_to(made_up.SHIPPED)).read_bytes() == file.read_bytes()
    extra = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
    assert extra - {one.relative_to(made_up.SHIPPED).as_posix() for one in made_up.SHIPPED.rglob("*")} == {
        "EXPORT.txt"
    }


def ids(whole: dict[str, bytes], table: str, field: str) -> set[str]:
    return {row[field] for row in csv.DictReader(io.StringIO(whole[f"{table}.csv"].decode()))}


# Worked out by hand from the statements in tests/made_up.py.
def test_later_statements_and_their_sources_are_left_out(tmp_path):
    rows = made_up.tables()
    rows["statements"][1]["source_id"] = "paper-2"
    for rank in rows["ranks"]:
        rank["source_id"] = "paper-1"
    found = register.load_register(made_up.write(tmp_path, rows))
    whole = package.build_package_files(found, Selection(as_of=date(2022, 6, 1)), "en")
    assert ids(whole, "statements", "statement_id") == {"M01", "M08"}
    assert ids(whole, "sources", "source_id") == {"paper-1"}, "all that rested on paper-2 was said later"
    assert ids(whole, "ranks", "indicator_id") == ids(whole, "observations", "indicator_id") == set()
    assert ids(whole, "projects", "project_id") == {"garden", "dryer", "packer", "furnace", "school"}
    described = json.loads(whole["datapackage.json"])
    assert described["compiled_on"] == "1401-03-11" and described["narrowed_from"]["version"] == found.version
    assert described["narrowed_from"]["compiled_on"] == "1402-12-29"


def test_filters_leave_out_what_is_of_other_chains(invented):
    whole = package.build_package_files(invented, Selection(chains=("glass",)), "en")
    # pages show under all filters: M14 to M16 on indicators, M18 on a need, M19 of another province
    shown_ = {"M06", "M12", "M13", "M14", "M15", "M16", "M18", "M19", "M20"}
    assert ids(whole, "statements", "statement_id") == shown_
    assert ids(whole, "projects", "project_id") == {"furnace", "school"}
    assert ids(whole, "stages", "stage_id") == {"glass-1", "glass-2", "glass-3"}
    assert ids(whole, "chains", "chain_id") == {"glass"}
    assert ids(whole, "provinces", "iso_3166_2") == {"XA-01", "XA-02", "XA-03"}


def test_what_is_left_leads_nowhere_but_to_what_is_left(tmp_path):
    rows = made_up.tables()
    rows["stages"][3] |= {"input_stage_id": "tea-2", "coefficient_source_id": "paper-2"}
    rows["requirements"][0]["chain_id"] = "tea"
    found = register.load_register(made_up.write(tmp_path / "register", rows))
    folder = unpacked(package.build_package_zip(found, Selection(chains=("glass",)), "en"), tmp_path / "made")
    assert register.check_package(folder) == []
    again = register.load_register(folder)
    assert set(again.table("stages")["stage_id"]) == {"glass-1", "glass-2", "glass-3", "tea-2"}
    assert set(again.table("chains")["chain_id"]) == {"glass", "tea"}, "a need and a stage lead to tea"
    assert set(again.table("projects")["project_id"]) == {"furnace", "school"}


@pytest.mark.parametrize("day", [date(2023, 9, 1), date(2024, 3, 1)])
def test_firms_and_links_are_those_published_by_the_day(day, tmp_path):
    found = register.load_register(made_up.write(tmp_path / "register", made_up_cluster.tables()))
    selection = Selection(as_of=day, counties=("pain",), chains=("tea",))
    again = register.load_register(unpacked(package.build_package_zip(found, selection, "en"), tmp_path / "made"))
    # f11 stands in a source of Dey 1402, with the link K06 to it
    later = day > date(2024, 1, 1)
    assert ("f11" in set(again.table("firms")["firm_id"])) == later
    assert ("K06" in set(again.table("links")["link_id"])) == later
    for ask in (queries.query_firms, queries.select_firm_links, queries.query_stage_specialities):
        for asked in (Selection(as_of=day), Selection(as_of=day, counties=("pain",))):
            before, after = (shown(ask(one, asked)) for one in (found, again))
            if ask is queries.query_stage_specialities:
                before = [row for row in before if row["chain_id"] == "tea"]
            for partners, table in (("5", before), ("4", after)):
                for row in table:
                    # of a package of one chain, only its stages can be named
                    row.pop("stage_ids", None)
                    if row.get("firm_id") == "f06" and not later:
                        # the link to f11 was published before f11 was
                        assert row.pop("partners") == partners
            assert after == before


def test_tables_of_a_package_s_own_follow_their_statements(tmp_path):
    folder = made_up.write(tmp_path / "register")
    described = json.loads((folder / "datapackage.json").read_text())
    labels = {"fa": "یادداشت‌ها", "en": "Notes"}
    fields = [{"name": name, "type": "string", "labels": labels} for name in ("note_id", "statement_id", "source_id")]
    links = [
        {"fields": f"{one}_id", "reference": {"resource": f"{one}s", "fields": f"{one}_id"}}
        for one in ("statement", "source")
    ]
    schema = {"fields": fields, "primaryKey": "note_id", "foreignKeys": links}
    own = {"name": "notes", "path": "notes.csv", "labels": labels, "schema": schema, "bytes": 57, "type": "table"}
    described["resources"].append({**own, "format": "csv", "encoding": "utf-8", "mediatype": "text/csv"})
    (folder / "datapackage.json").write_text(json.dumps(described))
    (folder / "notes.csv").write_text("note_id,statement_id,source_id\n1,M01,paper-1\n2,M02,paper-2\n")
    found = register.load_register(folder)
    whole = package.build_package_files(found, Selection(as_of=date(2022, 6, 1)), "en")
    assert ids(whole, "notes", "note_id") == {"1"}
    assert "bytes" not in json.loads(whole["datapackage.json"])["resources"][-1]
    assert (
        register.check_package(
            unpacked(package.build_package_zip(found, Selection(as_of=date(2022, 6, 1)), "en"), tmp_path / "made")
        )
        == []
    )


def test_a_hostile_register_comes_back_as_it_was(hostile_register, tmp_path):
    for place, selection in enumerate((ALL, Selection(chains=("tea",)), Selection(as_of=date(2023, 6, 15)))):
        folder = unpacked(package.build_package_zip(hostile_register, selection, "en"), tmp_path / str(place))
        again = register.load_register(folder)
        before = hostile_register.table("statements").set_index("statement_id")
        for one, row in again.table("statements").set_index("statement_id").iterrows():
            for field in ("claim_fa", "speaker_en", "value_printed"):
                assert row[field] == before.loc[one, field]


def test_a_register_whose_files_changed_since_is_refused(tmp_path):
    found = register.load_register(made_up.write(tmp_path))
    file = tmp_path / "statements.csv"
    file.write_bytes(file.read_bytes() + b"\n")
    with pytest.raises(ExportError) as refused:
        package.build_package_zip(found, ALL, "fa")
    assert refused.value.code == "changed" and str(tmp_path) not in refused.value.words("fa")
    file.unlink()
    with pytest.raises(ExportError):
        package.build_package_zip(found, ALL, "fa")


def test_only_readme_and_licences_go_with_the_data(tmp_path):
    folder = made_up.write(tmp_path / "register")
    (folder / "licences").mkdir()
    for name in ("README.md", "LICENSE", "licences/MIT.txt", "drafts.csv", ".secret", "notes.txt"):
        (folder / name).write_text(name)
    (tmp_path / "elsewhere").write_text("not to be taken along")
    (folder / "README.link").symlink_to(tmp_path / "elsewhere")
    found = set(package.build_package_files(register.load_register(folder), ALL, "en"))
    assert {"README.md", "LICENSE", "licences/MIT.txt", "EXPORT.txt"} <= found
    assert not found & {"drafts.csv", ".secret", "notes.txt", "README.link"}


def test_the_note_says_what_the_package_is(shipped):
    note = package.build_package_files(shipped, Selection(chains=("steel",), as_of=date(2024, 9, 21)), "fa")[
        "EXPORT.txt"
    ].decode()
    for part in ("۳۱ شهریور ۱۴۰۳", "فولاد", shipped.version, "MIT"):
        assert part in note


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_note_warns_in_both_languages_of_cells_that_begin_like_formulas(lang, invented):
    note = package.build_package_files(invented, ALL, lang)["EXPORT.txt"].decode()
    assert "= + - or @" in note and "= یا + یا - یا @" in note
