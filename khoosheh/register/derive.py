"""From text cells to typed columns, and what follows from them: days of dates, places of statements."""

from collections.abc import Mapping

import pandas as pd

from khoosheh import calendar
from khoosheh.register.dictionary import Dictionary

TYPES = {"integer": "Int64", "year": "Int64", "number": "float64", "string": "str"}
# table: (from, to, stem of the new columns)
DAYS = {
    "sources": (("published_from", "published_to", "published"),),
    "statements": (("said_from", "said_to", "said"), ("due_from", "due_to", "due")),
    "ranks": (("period_from", "period_to", "period"),),
}

Tables = Mapping[str, pd.DataFrame]


def typed(tables: Tables, dictionary: Dictionary) -> dict[str, pd.DataFrame]:
    """Give every column of checked text the type of its schema; blank cells are missing."""
    return {name: _typed(frame, name, dictionary) for name, frame in tables.items()}


def _typed(frame: pd.DataFrame, name: str, dictionary: Dictionary) -> pd.DataFrame:
    columns = {}
    for field in dictionary.fields(name):
        kind = dictionary.field(name, field)["type"]
        cells = frame[field]
        if kind == "boolean":
            columns[field] = cells.map({"true": True, "false": False}).astype("boolean")
        elif kind in ("integer", "year", "number"):
            columns[field] = pd.to_numeric(cells).astype(TYPES[kind])
        else:
            columns[field] = cells.astype("str")
    return pd.DataFrame(columns)


def derived(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Add the days that dates cover, and to each statement the place of its project and stage."""
    out = {name: _with_days(frame, name) for name, frame in tables.items()}
    out["statements"] = _placed(out["statements"], out["projects"], out["stages"])
    return out


def _with_days(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    frame = frame.copy(deep=False)
    for first, last, stem in DAYS.get(name, ()):
        frame[f"{stem}_first_day"] = calendar.parse_many(frame[first])["first_day"].astype("datetime64[us]")
        frame[f"{stem}_last_day"] = calendar.parse_many(frame[last])["last_day"].astype("datetime64[us]")
        if name == "statements":
            frame[f"{stem}_first_year"] = pd.to_numeric(frame[first].str[:4]).astype("Int64")
            frame[f"{stem}_last_year"] = pd.to_numeric(frame[last].str[:4]).astype("Int64")
    return frame


def _placed(statements: pd.DataFrame, projects: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """A statement's own chain and stage win over those of its project, which win over those of its stage."""
    frame = statements.copy(deep=False)
    by_project = projects.set_index("project_id")
    for column in ("chain_id", "stage_id", "county_id", "sector"):
        of_project = frame["project_id"].map(by_project[column])
        frame[column] = frame[column].fillna(of_project) if column in frame else of_project
    of_stage = frame["stage_id"].map(stages.set_index("stage_id")["chain_id"])
    frame["chain_id"] = frame["chain_id"].fillna(of_stage)
    return frame
