"""Changes: what differs between the tables of a measure as known on two days, and what contradicts earlier words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from typing import TypeAlias, TypedDict

import narwhals as nw

from khoosheh.engines import is_among
from khoosheh.measures import common
from khoosheh.measures.rows import Cell, Table, read_cells, read_rows

# a row before and after; one of them is missing where the row was added or removed
Pair: TypeAlias = tuple[Mapping[str, Cell] | None, Mapping[str, Cell] | None]


# what amounts and places are about; two of one subject that are in force at once are reconciled
SUBJECT = ("project_id", "indicator_id", "measure", "unit")


class _ValueInput(TypedDict):
    statement_id: str
    project_id: str
    indicator_id: str
    measure: str
    unit: str
    value_low: float
    value_high: float | None


def find_row_differences(
    before: Table, after: Table, keys: Sequence[str], values: Sequence[str], subject: Sequence[str] = ()
) -> list[Pair]:
    """Return the rows that differ in the columns ``values``, matched by the columns ``keys``.

    They are in the order of ``after``. A row that was added has ``None`` before it; one that was removed has ``None``
    after it and comes last. A row that was removed and one that was added are one change where they share all columns
    of ``subject``, if any are given.
    """
    old_rows, new_rows = _index_by_key(before, keys), _index_by_key(after, keys)
    removed: dict[tuple[Cell, ...], list[Mapping[str, Cell]]] = defaultdict(list)
    for key, row in old_rows.items():
        if key not in new_rows:
            removed[tuple(row[name] for name in subject or keys)].append(row)
    pairs: list[Pair] = []
    for key, row in new_rows.items():
        replaced = removed[tuple(row[name] for name in subject)] if subject and key not in old_rows else []
        pairs.append((replaced.pop(0) if replaced else old_rows.get(key), row))
    pairs += [(row, None) for rows in removed.values() for row in rows]
    return [(old, new) for old, new in pairs if _select_values(old, values) != _select_values(new, values)]


def find_contradicting_ids(statements: Table, measures: Sequence[str], new_ids: Set[str]) -> list[str]:
    """Return the ids among ``new_ids`` whose value cannot be true together with an older one, sorted.

    ``statements``: those known; of ``measures`` and about whole projects, those in force are compared with the others
    about the same project or indicator. Two new ones that contradict each other are both returned.
    """
    whole = common.plausible_statements(statements).filter(
        is_among("measure", list(measures)), ~nw.col("value_low").is_null(), ~nw.col("is_part").fill_null(False)
    )
    in_force = common.latest_statements(common.fill_blank_keys(whole, SUBJECT), SUBJECT)
    groups: dict[tuple[str, ...], list[_ValueInput]] = defaultdict(list)
    for row in read_rows(in_force, _ValueInput):
        groups[row["project_id"], row["indicator_id"], row["measure"], row["unit"]].append(row)
    return sorted(
        row["statement_id"]
        for group in groups.values()
        for row in group
        if row["statement_id"] in new_ids and any(_are_apart(row, other) for other in group)
    )


def _are_apart(one: _ValueInput, other: _ValueInput) -> bool:
    def ends_below(first: _ValueInput, second: _ValueInput) -> bool:
        return first["value_high"] is not None and first["value_high"] < second["value_low"]

    return ends_below(one, other) or ends_below(other, one)


def find_new_statements(before: Table, after: Table) -> Table:
    """Return the statements of ``after`` that are not in ``before``."""
    return after.join(before.select("statement_id"), on="statement_id", how="anti")


def _index_by_key(table: Table, keys: Sequence[str]) -> dict[tuple[Cell, ...], Mapping[str, Cell]]:
    return {tuple(row[key] for key in keys): row for row in read_cells(table)}


def _select_values(row: Mapping[str, Cell] | None, values: Sequence[str]) -> tuple[Cell, ...] | None:
    return None if row is None else tuple(row[name] for name in values)
