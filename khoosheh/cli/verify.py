"""``verify``: are all versions of a store, or of a backup of it, what was published?"""

import argparse
import json
import sys
from pathlib import Path

from khoosheh import publishing, register
from khoosheh.formatting import format_digits
from khoosheh.locale import DEFAULT, LANGUAGES, format_message
from khoosheh.publishing import PublishError, Verification, VerifiedVersion
from khoosheh.register import version_store

STORE = "store of versions, or a copy of one; default KHOOSHEH_DATA"


def add_command(commands: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "verify", help="compare the files of all versions of a store with their checksums; exit 1 where one differs"
    )
    parser.add_argument("store", nargs="?", type=Path, help=STORE)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT)
    parser.set_defaults(run=run_verify)


def run_verify(asked: argparse.Namespace) -> int:
    """Print a line a version, and all faults; return the exit code."""
    sys.stdout.reconfigure(errors="backslashreplace")
    store = asked.store or register.data_path()
    try:
        if not version_store.is_store(store):
            raise PublishError("no_store", path=store)
        found = publishing.verify_store(store)
    except PublishError as refusal:
        print(refusal.words(asked.lang), file=sys.stderr)
        return 1
    if asked.format == "json":
        print(json.dumps(build_verification_record(found, asked.lang), ensure_ascii=False, indent=1))
    else:
        print("\n".join(format_verification_lines(found, asked.lang)))
    return 1 if found.every_fault else 0


def format_verification_lines(found: Verification, lang: str) -> list[str]:
    """Return a line a version, one a fault, and the sum."""
    faults = found.every_fault
    told = [_format_verified_version(one, lang) for one in found.versions] + [fault.line(lang) for fault in faults]
    return [*told, _format_sum(len(found.versions), len(faults), lang)]


def _format_sum(versions: int, faults: int, lang: str) -> str:
    if not faults:
        return format_message(lang, "verify.all", count=versions)
    return format_message(
        lang,
        "verify.some",
        faults=format_message(lang, "count.faults", count=faults),
        versions=format_message(lang, "count.versions", count=versions),
    )


def _format_verified_version(one: VerifiedVersion, lang: str) -> str:
    state = "faulty" if one.faults else one.state
    return format_message(
        lang, f"verify.{state}", version=format_digits(one.version.id, lang), checksum=one.version.checksum[:8]
    )


def build_verification_record(found: Verification, lang: str) -> dict[str, object]:
    """Return the verification for JSON."""
    return {
        "sound": not found.every_fault,
        "faults": [fault.as_dict(lang) for fault in found.faults],
        "versions": [
            {
                "version": one.version.id,
                "state": one.state,
                "checksum": one.version.checksum,
                "sound": not one.faults,
                "faults": [fault.as_dict(lang) for fault in one.faults],
            }
            for one in found.versions
        ],
    }
