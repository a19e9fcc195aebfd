"""Reading the file of a visitor: starts the worker process, reports its progress and returns its result."""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from khoosheh import limited_process, temporary
from khoosheh.intake import CellFault
from khoosheh.register import Register, snapshot
from khoosheh.spreadsheets import UnreadableError
from khoosheh.uploads import worker
from khoosheh.uploads.outcome import Outcome

_WORKER = "khoosheh.uploads.worker"
# how Python, the system and libraries of C say that a process may have no more memory: a thread needs some as well
_NO_MEMORY = ("MemoryError", "Cannot allocate memory", "Failed to launch worker thread", "can't start new thread")
# bytes of a worker's standard error that are written to the log
_LONGEST_LOG = 4000
# one thread per library and no memory pool for many threads, so that the limit of memory goes to the file
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}

ReportProgress = Callable[[float], None]


def read_upload(
    content: bytes | memoryview, name: str, published: Register, report_progress: ReportProgress
) -> Outcome:
    """Read and check the file of a visitor in a worker process; return the outcome, whatever the file contains.

    ``name``: the name that the visitor's computer gave; ``published``: the register to compare with, whose tables
    complete a workbook or a csv. ``report_progress`` is called at least every quarter of a second with the share done
    (0..1); an exception that it raises ends the worker and is raised again.
    """
    try:
        with temporary.make_private_folder() as folder:
            return _read_in_worker(content, name, published, folder, report_progress)
    except UnreadableError as error:
        return Outcome(faults=(CellFault(error.code, name, params=error.params, sheet=name),))
    except OSError:
        # a full disk, or a folder that this user may not write to
        logging.getLogger(__name__).exception("the temporary folder cannot be used")
        return Outcome(faults=(CellFault("intake_no_room", name, sheet=name),))


def _read_in_worker(
    content: bytes | memoryview, name: str, published: Register, folder: Path, report_progress: ReportProgress
) -> Outcome:
    source = folder / "given"
    source.write_bytes(content)
    snapshot.write_snapshot(published, folder / "published")
    request = {
        "task": "read", "source": str(source), "name": name, "folder": str(folder),
        "published": str(folder / "published"),
    }  # fmt: skip
    _run_worker(request, folder, report_progress)
    return _read_outcome(folder)


def mark_faults(content: bytes, name: str, outcome: Outcome, lang: str) -> bytes:
    """Return an xlsx: a copy of a spreadsheet in which the faults of its outcome are marked.

    Raises ``UnreadableError`` where the worker exceeds its limits or the file has no cells, and ``OSError``.
    """
    with temporary.make_private_folder() as folder:
        source = folder / "given"
        source.write_bytes(content)
        (folder / worker.OUTCOME).write_text(outcome.to_json(), encoding="utf-8")
        request = {"task": "mark", "source": str(source), "name": name, "folder": str(folder), "lang": lang}
        _run_worker(request, folder, lambda share: None)
        return (folder / worker.MARKED).read_bytes()


def _read_outcome(folder: Path) -> Outcome:
    register_folder = folder / worker.REGISTER
    register = snapshot.read_snapshot(register_folder) if register_folder.exists() else None
    return Outcome.from_json((folder / worker.OUTCOME).read_text(encoding="utf-8"), register)


def _run_worker(request: Mapping[str, str], folder: Path, report_progress: ReportProgress) -> None:
    """Run the worker on a request; raises ``UnreadableError`` where it refuses, fails or is stopped."""
    share = 0.0

    def receive(message: Mapping[str, Any]) -> None:
        nonlocal share
        if "refused" in message:
            raise UnreadableError(message["refused"], **message.get("params", {}))
        share = max(share, float(message["share"]))

    error_file = folder / "errors"
    try:
        with error_file.open("wb") as errors:
            limited_process.run_worker(
                _WORKER,
                request,
                receive,
                on_wait=lambda: report_progress(share),
                environment={**_ENVIRONMENT, "TMPDIR": str(folder)},
                errors=errors,
            )
    except limited_process.StoppedError as error:
        raise UnreadableError("intake_too_long") from error
    except limited_process.FailedError as error:
        text = error_file.read_text(encoding="utf-8", errors="replace")[-_LONGEST_LOG:]
        logging.getLogger(__name__).error("reading an upload failed:\n%s", text)
        out_of_memory = any(sign in text for sign in _NO_MEMORY)
        raise UnreadableError("intake_too_long" if out_of_memory else "intake_failed") from error
