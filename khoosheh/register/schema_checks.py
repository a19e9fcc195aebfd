"""Checks cells against Table Schema: frictionless validates a table, and its errors become faults.

Headings and keys are checked in :mod:`khoosheh.register.key_checks`: frictionless compares columns by their place, so
that one missing column makes every cell a fault, and reads a table again for each foreign key that refers to it.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeAlias, TypedDict

from khoosheh.register.descriptor_compat import find_model_field, merge_constraints
from khoosheh.register.descriptor_types import Constraints, Descriptor, Field, Resource
from khoosheh.register.faults import Fault
from khoosheh.register.package_files import lift_cell_limit

if TYPE_CHECKING:
    from frictionless import Check, Error, Row

    _ErrorType: TypeAlias = type[Error]

# rows after which the number of checked rows is reported
EACH = 5_000
# type of an error of frictionless -> code of a fault
CODES = {
    "encoding-error": "encoding", "extra-cell": "extra_cell", "missing-cell": "missing_cell",
    "blank-row": "blank_row", "type-error": "type", "source-error": "unreadable", "scheme-error": "unreadable",
    "format-error": "unreadable",
}  # fmt: skip
# types of errors of headings, which are checked with the keys
LABELS = ("blank-header", "extra-label", "missing-label", "blank-label", "duplicate-label", "incorrect-label")
# the constraints that frictionless checks
CONSTRAINTS = ("required", "pattern", "minimum", "maximum")
# what is read of an error of frictionless, in the order of _Error
PARTS = ["type", "rowNumber", "fieldName", "cell", "note"]

# called with the share of the work that is done (0..1) and the name of the table being checked
Progress: TypeAlias = Callable[[float, str], None]
_Error: TypeAlias = tuple[str, int | None, str | None, str | None, str | None]


class _CheckedField(TypedDict, total=False):
    """A field as it is given to frictionless."""

    name: str
    type: str
    trueValues: list[str]
    falseValues: list[str]
    constraints: Constraints


def validate_cells(
    folder: Path, table: Resource, model: Descriptor, heading: list[str], tick: Callable[[int], None], most: int
) -> Iterator[Fault]:
    """Yield the faults that frictionless finds in the cells of one table, whose columns are those of ``heading``.

    ``model``: the shipped descriptor, whose rules hold for every package. ``tick`` is called with the number of rows
    checked, every ``EACH`` rows. Checking stops after ``most`` faults.
    """
    from frictionless import Checklist, FrictionlessException, Resource

    lift_cell_limit()
    fields = {field["name"]: _merge_with_model(field, model, table["name"]) for field in table["schema"]["fields"]}
    try:
        resource = Resource.from_descriptor(_make_table_descriptor(table, fields, heading), basepath=str(folder))
        report = resource.validate(Checklist(checks=[_make_row_ticker(tick)]), limit_errors=most)
    except FrictionlessException as error:
        yield Fault("descriptor", "datapackage.json", None, table["name"], params={"note": error.error.type})
        return
    except (TypeError, ValueError, ArithmeticError) as error:
        # frictionless uses parts of a schema that it has not checked
        yield Fault("descriptor", "datapackage.json", None, table["name"], params={"note": type(error).__name__})
        return
    errors: list[_Error] = [tuple(parts) for parts in report.flatten(PARTS)]
    for found in errors:
        if found[0] not in LABELS:
            yield _make_error_fault(table["path"], found, fields)
    if len(errors) >= most:
        yield Fault("too_many", table["path"], params={"most": most})


def _merge_with_model(field: Field, model: Descriptor, table: str) -> Field:
    return {**field, "constraints": merge_constraints(field, find_model_field(model, table, field["name"]))}


def _make_table_descriptor(table: Resource, fields: Mapping[str, Field], heading: list[str]) -> dict[str, object]:
    """Return the descriptor of a table with its fields in the order of the file, and without keys."""
    checked: list[_CheckedField] = []
    for place, label in enumerate(heading):
        field = fields.get(label) if label not in heading[:place] else None
        checked.append(_make_checked_field(field) if field else {"name": f"column-{place}", "type": "any"})
    schema = {"fields": checked, "missingValues": [""]}
    return {
        "name": table["name"], "path": table["path"], "type": "table", "format": "csv", "encoding": "utf-8",
        "schema": schema,
    }  # fmt: skip


def _make_checked_field(field: Field) -> _CheckedField:
    """Return the parts of a field that frictionless checks; codes and uniqueness are checked with the keys."""
    checked: _CheckedField = {"name": field["name"], "type": field["type"]}
    if "trueValues" in field:
        checked["trueValues"] = list(field["trueValues"])
    if "falseValues" in field:
        checked["falseValues"] = list(field["falseValues"])
    rules = field.get("constraints", Constraints()).copy()
    rules.pop("unique", None)
    rules.pop("enum", None)
    if rules:
        checked["constraints"] = rules
    return checked


def _make_row_ticker(tick: Callable[[int], None]) -> "Check":
    """Return a check that finds no errors and calls ``tick`` with the number of rows checked."""
    from frictionless import Check

    class Ticker(Check):
        type = "ticker"
        Errors: ClassVar[list["_ErrorType"]] = []

        def validate_row(self, row: "Row") -> Iterator["Error"]:
            # its numbers count the heading
            if row.row_number % EACH == 0:
                tick(row.row_number - 1)
            yield from ()

    return Ticker()


def _make_error_fault(path: str, error: _Error, fields: Mapping[str, Field]) -> Fault:
    kind, row, name, cell, note = error
    # the type of the error instead of its note, which is in English whatever the language of the reader
    code, params = CODES.get(kind, "general"), {"note": kind}
    field, value = fields.get(name or ""), cell or ""
    if kind == "constraint-error":
        rule = next((rule for rule in CONSTRAINTS if f'"{rule}"' in (note or "")), "")
        code = f"constraint_{rule}" if rule else "general"
        rules: Mapping[str, object] = field.get("constraints", {}) if field else {}
        params["rule"] = str(rules.get(rule, ""))
        value = "" if rule == "required" else value
    elif kind == "type-error":
        params["type"] = field["type"] if field else ""
    return Fault(code, path, row or None, name or "", value, params)
