"""The result of reading an uploaded file, which the worker writes as JSON and the server reads."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from khoosheh.intake import CellFault, Intake, LeftOut, Reading
from khoosheh.publishing import Difference, description
from khoosheh.publishing.description import FigureChange, RowChange
from khoosheh.register import Register
from khoosheh.register.descriptor_types import JsonValue

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

# rows of each list that a page shows
SHOWN = 100

Row = TypeVar("Row")
# a value in an outcome: JSON whose objects may also be dataclasses and read-only mappings, its lists also tuples
OutcomeValue: TypeAlias = (
    "DataclassInstance | Mapping[str, OutcomeValue] | list[OutcomeValue] | tuple[OutcomeValue, ...] "
    "| str | float | None"
)


@dataclass(frozen=True)
class TableWords:
    """Rows of one table that differ: the table's label, their number, and the first ``SHOWN`` of them in words."""

    label: str
    count: int
    rows: tuple[RowChange, ...]


@dataclass(frozen=True)
class DifferenceWords:
    """The difference between the published register and a file, in words of one language.

    ``title``: a sentence; ``figures``: the first of ``figures_count`` figures that changed; ``others``: changed parts
    of descriptor and maps.
    """

    title: str
    figures_count: int
    figures: tuple[FigureChange, ...]
    tables: tuple[TableWords, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """The result of reading a file.

    ``kind``: as in :class:`khoosheh.intake.Intake`; ``readings`` and ``left_out``: the first of ``readings_count``
    and ``left_out_count``; ``statements``: number of statements; ``difference``: by language; ``register``: the
    checked register. The last three are 0, empty and ``None`` for a file with faults.
    """

    kind: str = ""
    faults: tuple[CellFault, ...] = ()
    readings: tuple[Reading, ...] = ()
    readings_count: int = 0
    left_out: tuple[LeftOut, ...] = ()
    left_out_count: int = 0
    statements: int = 0
    difference: Mapping[str, DifferenceWords] = field(default_factory=dict)
    register: Register | None = None

    def with_register(self, difference: Mapping[str, DifferenceWords], statements: int) -> "Outcome":
        """Return a copy with the difference by language and the number of statements of a sound file."""
        return replace(self, difference=difference, statements=statements)

    def to_json(self) -> str:
        """Return the outcome as JSON, without the register."""
        return json.dumps(_make_plain_json(replace(self, register=None)), ensure_ascii=False, default=str)

    @classmethod
    def from_json(cls, text: str, register: Register | None = None) -> "Outcome":
        """Return the outcome that :meth:`to_json` wrote, with its register."""
        values = json.loads(text)
        values["register"] = register
        for name, kind in (("faults", CellFault), ("readings", Reading), ("left_out", LeftOut)):
            values[name] = _parse_rows(kind, values[name])
        values["difference"] = {
            lang: _parse_difference(words) for lang, words in (values["difference"] or {}).items()
        }
        return cls(**values)


def build_outcome(intake: Intake) -> Outcome:
    """Return the outcome of an intake, its lists cut to ``SHOWN`` rows."""
    return Outcome(
        kind=intake.kind,
        faults=intake.faults,
        readings=intake.readings[:SHOWN],
        readings_count=len(intake.readings),
        left_out=intake.left_out[:SHOWN],
        left_out_count=len(intake.left_out),
    )


def build_difference_words(difference: Difference, lang: str) -> DifferenceWords:
    """Return a difference in words of one language, its lists cut to ``SHOWN`` rows."""
    figures = description.format_changed_figures(difference, lang)
    tables = description.format_changed_rows(difference, lang)
    return DifferenceWords(
        title=description.format_difference_summary(difference, lang),
        figures_count=len(figures),
        figures=tuple(figures[:SHOWN]),
        tables=tuple(TableWords(label, len(rows), tuple(rows[:SHOWN])) for label, rows in tables.items()),
        others=tuple(description.format_other_differences(difference, lang)[:SHOWN]),
    )


def _make_plain_json(value: OutcomeValue) -> JsonValue:
    """Return a value with its dataclasses and read-only mappings replaced by dicts, tuples by lists."""
    if is_dataclass(value):
        return {field.name: _make_plain_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _make_plain_json(item) for key, item in value.items()}
    return [_make_plain_json(item) for item in value] if isinstance(value, list | tuple) else value


def _parse_rows(kind: type[Row], rows: Sequence[Mapping[str, Any]]) -> tuple[Row, ...]:
    return tuple(kind(**row) for row in rows)


def _parse_difference(values: Mapping[str, Any]) -> DifferenceWords:
    tables = tuple(
        TableWords(table["label"], table["count"], tuple(_parse_row_words(row) for row in table["rows"]))
        for table in values["tables"]
    )
    figures = _parse_rows(FigureChange, values["figures"])
    return DifferenceWords(values["title"], values["figures_count"], figures, tables, tuple(values["others"]))


def _parse_row_words(row: Mapping[str, Any]) -> RowChange:
    return RowChange(row["what"], row["name"], tuple(row["fields"]))
