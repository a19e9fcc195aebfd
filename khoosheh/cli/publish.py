"""``publish``, ``history``, ``restore``: the versions of a store."""

import argparse
import dataclasses
import json
import sys
from collections.abc import Callable
from pathlib import Path

from khoosheh import calendar, publishing, register
from khoosheh.cli import source
from khoosheh.locale import DEFAULT, LANGUAGES, text
from khoosheh.publishing import Refusal, Version
from khoosheh.register import PackageError, home
from khoosheh.words import digits

STORE = "store of versions; default KHOOSHEH_DATA"


def add(commands: argparse._SubParsersAction) -> None:
    """Add the commands to the command line."""
    one = _command(
        commands, "publish", "check a package or spreadsheet and bring it into force as a new version", publish
    )
    one.add_argument("path", help=source.FILE)
    one.add_argument("--to", dest="store", type=Path, help=f"{STORE}; made where there is none")
    _signed(one)
    one = _command(commands, "restore", "make an older version current again, as a new one", restore)
    one.add_argument("version", help="its number in the history")
    one.add_argument("--store", type=Path, help=STORE)
    _signed(one)
    one = _command(commands, "history", "list the versions of a store, newest first", history)
    one.add_argument("--store", type=Path, help=STORE)
    one.add_argument("--format", choices=("text", "json"), default="text")


def _command(
    commands: argparse._SubParsersAction, name: str, words: str, act: Callable[[argparse.Namespace], None]
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=words)
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT)
    parser.set_defaults(run=lambda asked: _run(act, asked))
    return parser


def _signed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--who", required=True, help="who publishes")
    parser.add_argument("--why", required=True, help="why")
    parser.add_argument("--expect", metavar="VERSION", help="refuse if another version than this is in force")


def _run(act: Callable[[argparse.Namespace], None], asked: argparse.Namespace) -> int:
    """Run one of the commands; return the exit code."""
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        act(asked)
    except PackageError as error:
        print("\n".join(fault.line(asked.lang) for fault in error.faults), file=sys.stderr)
        return 1
    except Refusal as refusal:
        print(refusal.words(asked.lang), file=sys.stderr)
        return 1
    return 0


def publish(asked: argparse.Namespace) -> None:
    """Publish a package and say as which version."""
    shown = register.data_path()
    store = asked.store or _store(asked)
    seed = None if shown.resolve() == store.resolve() else shown
    current = store if home.is_store(store) else shown
    _tell_damage(store, asked.lang)
    with source.opened(asked.path, asked.lang, lambda: source.in_force(current)) as folder:
        _tell(publishing.publish(folder, store, asked.who, asked.why, expect=asked.expect, seed=seed), asked)
    if seed is not None:
        print(text(asked.lang, "publish.set", path=store))


def restore(asked: argparse.Namespace) -> None:
    """Restore a version and say as which new one."""
    store = _store(asked)
    _tell_damage(store, asked.lang)
    _tell(publishing.restore(asked.version, store, asked.who, asked.why, expect=asked.expect), asked)


def history(asked: argparse.Namespace) -> None:
    """Print the versions of a store, with the checksums that were recorded when they were published."""
    found = publishing.history(_store(asked))
    if asked.format == "json":
        print(json.dumps([dataclasses.asdict(one) for one in found], ensure_ascii=False, indent=1))
    else:
        print("\n".join(line(one, asked.lang) for one in found) or text(asked.lang, "history.none"))
        if found:
            print(text(asked.lang, "history.recorded"), file=sys.stderr)


def line(version: Version, lang: str) -> str:
    """Return a version as a line of the history."""
    number, restored = (digits(one, lang) for one in (version.id, version.restored))
    action = text(lang, f"history.{version.action}", version=restored, who=version.who)
    if not version.day:
        return text(lang, "history.short", version=number, action=action)
    return text(
        lang,
        "history.line",
        version=number,
        action=action,
        day=calendar.format_date(calendar.parse(version.day), lang),
        why=text(lang, "history.why", why=version.why) if version.why else "",
        statements=version.statements,
        checksum=version.checksum[:8],
    )


def _store(asked: argparse.Namespace) -> Path:
    found = asked.store or register.data_path()
    if not home.is_store(found):
        raise Refusal("no_store", path=found)
    return found


def _tell_damage(store: Path, lang: str) -> None:
    """Tell the publisher that the version to be replaced is not what was published."""
    faults = publishing.damage(store)
    if faults:
        print(text(lang, "publish.damaged"), file=sys.stderr)
        print("\n".join(fault.line(lang) for fault in faults), file=sys.stderr)


def _tell(version: Version, asked: argparse.Namespace) -> None:
    print(text(asked.lang, "publish.done", version=digits(version.id, asked.lang), statements=version.statements))
