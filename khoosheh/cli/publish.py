"""The commands ``publish``, ``history`` and ``restore`` for the versions of a store."""

import argparse
import dataclasses
import json
import sys
from collections.abc import Callable
from pathlib import Path

from khoosheh import calendar, publishing, register
from khoosheh.cli import source
from khoosheh.cli.terminal import Commands, escape_unprintable_output
from khoosheh.formatting import format_digits
from khoosheh.locale import DEFAULT, LANGUAGES, format_message
from khoosheh.publishing import PublishError, Version
from khoosheh.register import PackageError, version_store

STORE = "store of versions; default KHOOSHEH_DATA"


def add_command(commands: Commands) -> None:
    """Add the commands to the command line."""
    parser = _add_subcommand(
        commands, "publish", "check a package or spreadsheet and bring it into force as a new version", run_publish
    )
    parser.add_argument("path", help=source.FILE)
    parser.add_argument("--to", dest="store", type=Path, help=f"{STORE}; made where there is none")
    _add_signature_arguments(parser)
    parser = _add_subcommand(commands, "restore", "make an older version current again, as a new one", run_restore)
    parser.add_argument("version", help="its number in the history")
    parser.add_argument("--store", type=Path, help=STORE)
    _add_signature_arguments(parser)
    parser = _add_subcommand(commands, "history", "list the versions of a store, newest first", run_history)
    parser.add_argument("--store", type=Path, help=STORE)
    parser.add_argument("--format", choices=("text", "json"), default="text")


def _add_subcommand(
    commands: Commands, name: str, summary: str, act: Callable[[argparse.Namespace], None]
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=summary)
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT)
    parser.set_defaults(run=lambda options: _run_action(act, options))
    return parser


def _add_signature_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--who", required=True, help="who publishes")
    parser.add_argument("--why", required=True, help="why")
    parser.add_argument("--expect", metavar="VERSION", help="refuse if another version than this is in force")


def _run_action(act: Callable[[argparse.Namespace], None], options: argparse.Namespace) -> int:
    """Run one of the commands; return the exit code: 1 for faulty data or a refusal."""
    escape_unprintable_output()
    try:
        act(options)
    except PackageError as error:
        print("\n".join(fault.line(options.lang) for fault in error.faults), file=sys.stderr)
        return 1
    except PublishError as refusal:
        print(refusal.words(options.lang), file=sys.stderr)
        return 1
    return 0


def run_publish(options: argparse.Namespace) -> None:
    """Publish a package and print the number of its version."""
    in_force = register.data_path()
    store = options.store or _find_store(options)
    seed = None if in_force.resolve() == store.resolve() else in_force
    base = store if version_store.is_store(store) else in_force
    _print_damage(store, options.lang)
    with source.open_as_package(options.path, options.lang, lambda: source.load_base_register(base)) as folder:
        _print_published_version(
            publishing.publish_package(folder, store, options.who, options.why, expect=options.expect, seed=seed),
            options,
        )
    if seed is not None:
        print(format_message(options.lang, "publish.set", path=store))


def run_restore(options: argparse.Namespace) -> None:
    """Restore a version and print the number of the new one."""
    store = _find_store(options)
    _print_damage(store, options.lang)
    _print_published_version(
        publishing.restore_version(options.version, store, options.who, options.why, expect=options.expect), options
    )


def run_history(options: argparse.Namespace) -> None:
    """Print the versions of a store, with the checksums that their entries record."""
    versions = publishing.list_published_versions(_find_store(options))
    if options.format == "json":
        print(json.dumps([dataclasses.asdict(version) for version in versions], ensure_ascii=False, indent=1))
    else:
        print(
            "\n".join(format_version_line(version, options.lang) for version in versions)
            or format_message(options.lang, "history.none")
        )
        if versions:
            print(format_message(options.lang, "history.recorded"), file=sys.stderr)


def format_version_line(version: Version, lang: str) -> str:
    """Return a version as a line of the history."""
    number, restored = format_digits(version.id, lang), format_digits(version.restored, lang)
    action = format_message(lang, f"history.{version.action}", version=restored, who=version.who)
    if not version.day:
        return format_message(lang, "history.short", version=number, action=action)
    return format_message(
        lang,
        "history.line",
        version=number,
        action=action,
        day=calendar.format_date(calendar.parse_jalali_date(version.day), lang),
        why=format_message(lang, "history.why", why=version.why) if version.why else "",
        statements=format_message(lang, "evidence.count", count=version.statements),
        checksum=version.checksum[:8],
    )


def _find_store(options: argparse.Namespace) -> Path:
    store = options.store or register.data_path()
    if not version_store.is_store(store):
        raise PublishError("no_store", path=store)
    return store


def _print_damage(store: Path, lang: str) -> None:
    """Warn the publisher if the version in force differs from what was published."""
    faults = publishing.find_version_damage(store)
    if faults:
        print(format_message(lang, "publish.damaged"), file=sys.stderr)
        print("\n".join(fault.line(lang) for fault in faults), file=sys.stderr)


def _print_published_version(version: Version, options: argparse.Namespace) -> None:
    print(
        format_message(
            options.lang, "publish.done", version=format_digits(version.id, options.lang), count=version.statements
        )
    )
