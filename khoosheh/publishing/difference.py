"""The difference of two registers: rows of every table, figures of the pages, descriptor and maps."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from khoosheh.measures.changes import Pair
from khoosheh.measures.scope import Selection
from khoosheh.register import Register
from khoosheh.topics.registry import COMPARED, find_changed_rows

Row = Mapping[str, object]


@dataclass(frozen=True)
class ChangedRow:
    """A row whose key stayed while ``fields`` changed."""

    before: Row
    after: Row
    fields: tuple[str, ...]


@dataclass(frozen=True)
class TableDifference:
    """What differs in one table; ``key``: the fields by which rows were matched, none where whole rows were."""

    key: tuple[str, ...]
    added: tuple[Row, ...]
    changed: tuple[ChangedRow, ...]
    withdrawn: tuple[Row, ...]

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.added or self.changed or self.withdrawn)


@dataclass(frozen=True)
class Difference:
    """What differs between two registers; only what differs is listed.

    ``tables``: by name; rows hold the cells of the files, ``None`` where blank. ``figures``: pairs of rows by the
    ids of the compared findings, each register on its own last day. ``descriptor``: places of the descriptor whose
    contents differ, joined by dots. ``maps``: names of maps.
    """

    before: Register
    after: Register
    tables: Mapping[str, TableDifference]
    figures: Mapping[str, Sequence[Pair]]
    descriptor: tuple[str, ...]
    maps: tuple[str, ...]

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.tables or self.figures or self.descriptor or self.maps)


def compare_registers(before: Register, after: Register) -> Difference:
    """Return what differs between two registers, the later being ``after``."""
    tables = {name: _compare_tables(before, after, name) for name in _merge_names(before.tables, after.tables)}
    return Difference(
        before,
        after,
        {name: found for name, found in tables.items() if found},
        {name: pairs for name, pairs in _compare_figures(before, after).items() if pairs},
        tuple(_find_changed_places(before.descriptor, after.descriptor)),
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


def _read_map(register: Register, name: str) -> dict | None:
    return register.geojson(name) if name in register.maps else None


def _find_changed_places(before: object, after: object, place: str = "") -> Iterator[str]:
    """Yield the places at which two descriptors differ; parts of lists go by their names."""
    before, after = _index_by_name(before), _index_by_name(after)
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in _merge_names(list(before), list(after)):
            yield from _find_changed_places(before.get(key), after.get(key), f"{place}.{key}" if place else str(key))
    elif before != after:
        yield place


def _index_by_name(value: object) -> object:
    if isinstance(value, tuple) and value and all(isinstance(one, Mapping) and "name" in one for one in value):
        return {one["name"]: one for one in value}
    return value


def _compare_tables(before: Register, after: Register, name: str) -> TableDifference:
    old, new = _list_file_rows(before, name), _list_file_rows(after, name)
    keys = {register.dictionary.keys(name) for register in (before, after) if name in register.tables}
    key = keys.pop() if len(keys) == 1 else ()
    return _compare_by_key(old, new, key) if key else _compare_whole_rows(old, new)


def _list_file_rows(register: Register, name: str) -> list[Row]:
    """Return the rows of a table as its file has them, without what follows from them."""
    if name not in register.tables:
        return []
    fields, table = register.dictionary.fields(name), register.table(name)
    cells = table[fields].astype(object).where(table[fields].notna(), None)
    return [dict(zip(fields, row, strict=True)) for row in zip(*(cells[field] for field in fields), strict=True)]


def _compare_by_key(old: list[Row], new: list[Row], key: tuple[str, ...]) -> TableDifference:
    before, after = ({tuple(row[field] for field in key): row for row in rows} for rows in (old, new))
    pairs = [(before[one], row) for one, row in after.items() if one in before]
    return TableDifference(
        key,
        tuple(row for one, row in after.items() if one not in before),
        tuple(ChangedRow(*pair, _list_changed_fields(*pair)) for pair in pairs if _list_changed_fields(*pair)),
        tuple(row for one, row in before.items() if one not in after),
    )


def _list_changed_fields(before: Row, after: Row) -> tuple[str, ...]:
    """Return the fields that differ; a field that one of the rows lacks is blank there."""
    return tuple(field for field in _merge_names(list(before), list(after)) if before.get(field) != after.get(field))


def _compare_whole_rows(old: list[Row], new: list[Row]) -> TableDifference:
    """Compare rows without a common key: each is there or is not, as often as it stands."""
    before, after = (Counter(tuple(row.items()) for row in rows) for rows in (old, new))
    added, withdrawn = ((one - other).elements() for one, other in ((after, before), (before, after)))
    return TableDifference((), tuple(map(dict, added)), (), tuple(map(dict, withdrawn)))
