"""Headings, keys and codes: each fault names its column, row and cell, and what would be right."""

import pandas as pd
import pytest

from khoosheh.register import key_checks
from khoosheh.register.dictionary import Dictionary
from khoosheh.register.faults import Fault
from testing import made_up

DICTIONARY = Dictionary(made_up.descriptor())


def head(code: str, field: str, value: str = "", **params: object) -> Fault:
    return Fault(code, "a.csv", 1, field, value, params)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        (["x", "y", "z"], []),
        (["x", " ", "z"], [head("blank_label", "2"), head("missing_label", "y")]),
        (["x", "y", "z", "w"], [head("extra_label", "w", "w")]),
        (["x", "y", "y", "z"], [head("duplicate_label", "y", "y")]),
        # of a column that is not known it is enough to say so
        (["x", "y", "z", "w", "w"], [head("extra_label", "w", "w")] * 2),
        (["z", "y", "x"], [head("incorrect_label", "z", "z", note="x"), head("incorrect_label", "x", "x", note="z")]),
        (["y"], [head("missing_label", "x"), head("missing_label", "z")]),
    ],
)
def test_faults_of_a_heading(heading, expected):
    assert list(key_checks.check_heading("a.csv", heading, ["x", "y", "z"])) == expected


def find_faults(tables) -> list[Fault]:
    return list(key_checks.check_keys(tables, DICTIONARY))


def fault(name: str, row: int, field: str, value: str, code: str, **params: object) -> Fault:
    return Fault(code, f"{name}.csv", row, field, value, params)


KINDS = DICTIONARY.values("links", "kind")
RANK_KEY = "indicator_id, iso_3166_2, period_from"
FIRST_RANK = {
    ("ranks", 3, "indicator_id"): "height",
    ("ranks", 3, "iso_3166_2"): "XA-01",
    ("ranks", 3, "period_from"): "1401",
}
# what is changed, and the faults that it gives
BREACHES = {
    "nothing": ({}, []),
    "key left blank": ({("chains", 3, "chain_id"): None, ("stages", 5, "chain_id"): "tea", ("stages", 6, "chain_id"): "tea", ("stages", 7, "chain_id"): "tea", ("projects", 5, "chain_id"): None},
        [fault("chains", 3, "chain_id", "", "constraint_required")]),
    "keys left blank twice": ({("links", 2, "link_id"): None, ("links", 3, "link_id"): None},
        [fault("links", 2, "link_id", "", "constraint_required"), fault("links", 3, "link_id", "", "constraint_required")]),
    "same key twice beside a blank one": ({("observations", 3, "iso_3166_2"): "XA-01", ("observations", 5, "year"): None}, [
        fault("observations", 5, "year", "", "constraint_required"),
        fault("observations", 3, "indicator_id, iso_3166_2, year", "rain, XA-01, 1399", "primary_key")]),
    "word for a number": ({("counties", 2, "osm_relation"): "one", ("counties", 3, "osm_relation"): "two"}, []),
    "same key twice": ({("links", 3, "link_id"): "L1"}, [fault("links", 3, "link_id", "L1", "primary_key")]),
    "key of three fields twice": (FIRST_RANK, [fault("ranks", 3, RANK_KEY, "height, XA-01, 1401", "primary_key")]),
    "one field of a key left blank": ({**FIRST_RANK, ("ranks", 2, "period_from"): None, ("ranks", 3, "period_from"): None},
        [fault("ranks", row, "period_from", "", "constraint_required") for row in (2, 3)]),
    "unique number twice": ({("counties", 3, "osm_relation"): "01"}, [fault("counties", 3, "osm_relation", "01", "unique")]),
    "unique numbers left blank": ({("counties", 2, "osm_relation"): None, ("counties", 3, "osm_relation"): None}, []),
    "unknown code": ({("links", 2, "kind"): "friends"}, [fault("links", 2, "kind", "friends", "constraint_enum", rule=KINDS)]),
    "blank code": ({("links", 2, "kind"): None}, []),
    "unknown key": ({("firms", 3, "county_id"): "nowhere"}, [fault("firms", 3, "county_id", "nowhere", "foreign_key", table="counties.csv")]),
    "unknown stage of the same table": ({("stages", 3, "input_stage_id"): "tea-9"}, [fault("stages", 3, "input_stage_id", "tea-9", "foreign_key", table="stages.csv")]),
}  # fmt: skip


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_gives_its_own_faults_and_no_others(name, change_cells):
    changes, expected = BREACHES[name]
    names = {table for table, _, _ in changes} or {*DICTIONARY.tables}
    names |= {other for table in names for _, other, _ in DICTIONARY.links(table)}
    assert find_faults({name: frame for name, frame in change_cells(changes).items() if name in names}) == expected


def test_columns_and_tables_that_were_not_read_are_passed_over(change_cells):
    whole = change_cells({("firms", 3, "county_id"): "nowhere", ("links", 2, "kind"): "friends"})
    tables = {name: whole[name] for name in ("firms", "links", "sources", "counties")}
    lacking = {**tables, "links": tables["links"].drop(columns=["link_id", "firm_id"])}
    assert [one.field for one in find_faults({**lacking, "counties": tables["counties"][["name_fa"]]})] == ["kind"]
    del lacking["counties"]
    assert [one.field for one in find_faults(lacking)] == ["kind"]
    lacking["counties"] = tables["counties"][["county_id"]]
    assert [one.field for one in find_faults(lacking)] == ["county_id", "kind"]


def own_dictionary(*fields: dict, **schema: object) -> Dictionary:
    """Return the dictionary of one table ``own`` with these fields."""
    return Dictionary({"resources": [{"name": "own", "path": "own.csv", "schema": {"fields": fields, **schema}}]})


def test_codes_without_labels_are_listed_and_long_lists_cut_short():
    codes = list(range(100))
    field = {"name": "a", "type": "integer", "constraints": {"enum": codes}}
    own = {"own": pd.DataFrame({"a": ["7", "07", "100", None]}, dtype="str")}
    [found] = key_checks.check_keys(own, own_dictionary(field))
    assert found == fault("own", 4, "a", "100", "constraint_enum", rule=", ".join(map(str, codes[:60])))
    labels = {str(code): {"fa": f"کد {code}", "en": f"code {code}"} for code in codes}
    [found] = key_checks.check_keys(own, own_dictionary({**field, "values": labels}))
    assert found.params["rule"] == {str(code): labels[str(code)] for code in codes[:60]}


def test_keys_of_several_fields_refer_to_whole_rows():
    names = ("a", "b", "c", "d")
    fields = [{"name": name, "type": "integer" if name in "bd" else "string"} for name in names]
    link = {"fields": ["c", "d"], "reference": {"resource": "", "fields": ["a", "b"]}}
    cells = [
        ("x", "1", "x", "01"), ("x", "2", "y", "2"), ("y", "1", None, None), ("y", None, "y", None), ("z", "3", "z", "3"),
    ]  # fmt: skip
    own = {"own": pd.DataFrame(cells, columns=names, dtype="str")}
    found = list(key_checks.check_keys(own, own_dictionary(*fields, foreignKeys=[link])))
    # a row whose key is blank refers to nothing; a key that is blank in part refers to no row
    assert found == [
        fault("own", 3, "c, d", "y, 2", "foreign_key", table="own.csv"),
        fault("own", 5, "c, d", "y", "foreign_key", table="own.csv"),
    ]


def test_the_columns_of_a_key_are_enough():
    link = {"fields": ["b", "a"], "reference": {"resource": "", "fields": ["a", "b"]}}
    fields = [{"name": name, "type": "string"} for name in "ab"]
    own = {"own": pd.DataFrame({"a": ["x", "x"], "b": ["y", "y"]}, dtype="str")}
    assert list(key_checks.check_keys(own, own_dictionary(*fields, primaryKey=["a", "b"], foreignKeys=[link]))) == [
        fault("own", 3, "a, b", "x, y", "primary_key"),
        fault("own", 2, "b, a", "y, x", "foreign_key", table="own.csv"),
        fault("own", 3, "b, a", "y, x", "foreign_key", table="own.csv"),
    ]


def test_rows_for_which_nothing_is_known_are_no_faults():
    frame = pd.DataFrame({"a": ["x", None, "z"]}, dtype="str")
    mask = pd.Series([True, None, False], dtype="boolean")
    assert list(key_checks.make_row_faults("own.csv", frame, mask, "a", "type", type="year")) == [
        fault("own", 2, "a", "x", "type", type="year")
    ]
