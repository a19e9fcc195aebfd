"""Types of columns, and the columns that are derived from others: days of dates, places of statements."""

from collections.abc import Mapping
from typing import TypeAlias

import pandas as pd

from khoosheh import calendar
from khoosheh.register.descriptor_types import Field
from khoosheh.register.dictionary import Dictionary

# the texts for true and false in Table Schema, for a field that names none
TRUE, FALSE = ("true", "True", "TRUE", "1"), ("false", "False", "FALSE", "0")
# table -> (field of the first date, field of the last date, stem of the new columns)
DAYS = {
    "sources": (("published_from", "published_to", "published"),),
    "statements": (("said_from", "said_to", "said"), ("due_from", "due_to", "due")),
    "ranks": (("period_from", "period_to", "period"),),
}
PLACE = ("chain_id", "stage_id", "county_id", "sector")

Tables: TypeAlias = Mapping[str, pd.DataFrame]


def convert_column_types(tables: Tables, dictionary: Dictionary) -> dict[str, pd.DataFrame]:
    """Return tables of checked text cells with the types of their fields; blank cells are missing.

    Whole numbers and years become Int64, numbers float64, truth values boolean, all else str.
    """
    return {name: _convert_table_types(frame, name, dictionary) for name, frame in tables.items()}


def _convert_table_types(frame: pd.DataFrame, name: str, dictionary: Dictionary) -> pd.DataFrame:
    columns = {
        field: _convert_cells(frame[field], dictionary.field(name, field)) for field in dictionary.fields(name)
    }
    return pd.DataFrame(columns, index=frame.index)


def _convert_cells(cells: pd.Series, field: Field) -> pd.Series:
    kind = field["type"]
    if kind == "boolean":
        codes = dict.fromkeys(field.get("trueValues", TRUE), True)
        codes.update(dict.fromkeys(field.get("falseValues", FALSE), False))
        return cells.map(codes).astype("boolean")
    if kind in ("integer", "year"):
        return pd.to_numeric(cells).astype("Int64")
    if kind == "number":
        return pd.to_numeric(cells).astype("float64")
    return cells.astype("str")


def derive_columns(tables: Tables) -> dict[str, pd.DataFrame]:
    """Return typed tables with the columns of :func:`add_date_days` and :func:`add_statement_places`."""
    out = add_date_days(tables)
    out["statements"] = add_statement_places(out["statements"], out["projects"], out["stages"])
    return out


def add_date_days(tables: Tables) -> dict[str, pd.DataFrame]:
    """Return typed tables with the days that their dates cover, as columns of ``DAYS``.

    ``*_first_day`` and ``*_last_day`` (datetime64); for statements also ``*_first_year`` and ``*_last_year`` (Jalali,
    Int64), and ``deadline_low_day`` and ``deadline_high_day``, the days between which a deadline ends.
    """
    return {name: _add_table_days(frame, name) for name, frame in tables.items()}


def _add_table_days(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    frame = frame.copy(deep=False)
    for first, last, stem in DAYS.get(name, ()):
        ends = {"first": _parse_days(frame[first], "first_day"), "last": _parse_days(frame[last], "last_day")}
        for end, days in ends.items():
            frame[f"{stem}_{end}_day"] = days
        if name == "statements":
            for end, days in ends.items():
                frame[f"{stem}_{end}_year"] = calendar.split_jalali_parts(days)["year"].astype("Int64")
        if stem == "due":
            # A promise for a year is overdue after its last day; which year it was may not be certain.
            low, high = _parse_days(frame[first], "last_day"), ends["last"]
            # 'from 1402 to 1402-05' ends with the month, before the year 1402 does
            frame["deadline_low_day"] = low.where(~(low > high), high)
            frame["deadline_high_day"] = high
    return frame


def _parse_days(dates: pd.Series, end: str) -> pd.Series:
    """Return the 'first_day' or 'last_day' of Jalali dates; missing for blank cells."""
    return calendar.parse_jalali_dates(dates)[end].astype("datetime64[us]")


def add_statement_places(statements: pd.DataFrame, projects: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """Return statements with ``chain_id``, ``stage_id``, ``county_id`` and ``sector``.

    The chain and the stage that a statement names come first, then those of its project, then the chain of its stage.
    County and sector are those of the project. The ids of projects and of stages must be unique.
    """
    frame = statements.copy(deep=False)
    by_project = projects.set_index("project_id")
    for column in (name for name in PLACE if name in by_project):
        # a column in which no id was found would have a type of numbers
        of_project = frame["project_id"].map(by_project[column]).astype("str")
        frame[column] = frame[column].fillna(of_project) if column in frame else of_project
    of_stage = frame["stage_id"].map(stages.set_index("stage_id")["chain_id"]).astype("str")
    frame["chain_id"] = frame["chain_id"].fillna(of_stage)
    return frame
