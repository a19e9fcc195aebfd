"""What came of a file that was given, in a form that one process writes as JSON and another reads."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from khoosheh.intake import CellFault, Intake, LeftOut, Reading
from khoosheh.publishing import Difference
from khoosheh.publishing import description as findings
from khoosheh.publishing.description import FigureChange, RowChange
from khoosheh.register import Register

# rows that a page shows of each list; all are counted
SHOWN = 100

Row = TypeVar("Row")


@dataclass(frozen=True)
class TableWords:
    """The rows of one table that differ: its label, how many there are, and the first of them in words."""

    label: str
    count: int
    rows: tuple[RowChange, ...]


@dataclass(frozen=True)
class DifferenceWords:
    """What differs between the published register and a file, in the words of one language."""

    title: str
    figures_count: int
    figures: tuple[FigureChange, ...]
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
        return json.dumps(_make_plain_json(replace(self, register=None)), ensure_ascii=False, default=str)

    @classmethod
    def from_json(cls, words: str, register: Register | None = None) -> "Outcome":
        """Read what :meth:`to_json` wrote."""
        given = json.loads(words)
        given["register"] = register
        for name, kind in (("faults", CellFault), ("readings", Reading), ("left_out", LeftOut)):
            given[name] = _parse_rows(kind, given[name])
        given["difference"] = {lang: _parse_difference(one) for lang, one in (given["difference"] or {}).items()}
        return cls(**given)


def build_outcome(found: Intake) -> Outcome:
    """Return what an intake tells, cut to what a page shows."""
    return Outcome(
        kind=found.kind,
        faults=found.faults,
        readings=found.readings[:SHOWN],
        readings_count=len(found.readings),
        left_out=found.left_out[:SHOWN],
        left_out_count=len(found.left_out),
    )


def build_difference_words(found: Difference, lang: str) -> DifferenceWords:
    """Return a difference in words, cut to what a page shows."""
    figures = findings.format_changed_figures(found, lang)
    tables = findings.format_changed_rows(found, lang)
    return DifferenceWords(
        title=findings.format_difference_summary(found, lang),
        figures_count=len(figures),
        figures=tuple(figures[:SHOWN]),
        tables=tuple(TableWords(label, len(rows), tuple(rows[:SHOWN])) for label, rows in tables.items()),
        others=tuple(findings.format_other_differences(found, lang)[:SHOWN]),
    )


def _make_plain_json(value: object) -> object:
    """Return dataclasses, and mappings that cannot be changed, as plain JSON."""
    if is_dataclass(value):
        return {one.name: _make_plain_json(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {key: _make_plain_json(one) for key, one in value.items()}
    return [_make_plain_json(one) for one in value] if isinstance(value, list | tuple) else value


def _parse_rows(kind: type[Row], given: Sequence[Mapping[str, Any]]) -> tuple[Row, ...]:
    return tuple(kind(**one) for one in given)


def _parse_difference(given: Mapping[str, Any]) -> DifferenceWords:
    tables = tuple(
        TableWords(one["label"], one["count"], tuple(_parse_row_words(row) for row in one["rows"]))
        for one in given["tables"]
    )
    figures = _parse_rows(FigureChange, given["figures"])
    return DifferenceWords(given["title"], given["figures_count"], figures, tables, tuple(given["others"]))


def _parse_row_words(given: Mapping[str, Any]) -> RowChange:
    return RowChange(given["what"], given["name"], tuple(given["fields"]))
