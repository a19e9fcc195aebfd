"""``diff``: what differs between a package and the register in force."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping

from khoosheh import publishing, register
from khoosheh.cli import source
from khoosheh.cli.measure import to_json_value
from khoosheh.cli.progress import make_progress_printer
from khoosheh.locale import DEFAULT, LANGUAGES, format_message
from khoosheh.publishing import description as findings

MARKS = {findings.ADDED: "+", findings.CHANGED: "~", findings.WITHDRAWN: "-"}


def add_command(commands: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("diff", help="print what a package would change: rows, and figures of the pages")
    parser.add_argument("path", help=source.FILE)
    parser.add_argument("--data", help="package or store to compare with; default KHOOSHEH_DATA or the shipped one")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT)
    parser.set_defaults(run=run_diff)


def run_diff(asked: argparse.Namespace) -> int:
    """Print the difference; return the exit code, 1 where one of both is faulty."""
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        before = register.load_register(asked.data, make_progress_printer(asked.lang))
        with source.open_as_package(asked.path, asked.lang, lambda: before) as folder:
            after = register.load_register(folder, make_progress_printer(asked.lang))
    except register.PackageError as error:
        print("\n".join(fault.line(asked.lang) for fault in error.faults), file=sys.stderr)
        return 1
    found = publishing.compare_registers(before, after)
    if asked.format == "json":
        print(json.dumps(build_difference_record(found), ensure_ascii=False, indent=1))
    else:
        print("\n".join(format_difference_lines(found, asked.lang)))
    return 0


def format_difference_lines(found: publishing.Difference, lang: str) -> Iterator[str]:
    """Yield the difference line by line."""
    yield findings.format_difference_summary(found, lang)
    for table, rows in findings.format_changed_rows(found, lang).items():
        yield f"\n{table}"
        for row in rows:
            yield f" {MARKS[row.what]} {row.name}"
            yield from (f"     {field}" for field in row.fields)
    figures = findings.format_changed_figures(found, lang)
    if figures:
        yield f"\n{format_message(lang, 'difference.figures')}"
    for one in figures:
        yield f" {format_message(lang, 'difference.field', field=one.kind, before=one.before, after=one.after)}"
    others = findings.format_other_differences(found, lang)
    if others:
        yield f"\n{format_message(lang, 'difference.others')}"
    yield from (f" {one}" for one in others)


def build_difference_record(found: publishing.Difference) -> dict[str, object]:
    """Return the difference for JSON; blank cells are null."""
    return {
        "before": found.before.version,
        "after": found.after.version,
        "tables": {
            name: {
                "added": list(one.added),
                "changed": [_build_changed_record(one.key, row) for row in one.changed],
                "withdrawn": list(one.withdrawn),
            }
            for name, one in found.tables.items()
        },
        "figures": {
            name: [
                {"before": _build_row_record(before), "after": _build_row_record(after)} for before, after in pairs
            ]
            for name, pairs in found.figures.items()
        },
        "descriptor": list(found.descriptor),
        "maps": list(found.maps),
    }


def _build_changed_record(key: tuple[str, ...], row: publishing.ChangedRow) -> dict[str, object]:
    fields = {name: {"before": row.before.get(name), "after": row.after.get(name)} for name in row.fields}
    return {"key": {name: row.after[name] for name in key}, "fields": fields}


def _build_row_record(row: Mapping | None) -> dict[str, object] | None:
    return None if row is None else {name: to_json_value(value) for name, value in row.items()}
