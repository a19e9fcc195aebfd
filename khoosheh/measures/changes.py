"""Changes: what differs between the tables of a measure as known on two days."""

from collections.abc import Mapping, Sequence

import narwhals as nw

from khoosheh.formatting import is_missing

Pair = tuple[Mapping | None, Mapping | None]


def find_row_differences(
    before: nw.DataFrame, after: nw.DataFrame, keys: Sequence[str], values: Sequence[str]
) -> list[Pair]:
    """Return the rows of both tables that differ in ``values``, matched by ``keys``, in the order of ``after``.

    A row that is new has nothing before it, one that is gone nothing after it.
    """
    old, new = _index_by_key(before, keys), _index_by_key(after, keys)
    pairs = [(old.get(key), row) for key, row in new.items()] + [
        (row, None) for key, row in old.items() if key not in new
    ]
    return [(one, other) for one, other in pairs if _select_values(one, values) != _select_values(other, values)]


def find_new_statements(before: nw.DataFrame, after: nw.DataFrame) -> nw.DataFrame:
    """Return the statements known on the later day that were not known on the earlier."""
    return after.join(before.select("statement_id"), on="statement_id", how="anti")


def _index_by_key(table: nw.DataFrame, keys: Sequence[str]) -> dict[tuple, Mapping]:
    return {tuple(row[key] for key in keys): row for row in table.iter_rows(named=True)}


def _select_values(row: Mapping | None, values: Sequence[str]) -> tuple | None:
    return None if row is None else tuple(None if is_missing(row[name]) else row[name] for name in values)
