"""The process that reads and checks the file of one visitor.

Started by :mod:`khoosheh.uploads.process`. It sends ``{"share": 0..1}`` for each step of progress, or ``{"refused":
code}``, and writes its results as files into the request's folder: ``OUTCOME``, ``REGISTER`` (a snapshot, where the
file is sound) or ``MARKED``.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from khoosheh import limited_process
from khoosheh.limits import ANSWER, FAULTS, ROWS, UNPACKED_PACKAGE
from khoosheh.spreadsheets.zip_limits import NO_ROOM

# share of the progress that reading and checking take; the rest is the comparison
CHECKED_SHARE = 0.9
OUTCOME, REGISTER, PACKAGE, MARKED = "outcome.json", "register", "package", "marked.xlsx"
# the server, which answers all visitors, gets the processor first
NICENESS = 10


def main() -> None:
    """Do the task of the request: 'read' or 'mark'."""
    request = limited_process.receive_request(file_bytes=max(UNPACKED_PACKAGE, ANSWER))
    os.nice(NICENESS)
    try:
        {"read": _read_source, "mark": _write_marked_copy}[request["task"]](request)
    except (MemoryError, RecursionError):
        _refuse("intake_too_long")
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        _refuse("intake_no_room")
    limited_process.send_end()


def _read_source(request: Mapping[str, str]) -> None:
    """Read a file, check it, and compare it with the published register."""
    # imported once the limits hold: these imports load pandas and the catalogues
    from khoosheh import intake, publishing
    from khoosheh import register as registers
    from khoosheh.locale import LANGUAGES
    from khoosheh.register import snapshot
    from khoosheh.uploads.outcome import build_difference_words, build_outcome

    folder = Path(request["folder"])
    published = snapshot.read_snapshot(Path(request["published"]))
    if registers.compute_version(published.path, published.descriptor) != published.version:
        # tables that the file lacks would be taken from files that are not those of the published register
        _refuse("intake_base_changed")
        return
    result = intake.read_source(
        Path(request["source"]),
        folder / PACKAGE,
        request["name"],
        published,
        lambda share, table: limited_process.send_message({"share": CHECKED_SHARE * share}),
        registers.Bounds(rows=ROWS, faults=FAULTS),
    )
    outcome = build_outcome(result)
    if result.register is not None:
        snapshot.write_snapshot(result.register, folder / REGISTER)
        difference = publishing.compare_registers(published, result.register)
        words = {lang: build_difference_words(difference, lang) for lang in LANGUAGES}
        outcome = outcome.with_register(words, len(result.register.table("statements")))
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
        limited_process.send_message({"refused": error.code, "params": error.params})


def _refuse(code: str) -> None:
    limited_process.send_message({"refused": code})


if __name__ == "__main__":
    main()
