"""Checks of the standard: frictionless validates the tables, its errors become faults of ours."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from khoosheh.register.faults import Fault

MOST_ERRORS = 10_000
EACH = 5_000
# frictionless' types of error, and our names for them
CODES = {
    "encoding-error": "encoding", "extra-label": "extra_label", "missing-label": "missing_label",
    "blank-label": "blank_label", "duplicate-label": "duplicate_label", "incorrect-label": "incorrect_label",
    "extra-cell": "extra_cell", "missing-cell": "missing_cell", "blank-row": "blank_row", "type-error": "type",
    "primary-key": "primary_key", "foreign-key": "foreign_key", "unique-error": "unique",
    "blank-header": "blank_label", "source-error": "unreadable", "scheme-error": "unreadable",
    "format-error": "unreadable",
}  # fmt: skip
CONSTRAINTS = ("required", "unique", "enum", "pattern", "minimum", "maximum")
PARTS = ["type", "rowNumber", "fieldName", "cell", "note", "label"]
_FOREIGN = re.compile(r'for "(.*?)": values "(.*?)" not found in the lookup table "(.*?)"')

Progress = Callable[[float, str], None]


def package(folder: Path, descriptor: Mapping) -> object:
    """Return the whole package as frictionless sees it."""
    from frictionless import Package

    return Package.from_descriptor(dict(descriptor), basepath=str(folder))


def validate(whole: object, name: str, tick: Callable[[int], None]) -> Iterator[Fault]:
    """Yield what frictionless finds in one table; foreign keys are looked up in the whole package.

    ``tick`` is told the number of rows checked, now and then.
    """
    from frictionless import Checklist

    resource = whole.get_resource(name)
    report = resource.validate(Checklist(checks=[_ticker(tick)]), limit_errors=MOST_ERRORS)
    errors = report.flatten(PARTS)
    for error in errors:
        yield _fault(resource.path, dict(zip(PARTS, error, strict=True)), resource.schema)
    if len(errors) >= MOST_ERRORS:
        yield Fault("too_many", resource.path, params={"most": MOST_ERRORS})


def _ticker(tick: Callable[[int], None]) -> object:
    """Return a check that finds nothing and counts the rows that pass."""
    from frictionless import Check

    class Ticker(Check):
        type = "ticker"
        Errors = ()

        def validate_row(self, row: object) -> Iterator:
            if row.row_number % EACH == 0:
                tick(row.row_number)
            yield from ()

    return Ticker()


def _fault(path: str, error: Mapping, schema: object) -> Fault:
    kind, note, field = error["type"], error["note"] or "", error["fieldName"] or error["label"] or ""
    code, value, params = CODES.get(kind, "general"), error["cell"], {"note": note}
    if kind == "constraint-error":
        name = next((one for one in CONSTRAINTS if f'"{one}"' in note), "")
        code = f"constraint_{name}" if name else "general"
        params["rule"] = _rule(schema, field, name)
    elif kind == "type-error":
        params["type"] = schema.get_field(field).type if schema.has_field(field) else ""
    elif kind == "primary-key":
        field = ", ".join(schema.primary_key)
    elif kind == "foreign-key" and (found := _FOREIGN.search(note)):
        field, value, params["table"] = found.group(1), found.group(2), f"{found.group(3)}.csv"
    return Fault(code, path, error["rowNumber"] or None, field, "" if value is None else str(value)[:200], params)


def _rule(schema: object, field: str, name: str) -> str:
    """Return what a constraint allows."""
    if not name or not schema.has_field(field):
        return ""
    rule = schema.get_field(field).constraints.get(name)
    return ", ".join(map(str, rule)) if isinstance(rule, list) else str(rule)
