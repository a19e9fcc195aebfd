"""Checks of the standard: frictionless validates the cells of a table, its errors become faults of ours.

Labels and keys have checks of their own (``keys``): frictionless goes by the place of a column, so that one missing
column makes every cell a fault, and opens a table anew for each foreign key that leads to it.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from khoosheh.register.descriptor_compat import find_model_field, merge_constraints
from khoosheh.register.faults import Fault

EACH = 5_000
# frictionless' types of error, and our names for them
CODES = {
    "encoding-error": "encoding", "extra-cell": "extra_cell", "missing-cell": "missing_cell",
    "blank-row": "blank_row", "type-error": "type", "source-error": "unreadable", "scheme-error": "unreadable",
    "format-error": "unreadable",
}  # fmt: skip
LABELS = ("blank-header", "extra-label", "missing-label", "blank-label", "duplicate-label", "incorrect-label")
CONSTRAINTS = ("required", "pattern", "minimum", "maximum")
# checked with the keys, for a whole column at once
ELSEWHERE = ("unique", "enum")
PARTS = ["type", "rowNumber", "fieldName", "cell", "note"]

Progress = Callable[[float, str], None]


def validate_cells(
    folder: Path, one: Mapping, model: Mapping, heading: list[str], tick: Callable[[int], None], most: int
) -> Iterator[Fault]:
    """Yield what frictionless finds in the cells of one table, whose columns stand as in ``heading``.

    ``one`` is the table's part of a descriptor, ``model`` the shipped descriptor, whose rules always hold.
    ``tick`` is told the number of rows checked, now and then. Checking stops after ``most`` faults.
    """
    from frictionless import Checklist, FrictionlessException, Resource

    fields = {
        field["name"]: {
            **field,
            "constraints": merge_constraints(field, find_model_field(model, one["name"], field["name"])),
        }
        for field in one["schema"]["fields"]
    }
    try:
        resource = Resource.from_descriptor(_make_table_descriptor(one, fields, heading), basepath=str(folder))
        report = resource.validate(Checklist(checks=[_make_row_ticker(tick)]), limit_errors=most)
    except FrictionlessException as error:
        yield Fault("descriptor", "datapackage.json", None, one["name"], params={"note": error.error.type})
        return
    except (TypeError, ValueError, ArithmeticError) as error:
        # frictionless does not look at every part of a schema before it uses it
        yield Fault("descriptor", "datapackage.json", None, one["name"], params={"note": type(error).__name__})
        return
    errors = report.flatten(PARTS)
    for error in errors:
        if error[0] not in LABELS:
            yield _make_error_fault(one["path"], dict(zip(PARTS, error, strict=True)), fields)
    if len(errors) >= most:
        yield Fault("too_many", one["path"], params={"most": most})


def _make_table_descriptor(one: Mapping, fields: Mapping[str, Mapping], heading: list[str]) -> dict:
    """Return the table's descriptor with its fields in the order of the file, and without keys."""
    found, used = [], set()
    for place, label in enumerate(heading):
        known = fields.get(label) if label not in used else None
        found.append(_make_checked_field(known) if known else {"name": f"column-{place}", "type": "any"})
        used.add(label)
    schema = {"fields": found, "missingValues": [""]}
    return {
        "name": one["name"], "path": one["path"], "type": "table", "format": "csv", "encoding": "utf-8",
        "schema": schema,
    }  # fmt: skip


def _make_checked_field(field: Mapping) -> dict:
    """Return a field with what frictionless is to check; codes and uniqueness are checked with the keys."""
    rules = {name: rule for name, rule in field.get("constraints", {}).items() if name not in ELSEWHERE}
    kept = {name: field[name] for name in ("name", "type", "trueValues", "falseValues") if name in field}
    return {**kept, "constraints": rules} if rules else kept


def _make_row_ticker(tick: Callable[[int], None]) -> object:
    """Return a check that finds nothing and counts the rows that pass."""
    from frictionless import Check

    class Ticker(Check):
        type = "ticker"
        Errors = ()

        def validate_row(self, row: object) -> Iterator:
            # its numbers count the heading
            if row.row_number % EACH == 0:
                tick(row.row_number - 1)
            yield from ()

    return Ticker()


def _make_error_fault(path: str, error: Mapping, fields: Mapping[str, Mapping]) -> Fault:
    kind, field = error["type"], error["fieldName"] or ""
    # The type's name stands for frictionless' note, which is in English whatever the reader's language.
    code, params = CODES.get(kind, "general"), {"note": kind}
    known = fields.get(field, {})
    value = "" if error["cell"] is None else error["cell"]
    if kind == "constraint-error":
        name = next((one for one in CONSTRAINTS if f'"{one}"' in (error["note"] or "")), "")
        code = f"constraint_{name}" if name else "general"
        params["rule"] = str(known.get("constraints", {}).get(name, ""))
        value = "" if name == "required" else value
    elif kind == "type-error":
        params["type"] = known.get("type", "")
    return Fault(code, path, error["rowNumber"] or None, field, value, params)
