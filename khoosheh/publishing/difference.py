"""Comparing two registers: rows of all tables, figures of the pages, descriptor and maps."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from khoosheh.measures.changes import Pair
from khoosheh.measures.scope import Selection
from khoosheh.register import Register
from khoosheh.register.descriptor_types import JsonValue
from khoosheh.topics.registry import COMPARED, find_changed_rows

# a cell of a file: text, number, yes or no, or blank
FileCell: TypeAlias = str | float | None
Row: TypeAlias = Mapping[str, FileCell]


@dataclass(frozen=True)
class ChangedRow:
    """A row that both registers have under the same key, with other values in ``fields``."""

    before: Row
    after: Row
    fields: tuple[str, ...]


@dataclass(frozen=True)
class TableDifference:
    """Rows that differ in one table; ``key``: fields by which rows were matched, () if whole rows were compared."""

    key: tuple[str, ...]
    added: tuple[Row, ...]
    changed: tuple[ChangedRow, ...]
    withdrawn: tuple[Row, ...]

    def __bool__(self) -> bool:
        """Return whether anything differs."""
        return bool(self.added or self.changed or self.withdrawn)


@dataclass(frozen=True)
class Difference:
    """All differences between two registers.

    ``tables``: by name, only tables that differ; rows hold the cells of the files, ``None`` for blank ones.
    ``figures``: pairs of differing rows by the ids of the compared findings, each register as known on its own last
    day. ``descriptor``: dotted paths of values that differ. ``maps``: names of maps that differ.
    """

    before: Register
    after: Register
    tables: Mapping[str, TableDifference]
    figures: Mapping[str, Sequence[Pair]]
    descriptor: tuple[str, ...]
    maps: tuple[str, ...]

    def __bool__(self) -> bool:
        """Return whether anything differs."""
        return bool(self.tables or self.figures or self.descriptor or self.maps)


def compare_registers(before: Register, after: Register) -> Difference:
    """Return the differences between two registers, of which ``after`` is the later."""
    tables = {name: _compare_tables(before, after, name) for name in _merge_names(before.tables, after.tables)}
    return Difference(
        before,
        after,
        {name: table for name, table in tables.items() if table},
        {name: pairs for name, pairs in _compare_figures(before, after).items() if pairs},
        tuple(_find_changed_paths(before.descriptor, after.descriptor)),
        tuple(
            name
            for name in _merge_names(before.maps, after.maps)
            if _read_map(before, name) != _read_map(after, name)
        ),
    )


def _merge_names(before: Sequence[str], after: Sequence[str]) -> list[str]:
    return [*after, *(name for name in before if name not in after)]


def _compare_figures(before: Register, after: Register) -> dict[str, list[Pair]]:
    return {
        finding.id: find_changed_rows(finding, (before, Selection()), (after, Selection())) for finding in COMPARED
    }


def _read_map(register: Register, name: str) -> dict[str, JsonValue] | None:
    return register.geojson(name) if name in register.maps else None


def _find_changed_paths(before: object, after: object, path: str = "") -> Iterator[str]:
    """Yield the dotted paths at which two descriptors differ; elements of lists are matched by their names."""
    before, after = _index_by_name(before), _index_by_name(after)
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in _merge_names(list(before), list(after)):
            yield from _find_changed_paths(before.get(key), after.get(key), f"{path}.{key}" if path else str(key))
    elif before != after:
        yield path


def _index_by_name(value: object) -> object:
    """Return a list of named parts as a mapping by name, and any other value as it is."""
    if isinstance(value, tuple) and value and all(isinstance(part, Mapping) and "name" in part for part in value):
        return {part["name"]: part for part in value}
    return value


def _compare_tables(before: Register, after: Register, name: str) -> TableDifference:
    old, new = _list_file_rows(before, name), _list_file_rows(after, name)
    keys = {register.dictionary.keys(name) for register in (before, after) if name in register.tables}
    key = keys.pop() if len(keys) == 1 else ()
    return _compare_by_key(old, new, key) if key else _compare_whole_rows(old, new)


def _list_file_rows(register: Register, name: str) -> list[Row]:
    """Return the rows of a table with the fields of its file, without derived columns; missing cells are ``None``."""
    if name not in register.tables:
        return []
    fields, table = register.dictionary.fields(name), register.table(name)
    cells = table[fields].astype(object).where(table[fields].notna(), None)
    return [dict(zip(fields, row, strict=True)) for row in zip(*(cells[field] for field in fields), strict=True)]


def _compare_by_key(old: list[Row], new: list[Row], key: tuple[str, ...]) -> TableDifference:
    before, after = ({tuple(row[field] for field in key): row for row in rows} for rows in (old, new))
    pairs = [(before[values], row) for values, row in after.items() if values in before]
    return TableDifference(
        key,
        tuple(row for values, row in after.items() if values not in before),
        tuple(ChangedRow(*pair, _list_changed_fields(*pair)) for pair in pairs if _list_changed_fields(*pair)),
        tuple(row for values, row in before.items() if values not in after),
    )


def _list_changed_fields(before: Row, after: Row) -> tuple[str, ...]:
    """Return the fields that differ; a field that one of the rows lacks counts as blank."""
    return tuple(field for field in _merge_names(list(before), list(after)) if before.get(field) != after.get(field))


def _compare_whole_rows(old: list[Row], new: list[Row]) -> TableDifference:
    """Return the rows, with repetitions, that only one of two tables without a common key has."""
    before, after = (Counter(tuple(row.items()) for row in rows) for rows in (old, new))
    added, withdrawn = (after - before).elements(), (before - after).elements()
    return TableDifference((), tuple(map(dict, added)), (), tuple(map(dict, withdrawn)))
