"""``publish``, ``history``, ``restore``: the versions of a store."""

import argparse
import dataclasses
import json
import sys
from collections.abc import Callable
from pathlib import Path

from khoosheh import calendar, publishing, register
from khoosheh.cli import source
from khoosheh.formatting import format_digits
from khoosheh.locale import DEFAULT, LANGUAGES, format_message
from khoosheh.publishing import PublishError, Version
from khoosheh.register import PackageError, version_store

STORE = "store of versions; default KHOOSHEH_DATA"


def add_command(commands: argparse._SubParsersAction) -> None:
    """Add the commands to the command line."""
    one = _add_subcommand(
        commands, "publish", "check a package or spreadsheet and bring it into force as a new version", run_publish
    )
    one.add_argument("path", help=source.FILE)
    one.add_argument("--to", dest="store", type=Path, help=f"{STORE}; made where there is none")
    _add_signature_arguments(one)
    one = _add_subcommand(commands, "restore", "make an older version current again, as a new one", run_restore)
    one.add_argument("version", help="its number in the history")
    one.add_argument("--store", type=Path, help=STORE)
    _add_signature_arguments(one)
    one = _add_subcommand(commands, "history", "list the versions of a store, newest first", run_history)
    one.add_argument("--store", type=Path, help=STORE)
    one.add_argument("--format", choices=("text", "json"), default="text")


def _add_subcommand(
    commands: argparse._SubParsersAction, name: str, words: str, act: Callable[[argparse.Namespace], None]
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=words)
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT)
    parser.set_defaults(run=lambda asked: _run_action(act, asked))
    return parser


def _add_signature_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--who", required=True, help="who publishes")
    parser.add_argument("--why", required=True, help="why")
    parser.add_argument("--expect", metavar="VERSION", help="refuse if another version than this is in force")


def _run_action(act: Callable[[argparse.Namespace], None], asked: argparse.Namespace) -> int:
    """Run one of the commands; return the exit code."""
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        act(asked)
    except PackageError as error:
        print("\n".join(fault.line(asked.lang) for fault in error.faults), file=sys.stderr)
        return 1
    except PublishError as refusal:
        print(refusal.words(asked.lang), file=sys.stderr)
        return 1
    return 0


def run_publish(asked: argparse.Namespace) -> None:
    """Publish a package and say as which version."""
    shown = register.data_path()
    store = asked.store or _find_store(asked)
    seed = None if shown.resolve() == store.resolve() else shown
    current = store if version_store.is_store(store) else shown
    _print_damage(store, asked.lang)
    with source.open_as_package(asked.path, asked.lang, lambda: source.load_base_register(current)) as folder:
        _print_published_version(
            publishing.publish_package(folder, store, asked.who, asked.why, expect=asked.expect, seed=seed), asked
        )
    if seed is not None:
        print(format_message(asked.lang, "publish.set", path=store))


def run_restore(asked: argparse.Namespace) -> None:
    """Restore a version and say as which new one."""
    store = _find_store(asked)
    _print_damage(store, asked.lang)
    _print_published_version(
        publishing.restore_version(asked.version, store, asked.who, asked.why, expect=asked.expect), asked
    )


def run_history(asked: argparse.Namespace) -> None:
    """Print the versions of a store, with the checksums that were recorded when they were published."""
    found = publishing.list_published_versions(_find_store(asked))
    if asked.format == "json":
        print(json.dumps([dataclasses.asdict(one) for one in found], ensure_ascii=False, indent=1))
    else:
        print(
            "\n".join(format_version_line(one, asked.lang) for one in found)
            or format_message(asked.lang, "history.none")
        )
        if found:
            print(format_message(asked.lang, "history.recorded"), file=sys.stderr)


def format_version_line(version: Version, lang: str) -> str:
    """Return a version as a line of the history."""
    number, restored = (format_digits(one, lang) for one in (version.id, version.restored))
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


def _find_store(asked: argparse.Namespace) -> Path:
    found = asked.store or register.data_path()
    if not version_store.is_store(found):
        raise PublishError("no_store", path=found)
    return found


def _print_damage(store: Path, lang: str) -> None:
    """Tell the publisher that the version to be replaced is not what was published."""
    faults = publishing.find_version_damage(store)
    if faults:
        print(format_message(lang, "publish.damaged"), file=sys.stderr)
        print("\n".join(fault.line(lang) for fault in faults), file=sys.stderr)


def _print_published_version(version: Version, asked: argparse.Namespace) -> None:
    print(
        format_message(
            asked.lang, "publish.done", version=format_digits(version.id, asked.lang), count=version.statements
        )
    )
