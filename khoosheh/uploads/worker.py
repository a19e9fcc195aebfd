"""The process that reads and checks one file that a visitor gave.

Started by :mod:`khoosheh.uploads.process` as ``python -m khoosheh.uploads.worker``. The request comes as one line of
JSON on standard input; the answer is a line of JSON for each step of progress, files in the request's folder, and a
last line that tells the end. The system ends this process when it takes more memory or time than it may, and when the
server that started it is gone.
"""

import ctypes
import json
import os
import resource
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from khoosheh.limits import ANSWER, FAULTS, MEMORY, ROWS, SECONDS_OF_WORK, UNPACKED_PACKAGE
from khoosheh.spreadsheets.zip_limits import NO_ROOM

READ_SHARE, LOADED_SHARE = 0.5, 0.9
OUTCOME, REGISTER, PACKAGE, MARKED = "outcome.json", "register", "package", "marked.xlsx"
# pages of other visitors come first
NICENESS = 10
FILES_OPEN = 256
_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Do what the request on standard input asks for."""
    limit_process()
    request = json.loads(sys.stdin.readline())
    try:
        {"read": _read_source, "mark": _write_marked_copy}[request["task"]](request)
    except (MemoryError, RecursionError):
        _write_message(refused="intake_too_long")
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        _write_message(refused="intake_no_room")
    _write_message(end=True)


def limit_process() -> None:
    """Set what the system enforces of this process."""
    if sys.platform == "linux":
        # its parent may be killed without a chance to end it
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == 1:
            sys.exit(1)
    os.nice(NICENESS)
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS_OF_WORK),
        (resource.RLIMIT_FSIZE, max(UNPACKED_PACKAGE, ANSWER)),
        (resource.RLIMIT_NOFILE, FILES_OPEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _read_source(request: Mapping[str, str]) -> None:
    """Read a file, check it, and compare it with the published register."""
    from khoosheh import intake, publishing
    from khoosheh import register as registers
    from khoosheh.locale import LANGUAGES
    from khoosheh.register import snapshot
    from khoosheh.uploads.outcome import build_difference_words, build_outcome

    folder = Path(request["folder"])
    published = snapshot.read_snapshot(Path(request["published"]))
    if registers.compute_version(published.path, published.descriptor) != published.version:
        # what a file leaves out would come from files that are not those of the published register
        _write_message(refused="intake_base_changed")
        return
    bounds = registers.Bounds(rows=ROWS, faults=FAULTS)
    found = intake.read_source(
        Path(request["source"]),
        folder / PACKAGE,
        request["name"],
        published,
        lambda share, table: _write_message(share=READ_SHARE * share),
        bounds,
    )
    outcome = build_outcome(found)
    if not found.faults:
        rest = LOADED_SHARE - READ_SHARE
        register = registers.load_register(
            found.folder, lambda share, table: _write_message(share=READ_SHARE + rest * share), bounds
        )
        snapshot.write_snapshot(register, folder / REGISTER)
        difference = publishing.compare_registers(published, register)
        words = {lang: build_difference_words(difference, lang) for lang in LANGUAGES}
        outcome = outcome.with_register(words, len(register.table("statements")))
    (folder / OUTCOME).write_text(outcome.to_json(), encoding="utf-8")


def _write_marked_copy(request: Mapping[str, str]) -> None:
    """Write a copy of a file in which its faults are marked."""
    from khoosheh.intake import marked_copy
    from khoosheh.spreadsheets import UnreadableError
    from khoosheh.uploads.outcome import Outcome

    folder = Path(request["folder"])
    outcome = Outcome.from_json((folder / OUTCOME).read_text(encoding="utf-8"))
    try:
        marked_copy.write_marked_copy(
            Path(request["source"]), outcome.faults, folder / MARKED, request["lang"], request["name"]
        )
    except UnreadableError as error:
        _write_message(refused=error.code, params=error.params)


def _write_message(**words: object) -> None:
    print(json.dumps(words), flush=True)


if __name__ == "__main__":
    main()
