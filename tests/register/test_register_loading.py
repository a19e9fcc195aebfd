"""The register: sound packages load and stay as they are; faulty ones name every fault at once."""

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from khoosheh import register
from khoosheh.locale import LANGUAGES
from khoosheh.register import PackageError, derived_columns
from testing import made_up


def set_cell(table: str, place: int, field: str, value: object):
    def mutate(rows: dict) -> None:
        rows[table][place][field] = value

    return mutate


def add_row(table: str, **row: object):
    return lambda rows: rows[table].append(row)


# what is done to a good package -> the one fault it must give: file, row, field, code
CASES = {
    "date that never was": (set_cell("statements", 0, "said_to", "1402-12-30"), ("statements.csv", 2, "said_to", "date_not_a_leap_year")),
    "month 13": (set_cell("statements", 0, "said_to", "1403-13-01"), ("statements.csv", 2, "said_to", "date_month_out_of_range")),
    "day 31 of Mehr": (set_cell("statements", 1, "said_to", "1402-07-31"), ("statements.csv", 3, "said_to", "date_day_out_of_range")),
    "blank where required": (set_cell("statements", 2, "claim_fa", ""), ("statements.csv", 4, "claim_fa", "constraint_required")),
    "unknown code": (set_cell("statements", 2, "measure", "price"), ("statements.csv", 4, "measure", "constraint_enum")),
    "dangling key": (set_cell("statements", 3, "source_id", "nowhere"), ("statements.csv", 5, "source_id", "foreign_key")),
    "same id twice": (set_cell("statements", 4, "statement_id", "M01"), ("statements.csv", 6, "statement_id", "primary_key")),
    "word for a number": (set_cell("statements", 0, "value_low", "صد"), ("statements.csv", 2, "value_low", "type")),
    "low above high": (set_cell("statements", 0, "value_low", "101"), ("statements.csv", 2, "value_high", "low_above_high")),
    "progress above the whole": (lambda rows: rows["statements"][0].update(measure="physical_progress", unit="pct", value_high="100.5"), ("statements.csv", 2, "value_high", "value_above_most")),
    "planned progress above the whole": (lambda rows: rows["statements"][0].update(measure="progress_planned", unit="pct", value_high="110"), ("statements.csv", 2, "value_high", "value_above_most")),
    "negative progress": (lambda rows: rows["statements"][0].update(measure="physical_progress", unit="pct", value_low="-1"), ("statements.csv", 2, "value_low", "value_below_least")),
    "grade above the whole": (lambda rows: rows["statements"][0].update(measure="grade", unit="pct_cu", value_high="101"), ("statements.csv", 2, "value_high", "value_above_most")),
    "confidence of six out of five": (lambda rows: rows["statements"][0].update(measure="delivery_confidence", unit="confidence_of_five", value_low="4", value_high="6"), ("statements.csv", 2, "value_high", "value_above_most")),
    "negative cost": (set_cell("statements", 0, "value_low", "-1"), ("statements.csv", 2, "value_low", "value_below_least")),
    "negative capacity": (set_cell("statements", 11, "value_low", "-9"), ("statements.csv", 13, "value_low", "value_below_least")),
    "place zero": (set_cell("statements", 13, "value_low", "0"), ("statements.csv", 15, "value_low", "value_below_least")),
    "place beyond the list": (set_cell("statements", 13, "value_high", "11"), ("statements.csv", 15, "value_high", "place_beyond_field")),
    "climb beyond the list": (set_cell("statements", 14, "value_high", "10"), ("statements.csv", 16, "value_high", "climb_beyond_field")),
    "fall beyond the list": (set_cell("statements", 14, "value_low", "-10"), ("statements.csv", 16, "value_low", "climb_beyond_field")),
    "place of a table beyond its list": (lambda rows: rows["indicators"][1].update(field_size=2), ("ranks.csv", 2, "rank_high", "place_beyond_field")),
    "states reversed": (set_cell("statements", 7, "state_low", "operating"), ("statements.csv", 9, "state_high", "low_above_high")),
    "value without unit": (set_cell("statements", 0, "unit", ""), ("statements.csv", 2, "unit", "value_without_unit")),
    "unit without value": (set_cell("statements", 7, "unit", "ha"), ("statements.csv", 9, "unit", "unit_without_value")),
    "from after to": (set_cell("statements", 0, "said_from", "1402-01-01"), ("statements.csv", 2, "said_to", "from_after_to")),
    "due without start": (set_cell("statements", 0, "due_to", "1403"), ("statements.csv", 2, "due_to", "to_without_from")),
    "infinity": (set_cell("statements", 0, "value_high", "inf"), ("statements.csv", 2, "value_high", "absurd_number")),
    "beyond reason": (set_cell("statements", 0, "value_high", "9" * 30), ("statements.csv", 2, "value_high", "absurd_number")),
    "direction override": (set_cell("projects", 0, "name_fa", "باغ\u202eچای"), ("projects.csv", 2, "name_fa", "hostile_text")),
    "stage of another chain": (set_cell("projects", 0, "stage_id", "glass-1"), ("projects.csv", 2, "stage_id", "stage_of_other_chain")),
    "order twice": (set_cell("stages", 1, "seq", 1), ("stages.csv", 3, "seq", "stage_order_twice")),
    "rate of a month": (set_cell("exchange_rates", 0, "year", "1401-05"), ("exchange_rates.csv", 2, "year", "constraint_pattern")),
    "rates reversed": (set_cell("exchange_rates", 0, "rate_irr_low", 400000), ("exchange_rates.csv", 2, "rate_irr_mean", "low_above_high")),
    "negative place": (set_cell("ranks", 0, "rank_low", 0), ("ranks.csv", 2, "rank_low", "constraint_minimum")),
    "firm linked with itself": (set_cell("links", 0, "partner_firm_id", "tarh"), ("links.csv", 2, "partner_firm_id", "link_to_itself")),
    "link to no firm": (set_cell("links", 1, "partner_firm_id", "nobody"), ("links.csv", 3, "partner_firm_id", "foreign_key")),
    "link from no firm": (set_cell("links", 1, "firm_id", "nobody"), ("links.csv", 3, "firm_id", "foreign_key")),
    "unknown kind of link": (set_cell("links", 0, "kind", "friends"), ("links.csv", 2, "kind", "constraint_enum")),
    "firm nobody published": (set_cell("firms", 0, "source_id", ""), ("firms.csv", 2, "source_id", "constraint_required")),
    "firm of no county": (set_cell("firms", 0, "county_id", "nowhere"), ("firms.csv", 2, "county_id", "foreign_key")),
    "class of three digits": (set_cell("firms", 0, "isic4", "711"), ("firms.csv", 2, "isic4", "constraint_pattern")),
    "words for true": (set_cell("firms", 0, "is_knowledge_based", "بله"), ("firms.csv", 2, "is_knowledge_based", "type")),
    "exports without a low end": (set_cell("firms", 2, "export_value_usd_per_year_high", "5"), ("firms.csv", 4, "export_value_usd_per_year_low", "no_low")),
    "exports of who exports nothing": (set_cell("firms", 0, "export_value_usd_per_year_low", "5"), ("firms.csv", 2, "exports", "value_without_exports")),
    "need of no phase": (set_cell("requirements", 0, "phase_id", "nowhere"), ("requirements.csv", 2, "phase_id", "foreign_key")),
    "phase without proof": (set_cell("life_cycle", 0, "proof_en", ""), ("life_cycle.csv", 2, "proof_en", "constraint_required")),
    "shape of no county": (lambda rows: rows["counties"].pop(), ("geo/counties.geojson", None, "id", "stray_shape")),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_mistake_is_named_at_its_cell(name, tmp_path):
    mutate, expected = CASES[name]
    rows = made_up.tables()
    mutate(rows)
    faults = register.check_package(made_up.write(tmp_path, rows))
    found = [(fault.file, fault.row, fault.field, fault.code) for fault in faults]
    assert expected in found
    for lang in LANGUAGES:
        for fault in faults:
            assert fault.why(lang) and fault.mend(lang)
            assert not re.search(r"\{[a-z_]+\}", fault.line(lang))


BOUNDS = {
    "the whole": {"measure": "physical_progress", "unit": "pct", "value_low": "0", "value_high": "100"},
    "implausible, as its source has it": {
        "measure": "physical_progress", "unit": "pct", "value_low": "110", "value_high": "110", "quality_flag": "implausible",
    },
    "a loss": {"measure": "income_per_year", "unit": "bn_irr", "value_low": "-5", "value_high": "-5"},
    "the last place": {"measure": "rank", "unit": "place", "indicator_id": "speed", "value_low": "10", "value_high": "10"},
    "from last to first": {
        "measure": "rank_change", "unit": "places", "indicator_id": "speed", "value_low": "-9", "value_high": "9",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", BOUNDS)
def test_figures_at_their_bounds_are_no_faults(name, tmp_path):
    rows = made_up.tables()
    rows["statements"][0] |= BOUNDS[name]
    assert register.check_package(made_up.write(tmp_path, rows)) == []


def test_all_mistakes_are_told_at_once_in_order(tmp_path):
    rows = made_up.tables()
    for name in ("unknown code", "dangling key", "low above high", "order twice", "rates reversed"):
        CASES[name][0](rows)
    with pytest.raises(PackageError) as error:
        register.load_register(made_up.write(tmp_path, rows))
    found = [(fault.file, fault.row, fault.code) for fault in error.value.faults]
    assert found == [
        ("exchange_rates.csv", 2, "low_above_high"),
        ("stages.csv", 3, "stage_order_twice"),
        ("statements.csv", 2, "low_above_high"),
        ("statements.csv", 4, "constraint_enum"),
        ("statements.csv", 5, "foreign_key"),
    ]


FILES = {
    "no folder": (lambda folder: [file.unlink() for file in folder.rglob("*.*")], "missing_file"),
    "no table": (lambda folder: (folder / "stages.csv").unlink(), "missing_file"),
    "bad JSON": (lambda folder: (folder / "datapackage.json").write_text("{,"), "bad_json"),
    "list for a descriptor": (lambda folder: (folder / "datapackage.json").write_text("[]"), "no_resources"),
    "other encoding": (lambda folder: (folder / "chains.csv").write_bytes("نام".encode("cp1256")), "encoding"),
    "no map": (lambda folder: (folder / "geo" / "counties.geojson").write_text("[]"), "bad_map"),
}


@pytest.mark.parametrize("name", FILES)
def test_faulty_files_are_faults_not_tracebacks(name, tmp_path):
    made_up.write(tmp_path)
    spoil, code = FILES[name]
    spoil(tmp_path)
    assert code in {fault.code for fault in register.check_package(tmp_path)}


def test_path_out_of_the_folder_is_refused(tmp_path):
    made_up.write(tmp_path)
    file = tmp_path / "datapackage.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"chains.csv"', '"../chains.csv"'), encoding="utf-8")
    assert [fault.code for fault in register.check_package(tmp_path)] == ["bad_path"]


def test_a_descriptor_without_a_needed_field_says_which(tmp_path):
    made_up.write(tmp_path)
    file = tmp_path / "datapackage.json"
    described = json.loads(file.read_text(encoding="utf-8"))
    table = next(one for one in described["resources"] if one["name"] == "chains")
    table["schema"]["fields"] = [field for field in table["schema"]["fields"] if field["name"] != "note_fa"]
    file.write_text(json.dumps(described), encoding="utf-8")
    assert [(fault.code, fault.field) for fault in register.check_package(tmp_path)] == [
        ("descriptor_lacks", "chains.note_fa")
    ]


@pytest.mark.parametrize("change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_marks_and_line_ends_of_other_systems_do_no_harm(change, tmp_path):
    made_up.write(tmp_path)
    for name in ("statements.csv", "sources.csv"):
        file = tmp_path / name
        file.write_bytes(change(file.read_text(encoding="utf-8")).encode())
    assert register.check_package(tmp_path) == []


def spoil_column(frame: pd.DataFrame) -> None:
    frame["claim_fa"] = "دروغ"


def spoil_cell(frame: pd.DataFrame) -> None:
    frame.loc[0, "value_low"] = 1e9


def spoil_drop(frame: pd.DataFrame) -> None:
    frame.pop("claim_fa")


def spoil_array(frame: pd.DataFrame) -> None:
    frame["value_low"].array[0] = 7


def spoil_values(frame: pd.DataFrame) -> None:
    frame["value_low"].to_numpy()[:] = 7


def spoil_whole_numbers(frame: pd.DataFrame) -> None:
    frame["paragraph"].array[0] = 7


def spoil_flags(frame: pd.DataFrame) -> None:
    frame["is_part"].array[0] = True


def spoil_days(frame: pd.DataFrame) -> None:
    frame["said_first_day"].array[0] = pd.Timestamp("2000-01-01")


def spoil_forced(frame: pd.DataFrame) -> None:
    numbers = frame["value_low"].to_numpy()
    numbers.setflags(write=True)
    numbers[:] = 7


def spoil_below_the_mask(frame: pd.DataFrame) -> None:
    hidden = frame["paragraph"].array._mask
    hidden.setflags(write=True)
    hidden[:] = True


@pytest.mark.parametrize("spoil", [spoil_column, spoil_cell, spoil_drop])
def test_a_changed_table_is_the_readers_own(invented, spoil):
    before = invented.table("statements").to_csv()
    spoil(invented.table("statements"))
    assert invented.table("statements").to_csv() == before


@pytest.mark.parametrize(
    "spoil",
    [spoil_array, spoil_values, spoil_whole_numbers, spoil_flags, spoil_days, spoil_forced, spoil_below_the_mask],
)
def test_what_lies_below_a_table_cannot_be_written(invented, spoil):
    before = invented.table("statements").to_csv()
    with pytest.raises(ValueError, match=r"read-only|writable|WRITEABLE"):
        spoil(invented.table("statements"))
    assert invented.table("statements").to_csv() == before


def test_statements_take_their_place_from_project_and_stage(invented):
    frame = invented.table("statements").set_index("statement_id")
    assert frame.loc["M01", ["chain_id", "stage_id", "county_id", "sector"]].tolist() == ["tea", "tea-1", "bala", "A"]
    assert frame.loc["M20", "chain_id"] == "glass"
    assert pd.isna(frame.loc["M14", "chain_id"])
    assert frame.loc["M03", ["said_first_year", "said_last_year"]].tolist() == [1401, 1402]
    assert frame.loc["M02", "said_last_day"] == pd.Timestamp("2023-06-21")


def test_a_statements_own_chain_and_stage_win_over_those_of_its_project():
    statements = pd.DataFrame({
        "statement_id": ["own", "own stage", "of project", "of stage"],
        "chain_id": ["glass", None, None, None], "stage_id": ["glass-1", "glass-1", None, "glass-1"],
        "project_id": ["garden", "garden", "garden", None],
    }, dtype="str")  # fmt: skip
    projects = pd.DataFrame({
        "project_id": ["garden"], "chain_id": ["tea"], "stage_id": ["tea-1"], "county_id": ["bala"], "sector": ["A"],
    }, dtype="str")  # fmt: skip
    stages = pd.DataFrame({"stage_id": ["tea-1", "glass-1"], "chain_id": ["tea", "glass"]}, dtype="str")
    found = derived_columns.add_statement_places(statements, projects, stages).set_index("statement_id")
    assert found.loc["own", ["chain_id", "stage_id", "county_id"]].to_list() == ["glass", "glass-1", "bala"]
    # its project's chain wins over that of its stage; a checked register has no such two
    assert found.loc["own stage", ["chain_id", "stage_id"]].to_list() == ["tea", "glass-1"]
    assert found.loc["of project", ["chain_id", "stage_id"]].to_list() == ["tea", "tea-1"]
    assert found.loc["of stage", "chain_id"] == "glass"


def test_a_deadline_is_never_over_before_it_begins(tmp_path):
    """A promise 'from 1402 to 1402-05' ends with its month, though 1402 ends later."""
    rows = made_up.tables()
    rows["statements"][10] |= {"due_from": "1402", "due_to": "1402-05"}
    row = register.load_register(made_up.write(tmp_path, rows)).table("statements").iloc[10]
    assert row["deadline_low_day"] == row["deadline_high_day"] == pd.Timestamp("2023-08-22")


def test_types_are_those_of_the_dictionary(invented):
    frame = invented.table("statements")
    assert frame["value_low"].dtype == np.float64
    assert str(frame["paragraph"].dtype) == "Int64"
    assert str(frame["is_part"].dtype) == "boolean"


def test_dictionary_gives_labels_codes_and_units(shipped):
    words = shipped.dictionary
    assert words.value_label("statements", "unit", "hemat", "fa") == "همت"
    assert words.field_label("projects", "county_id", "en") == "County"
    assert words.unit("exchange_rates", "rate_irr_mean") == "IRR"
    assert words.value_label("statements", "unit", None, "fa") is None
    for table in words.tables:
        for field in words.fields(table):
            for lang in LANGUAGES:
                assert words.field_label(table, field, lang)


def test_version_follows_the_files(invented_path, invented, tmp_path):
    assert register.load_register(made_up.write(tmp_path / "same")).version == invented.version
    rows = made_up.tables()
    rows["chains"][0]["name_en"] = "Green tea"
    assert register.load_register(made_up.write(tmp_path / "other", rows)).version != invented.version


def test_progress_is_told_from_start_to_end(invented_path):
    told = []
    register.load_register(invented_path, lambda share, table: told.append((share, table)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares) and shares[0] == 0 and shares[-1] == 1
    assert {table for _, table in told} >= {"statements", "sources"}


def test_environment_names_the_package(monkeypatch, invented_path, invented):
    monkeypatch.setenv("KHOOSHEH_DATA", str(invented_path))
    assert register.load_register().version == invented.version


@pytest.mark.parametrize("folder", ["shipped", "invented"])
def test_public_validator_finds_the_package_valid(folder, invented_path):
    path = {"shipped": made_up.SHIPPED, "invented": invented_path}[folder]
    tool = Path(sys.executable).with_name("frictionless")
    done = subprocess.run(
        [tool, "validate", "datapackage.json"], cwd=path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:]
    assert "INVALID" not in done.stdout
