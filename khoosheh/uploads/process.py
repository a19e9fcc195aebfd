"""Starting the process that reads a file, following it, and ending it when nobody waits for its answer."""

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from khoosheh import temporary
from khoosheh.intake import CellFault
from khoosheh.limits import SECONDS_TO_WAIT
from khoosheh.register import Register, snapshot
from khoosheh.spreadsheets import UnreadableError
from khoosheh.uploads import worker
from khoosheh.uploads.outcome import Outcome

ROOT = Path(__file__).parents[2]
# how often progress is told, and with it whether anybody still waits for the answer
STEP_S = 0.25
# how Python, the system and libraries of C say that a process may have no more memory: a thread needs some as well
NO_MEMORY = ("MemoryError", "Cannot allocate memory", "Failed to launch worker thread", "can't start new thread")
# what a fault of our own may write into the log
LONGEST_LOG = 4000
# one thread a library, and no memory set aside for many
FRUGAL = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}

Tell = Callable[[float], None]


def read_upload(content: bytes | memoryview, name: str, published: Register, tell: Tell) -> Outcome:
    """Return what came of a file; never raises for what is in it.

    ``name``: as its sender calls it; ``published``: the register it is compared with, which gives what a workbook
    leaves out. ``tell`` is called every quarter of a second with the share done (0..1); what it raises ends the
    process.
    """
    try:
        with temporary.make_private_folder() as folder:
            return _read_in_worker(content, name, published, folder, tell)
    except UnreadableError as error:
        return Outcome(faults=(CellFault(error.code, name, params=error.params, sheet=name),))
    except OSError:
        # also where nobody may write there
        logging.getLogger(__name__).exception("the temporary folder cannot be used")
        return Outcome(faults=(CellFault("intake_no_room", name, sheet=name),))


def _read_in_worker(content: bytes | memoryview, name: str, published: Register, folder: Path, tell: Tell) -> Outcome:
    source = folder / "given"
    source.write_bytes(content)
    snapshot.write_snapshot(published, folder / "published")
    request = {
        "task": "read", "source": str(source), "name": name, "folder": str(folder),
        "published": str(folder / "published"),
    }  # fmt: skip
    _run_worker(request, folder, tell)
    return _read_outcome(folder)


def mark_faults(content: bytes, name: str, outcome: Outcome, lang: str) -> bytes:
    """Return a copy of a spreadsheet, an xlsx, in which the faults of its outcome are marked.

    Raises ``UnreadableError`` where that takes more than the process may, and ``OSError``.
    """
    with temporary.make_private_folder() as folder:
        source = folder / "given"
        source.write_bytes(content)
        (folder / worker.OUTCOME).write_text(outcome.to_json(), encoding="utf-8")
        request = {"task": "mark", "source": str(source), "name": name, "folder": str(folder), "lang": lang}
        _run_worker(request, folder, lambda share: None)
        return (folder / worker.MARKED).read_bytes()


def _read_outcome(folder: Path) -> Outcome:
    kept = folder / worker.REGISTER
    register = snapshot.read_snapshot(kept) if kept.exists() else None
    return Outcome.from_json((folder / worker.OUTCOME).read_text(encoding="utf-8"), register)


def _run_worker(request: Mapping[str, str], folder: Path, tell: Tell) -> None:
    """Let the worker do what is asked; raises ``UnreadableError`` where it refuses or is stopped."""
    errors = folder / "errors"
    with errors.open("wb") as log:
        child = subprocess.Popen(
            [sys.executable, "-m", "khoosheh.uploads.worker"],
            cwd=ROOT, env={**os.environ, **FRUGAL, "TMPDIR": str(folder)},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        child.stdin.write(json.dumps(request).encode() + b"\n")
        child.stdin.close()
        ended = _follow_worker(child, tell)
    except (BrokenPipeError, subprocess.TimeoutExpired):
        ended = False
    finally:
        _end_worker(child)
    if child.returncode == 0 and ended:
        return
    if child.returncode > 0:
        told = errors.read_text(encoding="utf-8", errors="replace")[-LONGEST_LOG:]
        logging.getLogger(__name__).error("reading an upload failed:\n%s", told)
        if not any(sign in told for sign in NO_MEMORY):
            raise UnreadableError("intake_failed")
    # The system stopped it for what it took.
    raise UnreadableError("intake_too_long")


def _follow_worker(child: subprocess.Popen, tell: Tell) -> bool:
    """Pass on progress until the worker is done; return whether it came to its end. Raises ``UnreadableError``."""
    end, share, rest = time.monotonic() + SECONDS_TO_WAIT, 0.0, b""
    with selectors.DefaultSelector() as ready:
        ready.register(child.stdout, selectors.EVENT_READ)
        while time.monotonic() < end:
            tell(share)
            if not ready.select(STEP_S):
                continue
            block = os.read(child.stdout.fileno(), 1 << 16)
            if not block:
                return False
            *lines, rest = (rest + block).split(b"\n")
            for words in map(json.loads, lines):
                if "refused" in words:
                    raise UnreadableError(words["refused"])
                if "end" in words:
                    child.wait(max(0.1, end - time.monotonic()))
                    return True
                share = max(share, float(words["share"]))
    raise UnreadableError("intake_too_long")


def _end_worker(child: subprocess.Popen) -> None:
    """End the worker and all that it started."""
    if child.poll() is None:
        # Its own session is its process group.
        os.killpg(child.pid, signal.SIGKILL)
    child.stdout.close()
    child.wait()
