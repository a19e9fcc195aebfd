"""Changes: what differs between the tables of a measure as known on two days."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from khoosheh.measures.rows import Cell, Table, read_cells

# a row before and after; one of them is missing where the row was added or removed
Pair: TypeAlias = tuple[Mapping[str, Cell] | None, Mapping[str, Cell] | None]


def find_row_differences(before: Table, after: Table, keys: Sequence[str], values: Sequence[str]) -> list[Pair]:
    """Return the rows that differ in the columns ``values``, matched by the columns ``keys``.

    They are in the order of ``after``. A row that was added has ``None`` before it; one that was removed has ``None``
    after it and comes last.
    """
    old_rows, new_rows = _index_by_key(before, keys), _index_by_key(after, keys)
    pairs: list[Pair] = [(old_rows.get(key), row) for key, row in new_rows.items()]
    pairs += [(row, None) for key, row in old_rows.items() if key not in new_rows]
    return [(old, new) for old, new in pairs if _select_values(old, values) != _select_values(new, values)]


def find_new_statements(before: Table, after: Table) -> Table:
    """Return the statements of ``after`` that are not in ``before``."""
    return after.join(before.select("statement_id"), on="statement_id", how="anti")


def _index_by_key(table: Table, keys: Sequence[str]) -> dict[tuple[Cell, ...], Mapping[str, Cell]]:
    return {tuple(row[key] for key in keys): row for row in read_cells(table)}


def _select_values(row: Mapping[str, Cell] | None, values: Sequence[str]) -> tuple[Cell, ...] | None:
    return None if row is None else tuple(row[name] for name in values)
