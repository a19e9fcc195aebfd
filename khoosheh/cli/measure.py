"""``measure``: the tables that the pages draw, for scripts."""

import argparse
import csv
import json
import sys
from datetime import date

import narwhals as nw

from khoosheh import calendar, queries, register
from khoosheh.cli.progress import make_progress_printer
from khoosheh.downloads import guard_cell
from khoosheh.errors import KhooshehError
from khoosheh.formatting import is_missing
from khoosheh.locale import DEFAULT, LANGUAGES
from khoosheh.measures.scope import Selection

MEASURES = {
    "investment": queries.query_investment_amounts,
    "ranking": queries.query_province_rankings,
    "standings": queries.query_computed_rankings,
    "stages": queries.query_stage_states,
    "chains": queries.query_chain_completion,
    "schedule": queries.query_commitments,
    "progress": queries.query_physical_progress,
    "earned_value": queries.query_earned_value,
    "balance": queries.query_link_balances,
    "evidence": queries.select_statements,
    "cluster_needs": queries.query_cluster_needs,
    "firms": queries.query_firms,
    "specialities": queries.query_stage_specialities,
}
# field of --where: part of the selection
WHERE = {
    "chain": "chains", "county": "counties", "sector": "sectors", "kind": "kinds", "unit": "unit", "by": "by",
    "isic": "isic", "kb": "knowledge_based", "exports": "exporting",
}  # fmt: skip


class UnknownWordError(KhooshehError, ValueError):
    """A word of the command line that names nothing. ``code``: 'unknown', 'form' or 'date'; ``value``: the word."""

    texts = ("cli.measure.{code}",)


def add_command(commands: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("measure", help="print a measure: the same numbers as the pages")
    parser.add_argument("name", choices=sorted(MEASURES))
    parser.add_argument("--as-of", default="", help="Jalali month or day, like 1403-07: what was known by its end")
    parser.add_argument("--where", action="append", default=[], metavar="FIELD=VALUE", help=", ".join(WHERE))
    parser.add_argument("--format", choices=("csv", "json"), default="csv")
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT, help="language of messages")
    parser.add_argument("--data", help="folder of a package; default KHOOSHEH_DATA or the shipped one")
    parser.set_defaults(run=run_measure)


def run_measure(asked: argparse.Namespace) -> int:
    """Print the table; return the exit code."""
    try:
        found = register.load_register(asked.data, make_progress_printer(asked.lang))
        question = parse_selection(found, asked.where, asked.as_of)
    except register.PackageError as error:
        print("\n".join(fault.line(asked.lang) for fault in error.faults), file=sys.stderr)
        return 1
    except UnknownWordError as error:
        print(error.words(asked.lang), file=sys.stderr)
        return 2
    print_table(MEASURES[asked.name](found, question), asked.format)
    return 0


def parse_selection(found: register.Register, where: list[str], as_of: str) -> Selection:
    """Return the question of the command line; raises ``UnknownWordError``."""
    allowed = queries.list_selection_codes(found)
    parts: dict[str, object] = {"as_of": _parse_as_of_day(as_of)}
    for one in where:
        name, sign, value = one.partition("=")
        if not sign:
            raise UnknownWordError("form", one)
        if name not in WHERE:
            raise UnknownWordError("unknown", name, name="--where", allowed=list(WHERE))
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


def print_table(table: nw.DataFrame, form: str) -> None:
    """Print a table as CSV, whose texts start no formula, or as JSON records; missing cells are blank or null."""
    rows = [{key: to_json_value(value) for key, value in row.items()} for row in table.iter_rows(named=True)]
    if form == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    writer = csv.DictWriter(sys.stdout, table.columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: guard_cell(value) for key, value in row.items()} for row in rows)


def to_json_value(value: object) -> object:
    """Return a cell as JSON writes it: missing ones as nothing, days in ISO."""
    if is_missing(value):
        return None
    if hasattr(value, "isoformat"):
        return value.isoformat()
    # numpy's numbers are none of JSON's
    return value.item() if hasattr(value, "item") else value
