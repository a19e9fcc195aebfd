"""Types of columns, and the days and places that are derived from others."""

import pandas as pd
import pytest

from khoosheh.register import derived_columns
from khoosheh.register.dictionary import Dictionary
from testing import made_up


def own_dictionary(*fields: dict) -> Dictionary:
    return Dictionary({"resources": [{"name": "own", "path": "own.csv", "schema": {"fields": fields}}]})


@pytest.mark.parametrize(
    ("field", "cells", "dtype", "values"),
    [
        ({"type": "boolean"}, ["true", "True", "TRUE", "1", "false", "False", "FALSE", "0", None], "boolean", [True] * 4 + [False] * 4 + [None]),
        ({"type": "boolean", "trueValues": ["yes"]}, ["yes", "0", None], "boolean", [True, False, None]),
        ({"type": "boolean", "falseValues": ["no"]}, ["1", "no"], "boolean", [True, False]),
        ({"type": "integer"}, ["07", None, "-1"], "Int64", [7, None, -1]),
        ({"type": "integer"}, [None], "Int64", [None]),
        ({"type": "year"}, ["2020", None], "Int64", [2020, None]),
        ({"type": "number"}, ["1", None, "1e3"], "float64", [1.0, None, 1000.0]),
        ({"type": "number"}, ["1"], "float64", [1.0]),
        ({"type": "string"}, ["1", None, "nan"], "str", ["1", None, "nan"]),
        ({"type": "date"}, [None], "str", [None]),
    ],
)  # fmt: skip
def test_columns_get_the_types_of_their_fields(field, cells, dtype, values):
    frame = pd.DataFrame({"a": cells, "other": "x"}, dtype="str", index=range(5, 5 + len(cells)))
    found = derived_columns.convert_column_types({"own": frame}, own_dictionary({"name": "a", **field}))
    assert list(found) == ["own"] and list(found["own"]) == ["a"]
    column = found["own"]["a"]
    assert str(column.dtype) == dtype and column.index.equals(frame.index)
    assert [None if missing else value for value, missing in zip(column, column.isna(), strict=True)] == values


def dates(*cells: str | None) -> pd.Series:
    return pd.Series(cells, dtype="str")


def days(*texts: str | None) -> list:
    return [pd.Timestamp(text) if text else pd.NaT for text in texts]


def test_dates_of_a_table_cover_the_days_from_the_first_of_one_to_the_last_of_the_other():
    sources = pd.DataFrame({"published_from": dates("1402", None), "published_to": dates("1402-05", "1402-06")})
    ranks = pd.DataFrame({"period_from": dates("1401"), "period_to": dates("1401")})
    other = pd.DataFrame({"said_from": dates("1401")})
    found = derived_columns.add_date_days({"sources": sources, "ranks": ranks, "other": other})
    assert list(found["sources"])[2:] == ["published_first_day", "published_last_day"]
    assert found["sources"]["published_first_day"].to_list() == days("2023-03-21", None)
    assert found["sources"]["published_last_day"].to_list() == days("2023-08-22", "2023-09-22")
    assert set(map(str, found["sources"].dtypes[2:])) == {"datetime64[us]"}
    assert found["ranks"].iloc[0].to_list() == ["1401", "1401", *days("2022-03-21", "2023-03-20")]
    assert found["other"] is not other and list(found["other"]) == ["said_from"]
    # what was given stays as it was
    assert list(sources) == ["published_from", "published_to"]


def test_statements_have_years_and_the_days_between_which_a_deadline_ends():
    statements = pd.DataFrame({
        "said_from": dates("1401-12-29", "1402", "1402"), "said_to": dates("1402-01-01", "1402", "1402"),
        "due_from": dates("1402", "1402", None), "due_to": dates("1403", "1402-05", None),
    })  # fmt: skip
    found = derived_columns.add_date_days({"statements": statements})["statements"]
    assert list(found)[4:] == [
        "said_first_day", "said_last_day", "said_first_year", "said_last_year",
        "due_first_day", "due_last_day", "due_first_year", "due_last_year", "deadline_low_day", "deadline_high_day",
    ]  # fmt: skip
    years = found[["said_first_year", "said_last_year", "due_first_year", "due_last_year"]]
    assert set(map(str, years.dtypes)) == {"Int64"}
    assert years.iloc[0].to_list() == [1401, 1402, 1402, 1403]
    assert years["due_last_year"].isna().to_list() == [False, False, True]
    assert found["deadline_low_day"].to_list() == days("2024-03-19", "2023-08-22", None)
    assert found["deadline_high_day"].to_list() == days("2025-03-20", "2023-08-22", None)
    assert str(found["deadline_low_day"].dtype) == "datetime64[us]"


def test_places_of_statements_leave_other_columns_and_what_was_given_alone():
    statements = pd.DataFrame({
        "project_id": ["garden", None, "nowhere"], "chain_id": [None, None, None], "stage_id": [None, "glass-1", "nowhere"], "sector": ["B", None, None],
    }, dtype="str")  # fmt: skip
    projects = pd.DataFrame({"project_id": ["garden"], "chain_id": ["tea"], "stage_id": ["tea-1"], "county_id": ["bala"], "sector": ["A"]}, dtype="str")  # fmt: skip
    stages = pd.DataFrame({"stage_id": ["glass-1"], "chain_id": ["glass"]}, dtype="str")
    found = derived_columns.add_statement_places(statements, projects, stages)
    assert list(found) == ["project_id", "chain_id", "stage_id", "sector", "county_id"]
    assert set(map(str, found.dtypes)) == {"str"}
    rows = found.astype(object).where(found.notna(), None).to_numpy().tolist()
    assert rows == [
        ["garden", "tea", "tea-1", "B", "bala"],
        [None, "glass", "glass-1", None, None],
        ["nowhere", None, "nowhere", None, None],
    ]
    assert statements["chain_id"].isna().all() and "county_id" not in statements
    # a column that the projects lack is not made
    assert "county_id" not in derived_columns.add_statement_places(
        statements, projects[["project_id", "chain_id"]], stages
    )


def test_the_types_of_columns_without_any_value_are_those_of_text():
    statements = pd.DataFrame({"project_id": [None], "chain_id": [None], "stage_id": [None]}, dtype="str")
    projects = pd.DataFrame({"project_id": ["garden"], "county_id": ["bala"]}, dtype="str")
    stages = pd.DataFrame({"stage_id": ["glass-1"], "chain_id": ["glass"]}, dtype="str")
    found = derived_columns.add_statement_places(statements, projects, stages)
    assert set(map(str, found.dtypes)) == {"str"}


def test_all_columns_are_derived_of_typed_tables(read):
    dictionary = Dictionary(made_up.descriptor())
    typed = derived_columns.convert_column_types(read.tables, dictionary)
    found = derived_columns.derive_columns(typed)
    assert list(found) == list(read.tables)
    statements = found["statements"].set_index("statement_id")
    assert statements.loc["M01", ["chain_id", "county_id"]].to_list() == ["tea", "bala"]
    assert statements.loc["M20", "chain_id"] == "glass"
    assert "published_first_day" in found["sources"]
