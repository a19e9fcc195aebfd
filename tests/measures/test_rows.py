"""Rows of tables: what is declared is read and built, in its order and with its types."""

from datetime import date, datetime
from typing import TypedDict

import narwhals as nw
import pandas as pd
import pytest

from khoosheh.engines import make_arrow_frame
from khoosheh.measures import rows


class Visit(TypedDict):
    """A row of each type, the last ones of which may be missing."""

    place: str
    open: bool
    count: int
    day: datetime
    share: float | None
    until: date | None
    note: str | None


FULL: Visit = {
    "place": "x", "open": True, "count": 3, "day": datetime(2024, 3, 1), "share": 0.5, "until": date(2024, 3, 2),
    "note": "a",
}  # fmt: skip
BLANK: Visit = {**FULL, "open": False, "count": 0, "share": None, "until": None, "note": None}
LIKE = make_arrow_frame(pd.DataFrame({"any": [1]}))
TYPES = {
    "place": nw.String, "open": nw.Boolean, "count": nw.Int64, "day": nw.Datetime, "share": nw.Float64,
    "until": nw.Date, "note": nw.String,
}  # fmt: skip


@pytest.mark.parametrize("given", [[FULL, BLANK], []])
def test_what_is_built_is_read_again_with_the_declared_types(given):
    table = rows.build_table(given, Visit, LIKE)
    assert table.implementation == LIKE.implementation
    assert table.columns == list(TYPES) == list(rows.list_columns(Visit))
    assert all(table.schema[name] == dtype for name, dtype in TYPES.items())
    assert rows.read_rows(table, Visit) == given


def test_other_columns_are_left_out_of_rows_but_not_of_cells():
    table = rows.build_table([FULL], Visit, LIKE).with_columns(nw.lit(1).alias("other"))
    assert rows.read_rows(table, Visit) == [FULL]
    assert rows.read_cells(table) == [{**FULL, "other": 1}]
    in_pandas = nw.from_native(pd.DataFrame({"one": ["a"]}, index=[7]), eager_only=True)
    assert rows.read_cells(in_pandas) == [{"one": "a"}]


class UncertainNumber(TypedDict):
    """A row that cannot be built."""

    count: int | None


class UncertainTruth(TypedDict):
    """Another one."""

    open: bool | None


@pytest.mark.parametrize("row_type", [UncertainNumber, UncertainTruth])
def test_a_number_or_truth_that_may_be_missing_is_refused(row_type):
    with pytest.raises(TypeError, match=rf"^{row_type.__name__} has an int or bool that may be missing$"):
        rows.build_table([], row_type, LIKE)
