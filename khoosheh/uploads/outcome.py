"""What came of a file that was given, in a form that one process writes as JSON and another reads."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from khoosheh.findings import difference as findings
from khoosheh.findings.difference import FigureWords, RowWords
from khoosheh.intake import CellFault, Intake, LeftOut, Reading
from khoosheh.publishing import Difference
from khoosheh.register import Register

# rows that a page shows of each list; all are counted
SHOWN = 100

Row = TypeVar("Row")


@dataclass(frozen=True)
class TableWords:
    """The rows of one table that differ: its label, how many there are, and the first of them in words."""

    label: str
    count: int
    rows: tuple[RowWords, ...]


@dataclass(frozen=True)
class DifferenceWords:
    """What differs between the published register and a file, in the words of one language."""

    title: str
    figures_count: int
    figures: tuple[FigureWords, ...]
    tables: tuple[TableWords, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What came of a file.

    ``kind``: see :class:`khoosheh.intake.Intake`; ``readings`` and ``left_out``: the first of ``readings_count`` and
    ``left_out_count``; ``statements``: how many the register has; ``difference``: by language, empty where the file
    has faults; ``register``: where it has none.
    """

    kind: str = ""
    faults: tuple[CellFault, ...] = ()
    readings: tuple[Reading, ...] = ()
    readings_count: int = 0
    left_out: tuple[LeftOut, ...] = ()
    left_out_count: int = 0
    statements: int = 0
    difference: Mapping[str, DifferenceWords] | None = None
    register: Register | None = None

    def with_register(self, difference: Mapping[str, DifferenceWords], statements: int) -> "Outcome":
        """Return the outcome of a file without faults."""
        return replace(self, difference=difference, statements=statements)

    def to_json(self) -> str:
        """Return all of it but the register."""
        return json.dumps(_plain(replace(self, register=None)), ensure_ascii=False, default=str)

    @classmethod
    def from_json(cls, words: str, register: Register | None = None) -> "Outcome":
        """Read what :meth:`to_json` wrote."""
        given = json.loads(words)
        given["register"] = register
        for name, kind in (("faults", CellFault), ("readings", Reading), ("left_out", LeftOut)):
            given[name] = _rows(kind, given[name])
        given["difference"] = {lang: _difference(one) for lang, one in (given["difference"] or {}).items()}
        return cls(**given)


def outcome_of(found: Intake) -> Outcome:
    """Return what an intake tells, cut to what a page shows."""
    return Outcome(
        kind=found.kind,
        faults=found.faults,
        readings=found.readings[:SHOWN],
        readings_count=len(found.readings),
        left_out=found.left_out[:SHOWN],
        left_out_count=len(found.left_out),
    )


def difference_words(found: Difference, lang: str) -> DifferenceWords:
    """Return a difference in words, cut to what a page shows."""
    figures = findings.figures(found, lang)
    tables = findings.tables(found, lang)
    return DifferenceWords(
        title=findings.title(found, lang),
        figures_count=len(figures),
        figures=tuple(figures[:SHOWN]),
        tables=tuple(TableWords(label, len(rows), tuple(rows[:SHOWN])) for label, rows in tables.items()),
        others=tuple(findings.others(found, lang)[:SHOWN]),
    )


def _plain(value: object) -> object:
    """Return dataclasses, and mappings that cannot be changed, as plain JSON."""
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _rows(kind: type[Row], given: Sequence[Mapping[str, Any]]) -> tuple[Row, ...]:
    return tuple(kind(**one) for one in given)


def _difference(given: Mapping[str, Any]) -> DifferenceWords:
    tables = tuple(
        TableWords(one["label"], one["count"], tuple(_row(row) for row in one["rows"])) for one in given["tables"]
    )
    figures = _rows(FigureWords, given["figures"])
    return DifferenceWords(given["title"], given["figures_count"], figures, tables, tuple(given["others"]))


def _row(given: Mapping[str, Any]) -> RowWords:
    return RowWords(given["what"], given["name"], tuple(given["fields"]))
