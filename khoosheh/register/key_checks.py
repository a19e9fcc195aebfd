"""Labels and keys of tables: columns that lack or stray, ids that stand twice or nowhere."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from khoosheh.register.dictionary import Dictionary
from khoosheh.register.faults import Fault

HEADING = 1
HEADING_ROWS = 2
NUMERIC = ("integer", "number", "year")
# codes that the words of a fault list
LISTED = 60

Tables = Mapping[str, pd.DataFrame]


def check_heading(path: str, heading: Sequence[str], fields: Sequence[str]) -> Iterator[Fault]:
    """Yield what is wrong with a table's heading; columns in another order are named one by one."""
    times = Counter(heading)
    for place, label in enumerate(heading, 1):
        if not label.strip():
            yield Fault("blank_label", path, HEADING, str(place))
        elif label not in fields:
            yield Fault("extra_label", path, HEADING, label, label)
    yield from (
        Fault("duplicate_label", path, HEADING, one, one) for one in times if times[one] > 1 and one in fields
    )
    yield from (Fault("missing_label", path, HEADING, field) for field in fields if field not in times)
    if sorted(heading) == sorted(fields):
        for label, expected in zip(heading, fields, strict=True):
            if label != expected:
                yield Fault("incorrect_label", path, HEADING, label, label, {"note": expected})


def check_keys(tables: Tables, dictionary: Dictionary) -> Iterator[Fault]:
    """Yield keys that stand twice, foreign keys that lead nowhere, and unknown codes, in tables of text cells."""
    for name, frame in tables.items():
        key = dictionary.keys(name)
        if key and set(key) <= set(frame):
            for field in key:
                yield from make_row_faults(
                    dictionary.path(name), frame, frame[field].isna(), field, "constraint_required"
                )
            yield from _find_duplicates(name, frame, key, "primary_key", dictionary)
        for field in dictionary.fields(name):
            if field in frame and dictionary.field(name, field).get("constraints", {}).get("unique"):
                yield from _find_duplicates(name, frame, (field,), "unique", dictionary)
            if field in frame:
                yield from _find_unknown_codes(name, frame, field, dictionary)
        for fields, other, there in dictionary.links(name):
            # Where the other table was not read, its own fault says so; each id of this one need not.
            if set(fields) <= set(frame) and other in tables and set(there) <= set(tables[other]):
                yield from _find_dangling_keys(name, fields, (other, there), tables, dictionary)


def make_row_faults(
    path: str, frame: pd.DataFrame, mask: pd.Series, field: str, code: str, **params: object
) -> Iterator[Fault]:
    """Yield a fault for every row of a table where ``mask`` holds."""
    for row, value in select_masked_rows(frame, mask, (field,)):
        yield Fault(code, path, row, field, value, params)


def select_masked_rows(frame: pd.DataFrame, mask: pd.Series, fields: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Yield row and cells of a table where ``mask`` holds; blank cells are left out."""
    places = np.flatnonzero(mask.to_numpy(dtype=bool, na_value=False))
    if not len(places):
        return
    # One look at the table for all rows: a look for each would take longer than all checks.
    cells = frame[list(fields)].iloc[places].fillna("").to_numpy(dtype=object)
    for place, values in zip(places.tolist(), cells.tolist(), strict=True):
        yield place + HEADING_ROWS, ", ".join(filter(None, values))


def _find_duplicates(
    name: str, frame: pd.DataFrame, key: tuple, code: str, dictionary: Dictionary
) -> Iterator[Fault]:
    cells = _make_comparable(name, frame, key, dictionary)
    twice = cells.duplicated() & cells.notna().all(axis=1)
    for row, value in select_masked_rows(frame, twice, key):
        yield Fault(code, dictionary.path(name), row, ", ".join(key), value)


def _find_unknown_codes(name: str, frame: pd.DataFrame, field: str, dictionary: Dictionary) -> Iterator[Fault]:
    described = dictionary.field(name, field)
    codes = described.get("constraints", {}).get("enum")
    if not codes:
        return
    here = _make_comparable(name, frame, (field,), dictionary)[0]
    known = _make_comparable(name, pd.DataFrame({field: [str(code) for code in codes]}), (field,), dictionary)[0]
    labels = described.get("values", {})
    rule = (
        {str(code): labels[str(code)] for code in codes[:LISTED]} if labels else ", ".join(map(str, codes[:LISTED]))
    )
    unknown = here.notna() & ~here.isin(known)
    yield from make_row_faults(dictionary.path(name), frame, unknown, field, "constraint_enum", rule=rule)


def _make_comparable(name: str, frame: pd.DataFrame, fields: tuple, dictionary: Dictionary) -> pd.DataFrame:
    """Return cells that are equal where they mean the same: '07' and '7' are one number."""
    columns = {}
    for place, field in enumerate(fields):
        numeric = dictionary.field(name, field)["type"] in NUMERIC
        columns[place] = pd.to_numeric(frame[field], errors="coerce") if numeric else frame[field]
    return pd.DataFrame(columns)


def _find_dangling_keys(
    name: str, fields: tuple, target: tuple[str, tuple], tables: Tables, dictionary: Dictionary
) -> Iterator[Fault]:
    frame, (other, there) = tables[name], target
    here = _make_comparable(name, frame, fields, dictionary)
    known = _make_comparable(other, tables[other], there, dictionary).dropna().drop_duplicates()
    if len(fields) == 1:
        found = here[0].isin(known[0])
    else:
        found = pd.Series(pd.MultiIndex.from_frame(here).isin(pd.MultiIndex.from_frame(known)), index=here.index)
    params = {"table": dictionary.path(other)}
    for row, value in select_masked_rows(frame, here.notna().any(axis=1) & ~found, fields):
        yield Fault("foreign_key", dictionary.path(name), row, ", ".join(fields), value, params)
