"""The command ``verify``: compare all versions of a store, or of a copy of it, with their checksums."""

import argparse
import json
import sys
from pathlib import Path

from khoosheh import publishing, register
from khoosheh.cli.terminal import Commands, escape_unprintable_output
from khoosheh.formatting import format_digits
from khoosheh.locale import DEFAULT, LANGUAGES, format_message
from khoosheh.publishing import PublishError, Verification, VerifiedVersion
from khoosheh.register import version_store

STORE = "store of versions, or a copy of one; default KHOOSHEH_DATA"


def add_command(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "verify", help="compare the files of all versions of a store with their checksums; exit 1 where one differs"
    )
    parser.add_argument("store", nargs="?", type=Path, help=STORE)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT)
    parser.set_defaults(run=run_verify)


def run_verify(options: argparse.Namespace) -> int:
    """Print one line for each version and each fault; return the exit code: 1 if there are faults."""
    escape_unprintable_output()
    store = options.store or register.data_path()
    try:
        if not version_store.is_store(store):
            raise PublishError("no_store", path=store)
        verification = publishing.verify_store(store)
    except PublishError as refusal:
        print(refusal.words(options.lang), file=sys.stderr)
        return 1
    if options.format == "json":
        print(json.dumps(build_verification_record(verification, options.lang), ensure_ascii=False, indent=1))
    else:
        print("\n".join(format_verification_lines(verification, options.lang)))
    return 1 if verification.every_fault else 0


def format_verification_lines(verification: Verification, lang: str) -> list[str]:
    """Return a line for each version, a line for each fault, and the totals."""
    faults = verification.every_fault
    lines = [_format_verified_version(version, lang) for version in verification.versions]
    lines += [fault.line(lang) for fault in faults]
    return [*lines, _format_totals(len(verification.versions), len(faults), lang)]


def _format_totals(versions: int, faults: int, lang: str) -> str:
    if not faults:
        return format_message(lang, "verify.all", count=versions)
    return format_message(
        lang,
        "verify.some",
        faults=format_message(lang, "count.faults", count=faults),
        versions=format_message(lang, "count.versions", count=versions),
    )


def _format_verified_version(verified: VerifiedVersion, lang: str) -> str:
    state = "faulty" if verified.faults else verified.state
    return format_message(
        lang,
        f"verify.{state}",
        version=format_digits(verified.version.id, lang),
        checksum=verified.version.checksum[:8],
    )


def build_verification_record(verification: Verification, lang: str) -> dict[str, object]:
    """Return the verification as a record for JSON."""
    return {
        "sound": not verification.every_fault,
        "faults": [fault.as_dict(lang) for fault in verification.faults],
        "versions": [
            {
                "version": verified.version.id,
                "state": verified.state,
                "checksum": verified.version.checksum,
                "sound": not verified.faults,
                "faults": [fault.as_dict(lang) for fault in verified.faults],
            }
            for verified in verification.versions
        ],
    }
