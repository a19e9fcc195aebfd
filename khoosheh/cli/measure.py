"""The command ``measure``: the tables that the pages draw, for scripts."""

import argparse
import csv
import json
import sys
from datetime import date
from typing import Any

from khoosheh import calendar, queries, register
from khoosheh.cli.terminal import Commands, make_progress_printer
from khoosheh.downloads import guard_cell
from khoosheh.engines import collect_frame
from khoosheh.errors import KhooshehError
from khoosheh.formatting import is_missing
from khoosheh.locale import DEFAULT, LANGUAGES
from khoosheh.measures.rows import Table
from khoosheh.measures.scope import Selection
from khoosheh.topics.registry import list_commands

MEASURES = list_commands()
# field of --where: attribute of the selection
WHERE = {
    "chain": "chains", "county": "counties", "sector": "sectors", "project": "projects", "kind": "kinds",
    "unit": "unit", "by": "by", "isic": "isic", "knowledge_based": "knowledge_based", "exporting": "exporting",
}  # fmt: skip


class UnknownWordError(KhooshehError, ValueError):
    """An argument names nothing. ``code``: 'unknown', 'form' or 'date'; ``value``: the argument or its part."""

    texts = ("cli.measure.{code}",)


def add_command(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("measure", help="print a measure: the same numbers as the pages")
    parser.add_argument("name", choices=sorted(MEASURES))
    parser.add_argument("--as-of", default="", help="Jalali month or day, like 1403-07: what was known by its end")
    parser.add_argument("--where", action="append", default=[], metavar="FIELD=VALUE", help=", ".join(WHERE))
    parser.add_argument("--format", choices=("csv", "json"), default="csv")
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT, help="language of messages")
    parser.add_argument("--data", help="folder of a package; default KHOOSHEH_DATA or the shipped one")
    parser.set_defaults(run=run_measure)


def run_measure(options: argparse.Namespace) -> int:
    """Print the table; return the exit code: 1 for faulty data, 2 for an unknown word."""
    try:
        data = register.load_register(options.data, make_progress_printer(options.lang))
        selection = parse_selection(data, options.where, options.as_of)
    except register.PackageError as error:
        print("\n".join(fault.line(options.lang) for fault in error.faults), file=sys.stderr)
        return 1
    except UnknownWordError as error:
        print(error.words(options.lang), file=sys.stderr)
        return 2
    print_table(collect_frame(MEASURES[options.name](data, selection)), options.format)
    return 0


def parse_selection(data: register.Register, where: list[str], as_of: str) -> Selection:
    """Return the selection that arguments describe (``FIELD=VALUE``, a Jalali date); raises ``UnknownWordError``."""
    allowed = queries.list_selection_codes(data)
    parts: dict[str, Any] = {"as_of": _parse_as_of_day(as_of)}
    for argument in where:
        given, sign, value = argument.partition("=")
        if not sign:
            raise UnknownWordError("form", argument)
        name = queries.FORMER_FIELDS.get(given, given)
        if name not in WHERE:
            raise UnknownWordError("unknown", given, name="--where", allowed=list(WHERE))
        if value not in allowed[name]:
            raise UnknownWordError("unknown", value, name=name, allowed=allowed[name])
        part = WHERE[name]
        parts[part] = value if part in ("unit", "by") else (*parts.get(part, ()), value)
    return Selection(**parts)


def _parse_as_of_day(as_of: str) -> date | None:
    if not as_of:
        return None
    try:
        return calendar.parse_jalali_date(as_of).last_day
    except calendar.DateError as error:
        raise UnknownWordError("date", as_of, reason=error) from error


def print_table(table: Table, form: str) -> None:
    """Print a table as CSV, guarded against formulas, or as JSON records; missing cells are blank or null."""
    rows = [{key: to_json_value(value) for key, value in row.items()} for row in table.iter_rows(named=True)]
    if form == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    writer = csv.DictWriter(sys.stdout, table.columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: guard_cell(value) for key, value in row.items()} for row in rows)


def to_json_value(value: object) -> object:
    """Return a value for JSON: ``None`` for a missing one, dates in ISO 8601, numpy scalars as Python's."""
    if is_missing(value):
        return None
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value
