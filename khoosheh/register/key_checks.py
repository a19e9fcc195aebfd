"""Checks headings, keys and codes of whole tables: missing columns, duplicate ids, dangling references."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np
import pandas as pd

from khoosheh.register.dictionary import Dictionary
from khoosheh.register.faults import Fault

# row of the heading, and of the first row below it, as a spreadsheet counts
HEADING = 1
FIRST_ROW = 2
NUMERIC = ("integer", "number", "year")
# the most codes that the text of a fault lists
LISTED = 60

Tables: TypeAlias = Mapping[str, pd.DataFrame]


def check_heading(path: str, heading: Sequence[str], fields: Sequence[str]) -> Iterator[Fault]:
    """Yield the faults of a heading: blank, unknown, duplicate and missing columns, or columns in another order."""
    times = Counter(heading)
    for place, label in enumerate(heading, 1):
        if not label.strip():
            yield Fault("blank_label", path, HEADING, str(place))
        elif label not in fields:
            yield Fault("extra_label", path, HEADING, label, label)
    yield from (
        Fault("duplicate_label", path, HEADING, label, label)
        for label, count in times.items()
        if count > 1 and label in fields
    )
    yield from (Fault("missing_label", path, HEADING, field) for field in fields if field not in times)
    if sorted(heading) == sorted(fields):
        for label, expected in zip(heading, fields, strict=True):
            if label != expected:
                yield Fault("incorrect_label", path, HEADING, label, label, {"note": expected})


def check_keys(tables: Tables, dictionary: Dictionary) -> Iterator[Fault]:
    """Yield blank and duplicate keys, dangling foreign keys and unknown codes of tables of text cells."""
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
            # where the other table was not read, the one fault that says so is enough
            if set(fields) <= set(frame) and other in tables and set(there) <= set(tables[other]):
                yield from _find_dangling_keys(name, fields, (other, there), tables, dictionary)


def make_row_faults(
    path: str, frame: pd.DataFrame, mask: pd.Series, field: str, code: str, **params: object
) -> Iterator[Fault]:
    """Yield a fault with the cell of ``field`` for every row of a table where ``mask`` is true."""
    for row, value in select_masked_rows(frame, mask, (field,)):
        yield Fault(code, path, row, field, value, params)


def select_masked_rows(frame: pd.DataFrame, mask: pd.Series, fields: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Yield the row, as a spreadsheet counts, and the joined cells of ``fields``, where ``mask`` is true."""
    places = np.flatnonzero(mask.to_numpy(dtype=bool, na_value=False))
    if not len(places):
        return
    # one lookup for all rows: one for each would take longer than all checks
    cells = frame[list(fields)].iloc[places].fillna("").to_numpy(dtype=object)
    for place, values in zip(places.tolist(), cells.tolist(), strict=True):
        yield place + FIRST_ROW, ", ".join(filter(None, values))


def _find_duplicates(
    name: str, frame: pd.DataFrame, key: tuple[str, ...], code: str, dictionary: Dictionary
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


def _make_comparable(name: str, frame: pd.DataFrame, fields: tuple[str, ...], dictionary: Dictionary) -> pd.DataFrame:
    """Return the cells of fields as columns 0, 1, …, equal where they mean the same: '07' and '7' are one number."""
    columns = {}
    for place, field in enumerate(fields):
        numeric = dictionary.field(name, field)["type"] in NUMERIC
        columns[place] = pd.to_numeric(frame[field], errors="coerce") if numeric else frame[field]
    return pd.DataFrame(columns)


def _find_dangling_keys(
    name: str, fields: tuple[str, ...], target: tuple[str, tuple[str, ...]], tables: Tables, dictionary: Dictionary
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
