"""From text cells to typed columns, and what follows from them: days of dates, places of statements."""

from collections.abc import Mapping

import pandas as pd

from khoosheh import calendar
from khoosheh.register.dictionary import Dictionary

TYPES = {"integer": "Int64", "year": "Int64", "number": "float64"}
# What Table Schema takes for true and false where a field does not say.
TRUE, FALSE = ("true", "True", "TRUE", "1"), ("false", "False", "FALSE", "0")
# table: (from, to, stem of the new columns)
DAYS = {
    "sources": (("published_from", "published_to", "published"),),
    "statements": (("said_from", "said_to", "said"), ("due_from", "due_to", "due")),
    "ranks": (("period_from", "period_to", "period"),),
}
PLACE = ("chain_id", "stage_id", "county_id", "sector")

Tables = Mapping[str, pd.DataFrame]


def convert_column_types(tables: Tables, dictionary: Dictionary) -> dict[str, pd.DataFrame]:
    """Give every column of checked text the type of its schema; blank cells are missing."""
    return {name: _convert_table_types(frame, name, dictionary) for name, frame in tables.items()}


def _convert_table_types(frame: pd.DataFrame, name: str, dictionary: Dictionary) -> pd.DataFrame:
    columns = {}
    for field in dictionary.fields(name):
        described = dictionary.field(name, field)
        cells, kind = frame[field], described["type"]
        if kind == "boolean":
            codes = dict.fromkeys(described.get("trueValues", TRUE), True)
            codes.update(dict.fromkeys(described.get("falseValues", FALSE), False))
            columns[field] = cells.map(codes).astype("boolean")
        elif kind in TYPES:
            columns[field] = pd.to_numeric(cells).astype(TYPES[kind])
        else:
            columns[field] = cells.astype("str")
    return pd.DataFrame(columns, index=frame.index)


def derive_columns(tables: Tables) -> dict[str, pd.DataFrame]:
    """Add the days that dates cover, and to each statement the place of its project and stage."""
    out = add_date_days(tables)
    out["statements"] = add_statement_places(out["statements"], out["projects"], out["stages"])
    return out


def add_date_days(tables: Tables) -> dict[str, pd.DataFrame]:
    """Add the days that dates cover."""
    return {name: _add_table_days(frame, name) for name, frame in tables.items()}


def _add_table_days(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    frame = frame.copy(deep=False)
    for first, last, stem in DAYS.get(name, ()):
        ends = {
            end: calendar.parse_jalali_dates(frame[field])[f"{end}_day"].astype("datetime64[us]")
            for end, field in (("first", first), ("last", last))
        }
        for end, days in ends.items():
            frame[f"{stem}_{end}_day"] = days
        if name == "statements":
            for end, days in ends.items():
                frame[f"{stem}_{end}_year"] = calendar.split_jalali_parts(days)["year"].astype("Int64")
        if stem == "due":
            # A promise for a year is overdue after its last day; which year it was may not be certain.
            ends = [
                calendar.parse_jalali_dates(frame[field])["last_day"].astype("datetime64[us]")
                for field in (first, last)
            ]
            # 'from 1402 to 1402-05' ends with its month: the first of its years does not
            frame["deadline_low_day"] = ends[0].where(~(ends[0] > ends[1]), ends[1])
            frame["deadline_high_day"] = ends[1]
    return frame


def add_statement_places(statements: pd.DataFrame, projects: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """A statement's own chain and stage win over those of its project, which win over those of its stage.

    County and sector are those of the project. No project and no stage may stand twice.
    """
    frame = statements.copy(deep=False)
    by_project = projects.set_index("project_id")
    for column in (one for one in PLACE if one in by_project):
        # where nothing is found, a map has the type of a number
        of_project = frame["project_id"].map(by_project[column]).astype("str")
        frame[column] = frame[column].fillna(of_project) if column in frame else of_project
    of_stage = frame["stage_id"].map(stages.set_index("stage_id")["chain_id"]).astype("str")
    frame["chain_id"] = frame["chain_id"].fillna(of_stage)
    return frame
