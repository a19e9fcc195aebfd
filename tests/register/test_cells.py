"""Files and cells that have not the form asked for: their own faults, all of them, and no false ones beside."""

import csv
from pathlib import Path

import pytest
from frictionless import Package

from khoosheh import register
from khoosheh.locale import LANGUAGES
from khoosheh.register import schema_checks
from testing import made_up


def cells(name: str, change):
    """Change the cells of a table in place; the heading is row 0."""

    def spoil(folder: Path) -> None:
        file = folder / name
        with file.open(encoding="utf-8", newline="") as source:
            rows = list(csv.reader(source))
        change(rows)
        with file.open("w", encoding="utf-8", newline="") as target:
            csv.writer(target, lineterminator="\n").writerows(rows)

    return spoil


def cell(name: str, row: int, called: str, value: str):
    return cells(f"{name}.csv", lambda rows: rows[row].__setitem__(rows[0].index(called), value))


def rename(place: int, name: str):
    return cells("chains.csv", lambda rows: rows[0].__setitem__(place, name))


def swap(rows: list) -> None:
    rows[0][2:4] = reversed(rows[0][2:4])


def both(*spoils):
    return lambda folder: [spoil(folder) for spoil in spoils]


def rewrite(name: str, change):
    return lambda folder: (folder / name).write_bytes(change((folder / name).read_bytes()))


LEAP = cell("statements", 1, "said_to", "1402-12-30")
LEAP_FAULT = ("statements.csv", 2, "said_to", "date_not_a_leap_year")
MAP = "geo/counties.geojson"
# what is done -> all faults it gives: file, row, field, code
TABLES = {
    "cell too many": (both(LEAP, cells("statements.csv", lambda rows: rows[5].append("x"))), [LEAP_FAULT, ("statements.csv", 6, "", "extra_cell")]),
    "cell too many in the first row": (cells("statements.csv", lambda rows: rows[1].append("x")), [("statements.csv", 2, "", "extra_cell")]),
    "cell too many in every row": (cells("chains.csv", lambda rows: [row.append("x") for row in rows[1:]]), [("chains.csv", 2, "", "extra_cell"), ("chains.csv", 3, "", "extra_cell")]),
    "cell too few": (cells("chains.csv", lambda rows: rows[1].pop()), [("chains.csv", 2, "note_en", "missing_cell")]),
    "blank line": (both(LEAP, cells("statements.csv", lambda rows: rows.insert(1, []))), [("statements.csv", 2, "", "blank_row"), ("statements.csv", 3, "said_to", "date_not_a_leap_year")]),
    "cell of two lines": (both(cell("statements", 1, "claim_fa", "یک\nدو"), cell("statements", 6, "measure", "zz")), [("statements.csv", 7, "measure", "constraint_enum")]),
    "column left out": (cells("statements.csv", lambda rows: [row.pop(0) for row in rows]), [("statements.csv", 1, "statement_id", "missing_label")]),
    "column too many": (cells("chains.csv", lambda rows: [row.append("x") for row in rows]), [("chains.csv", 1, "x", "extra_label")]),
    "column without a name": (rename(3, ""), [("chains.csv", 1, "4", "blank_label"), ("chains.csv", 1, "name_en", "missing_label")]),
    "column named twice": (rename(3, "name_fa"), [("chains.csv", 1, "name_en", "missing_label"), ("chains.csv", 1, "name_fa", "duplicate_label")]),
    "columns swapped": (cells("chains.csv", swap), [("chains.csv", 1, "name_en", "incorrect_label"), ("chains.csv", 1, "name_fa", "incorrect_label")]),
    "nothing at all": (rewrite("chains.csv", lambda whole: b""), [("chains.csv", None, "", "empty_file")]),
    "file missing": (lambda folder: (folder / "stages.csv").unlink(), [("stages.csv", None, "", "missing_file")]),
    "folder for a file": (lambda folder: [(folder / "stages.csv").unlink(), (folder / "stages.csv").mkdir()], [("stages.csv", None, "", "missing_file")]),
    "UTF-16": (rewrite("chains.csv", lambda whole: whole.decode().encode("utf-16")), [("chains.csv", 1, "", "encoding")]),
    "one byte astray": (rewrite("chains.csv", lambda whole: whole.replace(b"Glass", b"Gl\xe1ss")), [("chains.csv", 3, "", "encoding")]),
    "same row twice": (cells("statements.csv", lambda rows: rows.append(rows[1])), [("statements.csv", 22, "statement_id", "primary_key")]),
    "key left blank": (cell("price_index", 1, "year_gregorian", ""), [("price_index.csv", 2, "year_gregorian", "constraint_required")]),
    "key of three fields twice": (cells("ranks.csv", lambda rows: rows.append(rows[1])), [("ranks.csv", 5, "indicator_id, iso_3166_2, period_from", "primary_key")]),
    "unique number twice": (cell("counties", 2, "osm_relation", "01"), [("counties.csv", 3, "osm_relation", "unique"), (MAP, None, "id", "stray_shape")]),
    "blanks for a text": (cell("statements", 1, "claim_fa", "   "), [("statements.csv", 2, "claim_fa", "constraint_required")]),
    "Persian digits": (cell("statements", 1, "value_low", "۱۰۰"), [("statements.csv", 2, "value_low", "type")]),
    "marked thousands": (cell("statements", 1, "value_low", "1_0"), [("statements.csv", 2, "value_low", "type")]),
    "Persian year": (cell("price_index", 1, "year_gregorian", "۲۰۲۰"), [("price_index.csv", 2, "year_gregorian", "type")]),
    "fraction for an integer": (cell("statements", 1, "paragraph", "2.0"), [("statements.csv", 2, "paragraph", "type")]),
    "not a number": (cell("statements", 1, "value_high", "NaN"), [("statements.csv", 2, "value_high", "absurd_number")]),
    "number without end": (cell("statements", 1, "value_high", "1e400"), [("statements.csv", 2, "value_high", "absurd_number")]),
    "NUL": (cell("statements", 1, "claim_fa", "یک\0دو"), [("statements.csv", 2, "claim_fa", "hostile_text")]),
    "isolate": (cell("statements", 1, "claim_fa", "یک\u2067دو"), [("statements.csv", 2, "claim_fa", "hostile_text")]),
    "C1 control": (cell("statements", 1, "claim_fa", "یک\x9bدو"), [("statements.csv", 2, "claim_fa", "hostile_text")]),
    "stage of another chain than the project's": (cell("statements", 1, "stage_id", "glass-1"), [("statements.csv", 2, "stage_id", "stage_of_other_chain")]),
    "chain of another stage than the project's": (cell("statements", 1, "chain_id", "glass"), [("statements.csv", 2, "chain_id", "chain_of_other_project")]),
    "shape without an id": (rewrite(MAP, lambda whole: whole.replace(b'"id": "2", ', b"")), [(MAP, None, "features.1.id", "shape_without_id")]),
    "shape without an outline": (rewrite(MAP, lambda whole: whole.replace(b'"Polygon"', b'"Point"', 1)), [(MAP, None, "features.0.geometry", "shape_without_outline")]),
    "shape off the globe": (rewrite(MAP, lambda whole: whole.replace(b"[50, 30]", b"[500, 30]")), [(MAP, None, "features.0.geometry", "shape_without_outline"), (MAP, None, "features.1.geometry", "shape_without_outline")]),
    "shape that is not closed": (rewrite(MAP, lambda whole: whole.replace(b"[50, 30]]]", b"[50, 31]]]")), [(MAP, None, "features.0.geometry", "shape_without_outline"), (MAP, None, "features.1.geometry", "shape_without_outline")]),
    "shape with words for degrees": (rewrite(MAP, lambda whole: whole.replace(b"[51, 31]", b'["51", 31]')), [(MAP, None, "features.0.geometry", "shape_without_outline"), (MAP, None, "features.1.geometry", "shape_without_outline")]),
    "shape twice": (rewrite(MAP, lambda whole: whole.replace(b'"id": "2"', b'"id": "1"')), [(MAP, None, "features.1.id", "unique")]),
    "map without bottom": (rewrite(MAP, lambda whole: b"[" * 100_000), [(MAP, None, "", "bad_map")]),
    "descriptor of another encoding": (rewrite("datapackage.json", lambda whole: whole.decode().encode("utf-16")), [("datapackage.json", None, "", "encoding")]),
    "descriptor without bottom": (rewrite("datapackage.json", lambda whole: b"[" * 100_000), [("datapackage.json", None, "", "bad_json")]),
    "descriptor with a mark": (rewrite("datapackage.json", lambda whole: b"\xef\xbb\xbf" + whole), [("datapackage.json", None, "", "byte_order_mark")]),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_one_mistake_gives_its_own_faults_and_no_others(name, tmp_path):
    spoil, expected = TABLES[name]
    spoil(made_up.write(tmp_path))
    faults = register.check_package(tmp_path)
    assert [(fault.file, fault.row, fault.field, fault.code) for fault in faults] == expected
    assert all(fault.why(lang) and fault.mend(lang) for fault in faults for lang in LANGUAGES)


@pytest.mark.parametrize("name", [name for name in TABLES if "without bottom" not in name])
def test_what_the_public_validator_refuses_is_refused_here(name, tmp_path):
    spoil, _ = TABLES[name]
    spoil(made_up.write(tmp_path))
    try:
        sound = Package(str(tmp_path / "datapackage.json")).validate().valid
    except Exception:
        # Some of these packages end the public validator itself.
        sound = False
    assert sound or register.check_package(tmp_path)


@pytest.mark.parametrize("name", ["price_index", "ranks", "statements"])
def test_a_table_may_have_no_rows(name, tmp_path):
    cells(f"{name}.csv", lambda rows: rows.__delitem__(slice(1, None)))(made_up.write(tmp_path))
    frame = register.load_register(tmp_path).table(name)
    assert len(frame) == 0
    assert name != "statements" or str(frame["said_first_day"].dtype) == "datetime64[us]"


def test_mends_say_what_to_do(tmp_path):
    made_up.write(tmp_path)
    both(LEAP, cell("statements", 2, "unit", "pound"), cell("projects", 1, "county_id", "nowhere"))(tmp_path)
    county, leap, unit = register.check_package(tmp_path)
    assert "counties.csv" in county.mend("fa")
    assert leap.why("fa") == "سال ۱۴۰۲ کبیسه نیست؛ اسفند ۲۹ روز دارد."
    assert leap.why("en") == "The year 1402 is not a leap year; Esfand has 29 days."
    assert "hemat (همت)" in unit.mend("fa") and "hemat (" in unit.mend("en")


def test_hostile_text_does_no_harm_where_a_fault_is_shown(tmp_path):
    cell("statements", 1, "measure", "\x1b[31m\u202ered\nline")(made_up.write(tmp_path))
    faults = register.check_package(tmp_path)
    assert {fault.code for fault in faults} == {"constraint_enum", "hostile_text"}
    for fault in faults:
        for shown in (*map(str, fault.as_dict("en").values()), fault.line("fa")):
            assert not any(mark in shown for mark in "\x1b\u202e\n")
        assert "\\u202e" in fault.value


def test_faults_beyond_the_most_are_not_silently_left_out(tmp_path):
    spoil = cells("statements.csv", lambda rows: [row.__setitem__(rows[0].index("measure"), "x") for row in rows[1:]])
    spoil(made_up.write(tmp_path))
    faults = register.check_package(tmp_path, bounds=register.Bounds(faults=5))
    assert [fault.code for fault in faults].count("constraint_enum") == 5
    assert "۵" in next(fault for fault in faults if fault.code == "too_many").why("fa")


def test_progress_goes_on_within_a_long_table(tmp_path, monkeypatch):
    monkeypatch.setattr(schema_checks, "EACH", 5)
    told = []
    register.check_package(made_up.write(tmp_path), lambda share, name: told.append((share, name)))
    assert len({share for share, name in told if name == "statements"}) >= 4
    assert [share for share, _ in told] == sorted(share for share, _ in told)


def test_a_register_cannot_be_changed_through_its_arrays(invented):
    frame = invented.table("statements")
    before, day = frame.to_csv(), frame["said_first_day"][1]
    for arrays in ("array", "values"):
        for name, value in (("paragraph", 7), ("is_part", True), ("value_low", 7.0), ("said_first_day", day)):
            with pytest.raises(ValueError, match="read-only"):
                getattr(invented.table("statements")[name], arrays)[0] = value
        getattr(invented.table("statements")["claim_fa"], arrays)[0] = "دروغ"
    frame.loc[0, ["paragraph", "value_low", "claim_fa"]] = [7, 7.0, "نسخهٔ خودم"]
    assert frame.loc[0, "paragraph"] == 7
    assert invented.table("statements").to_csv() == before


def test_dictionary_and_maps_cannot_be_changed(invented):
    with pytest.raises(TypeError):
        invented.dictionary.values("statements", "unit")["hemat"]["fa"] = "x"
    with pytest.raises(TypeError):
        invented.dictionary.field("statements", "unit")["labels"]["fa"] = "x"
    invented.geojson("counties-map")["features"].clear()
    assert len(invented.geojson("counties-map")["features"]) == 2
    with pytest.raises(KeyError):
        invented.geojson("no-map")
