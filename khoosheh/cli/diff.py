"""The command ``diff``: the differences between a package and the register in force."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping

from khoosheh import publishing, register
from khoosheh.cli import source
from khoosheh.cli.measure import to_json_value
from khoosheh.cli.terminal import Commands, escape_unprintable_output, make_progress_printer
from khoosheh.locale import DEFAULT, LANGUAGES, format_message
from khoosheh.publishing import description

MARKS = {description.ADDED: "+", description.CHANGED: "~", description.WITHDRAWN: "-"}


def add_command(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("diff", help="print what a package would change: rows, and figures of the pages")
    parser.add_argument("path", help=source.FILE)
    parser.add_argument("--data", help="package or store to compare with; default KHOOSHEH_DATA or the shipped one")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT)
    parser.set_defaults(run=run_diff)


def run_diff(options: argparse.Namespace) -> int:
    """Print the difference; return the exit code: 1 if one of the two registers is faulty."""
    escape_unprintable_output()
    try:
        before = register.load_register(options.data, make_progress_printer(options.lang))
        with source.open_as_package(options.path, options.lang, lambda: before) as folder:
            after = register.load_register(folder, make_progress_printer(options.lang))
    except register.PackageError as error:
        print("\n".join(fault.line(options.lang) for fault in error.faults), file=sys.stderr)
        return 1
    difference = publishing.compare_registers(before, after)
    if options.format == "json":
        print(json.dumps(build_difference_record(difference), ensure_ascii=False, indent=1))
    else:
        print("\n".join(format_difference_lines(difference, options.lang)))
    return 0


def format_difference_lines(difference: publishing.Difference, lang: str) -> Iterator[str]:
    """Yield the lines of the difference in words."""
    yield description.format_difference_summary(difference, lang)
    for table, rows in description.format_changed_rows(difference, lang).items():
        yield f"\n{table}"
        for row in rows:
            yield f" {MARKS[row.what]} {row.name}"
            yield from (f"     {field}" for field in row.fields)
    figures = description.format_changed_figures(difference, lang)
    if figures:
        yield f"\n{format_message(lang, 'difference.figures')}"
    for change in figures:
        words = format_message(lang, "difference.field", field=change.kind, before=change.before, after=change.after)
        yield f" {words}"
    others = description.format_other_differences(difference, lang)
    if others:
        yield f"\n{format_message(lang, 'difference.others')}"
    yield from (f" {other}" for other in others)


def build_difference_record(difference: publishing.Difference) -> dict[str, object]:
    """Return the difference as a record for JSON; blank cells are null."""
    return {
        "before": difference.before.version,
        "after": difference.after.version,
        "tables": {
            name: {
                "added": list(table.added),
                "changed": [_build_changed_record(table.key, row) for row in table.changed],
                "withdrawn": list(table.withdrawn),
            }
            for name, table in difference.tables.items()
        },
        "figures": {
            name: [
                {"before": _build_row_record(before), "after": _build_row_record(after)} for before, after in pairs
            ]
            for name, pairs in difference.figures.items()
        },
        "descriptor": list(difference.descriptor),
        "maps": list(difference.maps),
    }


def _build_changed_record(key: tuple[str, ...], row: publishing.ChangedRow) -> dict[str, object]:
    fields = {name: {"before": row.before.get(name), "after": row.after.get(name)} for name in row.fields}
    return {"key": {name: row.after[name] for name in key}, "fields": fields}


def _build_row_record(row: Mapping[str, object] | None) -> dict[str, object] | None:
    return None if row is None else {name: to_json_value(value) for name, value in row.items()}
