"""A file that a visitor gives is read in a process of its own, under limits, and nobody waits for it in vain."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import packages
import pytest

from khoosheh import intake, publishing, register, uploads
from khoosheh.locale import LANGUAGES
from khoosheh.register import schema_checks, snapshot
from khoosheh.uploads import worker
from khoosheh.uploads.outcome import build_difference_words
from testing import made_up, workbooks


def ignore(share: float) -> None:
    """Take no notice of progress."""


def codes(outcome):
    return {one.code for one in outcome.faults}


def children(parent: int, module: bytes) -> list[int]:
    """Return the ids of running processes of a module that a process started."""
    found = []
    for one in Path("/proc").iterdir():
        if one.name.isdigit():
            try:
                words = (one / "cmdline").read_bytes()
                started_by = int((one / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            if module in words and started_by == parent:
                found.append(int(one.name))
    return found


def workers() -> list[int]:
    """Return the ids of running workers that this process started."""
    return children(os.getpid(), b"khoosheh.uploads.worker")


def is_limited(process: int) -> bool:
    """Return whether a parser has begun: from then on it may write no file."""
    limits = (Path("/proc") / str(process) / "limits").read_text()
    return next(line for line in limits.splitlines() if line.startswith("Max file size")).split()[3] == "0"


def is_running(process: int) -> bool:
    """Return whether a process exists and is no zombie."""
    try:
        return (Path("/proc") / str(process) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_sound_workbook_gives_what_reading_it_here_gives(tmp_path, invented):
    cells = workbooks.sheets()
    workbooks.put(cells, "statements", 2, "claim_fa", "گفتهٔ تازه")
    file = workbooks.xlsx(tmp_path / "نمونه.xlsx", cells)
    shares = []
    outcome = uploads.read_upload(file.read_bytes(), file.name, invented, shares.append)
    here = intake.read_source(file, tmp_path / "here", base=invented)
    loaded = register.load_register(here.folder)
    assert (outcome.kind, outcome.faults, outcome.left_out) == (here.kind, here.faults, here.left_out)
    assert outcome.readings == here.readings[:100] and outcome.readings_count == len(here.readings)
    assert outcome.statements == len(loaded.table("statements"))
    assert outcome.register.version == loaded.version
    for name in loaded.tables:
        assert outcome.register.table(name).equals(loaded.table(name)), name
        assert list(outcome.register.table(name).dtypes) == list(loaded.table(name).dtypes), name
    difference = publishing.compare_registers(invented, loaded)
    assert outcome.difference == {lang: build_difference_words(difference, lang) for lang in LANGUAGES}
    assert outcome.difference["fa"].tables
    assert shares == sorted(shares) and shares[-1] > 0


def test_a_sound_file_is_checked_once(tmp_path, invented, monkeypatch, capsys):
    """The task of the worker, run in this process so that the checks of its cells can be counted."""
    source = workbooks.xlsx(tmp_path / "x.xlsx", workbooks.sheets())
    snapshot.write_snapshot(invented, tmp_path / "published")
    checked, check = [], schema_checks.validate_cells

    def count(folder, resource, *rest):
        checked.append(resource["name"])
        return check(folder, resource, *rest)

    monkeypatch.setattr(schema_checks, "validate_cells", count)
    request = {
        "source": str(source),
        "name": source.name,
        "folder": str(tmp_path),
        "published": str(tmp_path / "published"),
    }
    worker._read_source(request)
    assert sorted(checked) == sorted(invented.tables)
    assert snapshot.read_snapshot(tmp_path / worker.REGISTER).version != invented.version
    shares = [json.loads(line)["share"] for line in capsys.readouterr().out.splitlines()]
    assert shares == sorted(shares) and shares[-1] == worker.CHECKED_SHARE


def test_the_parser_ends_with_the_worker_that_is_killed(tmp_path, invented, monkeypatch):
    """The parser is held, so that it ends by no limit of its own: only the death of its parent can end it."""
    # between these two cells are more than two million blank ones, so that the parser runs for seconds
    far_cell = [*[[]] * 22_000, [None] * 99 + ["x"]]
    file = workbooks.xlsx(tmp_path / "x.xlsx", {**workbooks.sheets(), "یادداشت": [["x"], *far_cell]})
    parsers: list[int] = []
    monkeypatch.setattr("khoosheh.limited_process.STEP_S", 0.01)

    def kill_worker(share: float) -> None:
        for parent in workers() if not parsers else ():
            for parser in children(parent, b"khoosheh.spreadsheets.parser_worker"):
                os.kill(parser, signal.SIGSTOP)
                if is_limited(parser):
                    parsers.append(parser)
                    os.kill(parent, signal.SIGKILL)
                else:
                    os.kill(parser, signal.SIGCONT)

    outcome = uploads.read_upload(file.read_bytes(), file.name, invented, kill_worker)
    assert codes(outcome) == {"intake_too_long"} and len(parsers) == 1
    end = time.monotonic() + 10
    while is_running(parsers[0]) and time.monotonic() < end:
        time.sleep(0.05)
    alive = is_running(parsers[0])
    if alive:
        os.kill(parsers[0], signal.SIGKILL)
    assert not alive


def test_faults_come_as_they_are_found_here(tmp_path, invented):
    cells = workbooks.sheets()
    workbooks.put(cells, "statements", 2, "said_from", "1402-12-30")
    workbooks.put(cells, "projects", 3, "sector", "ساختنی")
    file = workbooks.xlsx(tmp_path / "نمونه.xlsx", cells)
    outcome = uploads.read_upload(file.read_bytes(), file.name, invented, ignore)
    here = intake.read_source(file, tmp_path / "here", base=invented)
    assert [one.line(lang) for one in outcome.faults for lang in LANGUAGES] == [
        one.line(lang) for one in here.faults for lang in LANGUAGES
    ]
    assert outcome.register is None and not outcome.difference
    marked = uploads.mark_faults(file.read_bytes(), file.name, outcome, "fa")
    assert marked.startswith(b"PK")


# the limit that is set -> the file that goes over it, and the fault that tells it
OVER = {
    "KHOOSHEH_UPLOAD_ROWS=2000": (lambda: packages.zipped(files={"statements.csv": packages.repeated(900)}), "too_many_rows"),
    "KHOOSHEH_UPLOAD_FAULTS=7": (lambda: packages.zipped(files={"statements.csv": packages.repeated(50)}), "too_many"),
    "KHOOSHEH_UPLOAD_PARTS=10": (packages.zipped, "intake_many_parts"),
    "KHOOSHEH_UPLOAD_FILE_MB=1": (lambda: packages.zipped(more={"x": os.urandom(2 << 20)}), "intake_too_large"),
    "KHOOSHEH_UPLOAD_UNPACKED_PACKAGE_MB=2": (lambda: packages.zipped(more={"x": b"0" * (3 << 20)}), "intake_expands"),
    "KHOOSHEH_UPLOAD_SECONDS=1": (lambda: packages.zipped(files={"statements.csv": packages.repeated(50_000)}), "intake_too_long"),
    "KHOOSHEH_UPLOAD_MEMORY_MB=256": (lambda: packages.zipped(files={"statements.csv": packages.repeated(150_000)}), "intake_too_long"),
}  # fmt: skip


@pytest.mark.parametrize("limit", OVER)
def test_each_limit_is_a_setting_and_going_over_it_is_told(limit, shipped, monkeypatch):
    content, code = OVER[limit][0](), OVER[limit][1]
    monkeypatch.setenv(*limit.split("="))
    outcome = uploads.read_upload(content, "x.zip", shipped, ignore)
    assert code in codes(outcome)
    assert outcome.register is None
    assert all(one.why(lang) and one.mend(lang) for one in outcome.faults for lang in LANGUAGES)
    assert not workers()


def test_checking_stops_after_as_many_faults_as_are_told(shipped, monkeypatch):
    monkeypatch.setenv("KHOOSHEH_UPLOAD_FAULTS", "50")
    content = packages.zipped(files={"statements.csv": packages.repeated(3000)})
    outcome = uploads.read_upload(content, "x.zip", shipped, ignore)
    assert len(outcome.faults) == 51
    assert "۵۰" in next(one for one in outcome.faults if one.code == "too_many").why("fa")


class LeftError(Exception):
    """The visitor left."""


def test_who_leaves_ends_the_work(shipped):
    seen = []

    def leave(share: float) -> None:
        seen.extend(workers())
        if seen:
            raise LeftError

    content = packages.zipped(files={"statements.csv": packages.repeated(50_000)})
    with pytest.raises(LeftError):
        uploads.read_upload(content, "x.zip", shipped, leave)
    assert seen
    end = time.monotonic() + 10
    while workers() and time.monotonic() < end:
        time.sleep(0.05)
    assert not workers()


def test_nothing_is_left_on_the_disk(shipped, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    uploads.read_upload(packages.zipped(), "x.zip", shipped, ignore)
    uploads.read_upload(b"\x00nothing", "x.zip", shipped, ignore)
    assert not list(tmp_path.iterdir())


def test_a_fault_of_our_own_is_told_in_words_and_logged(shipped, monkeypatch, caplog):
    # an interpreter that cannot import the worker fails as a fault of ours would
    monkeypatch.setattr("khoosheh.limited_process.ROOT", Path("/"))
    monkeypatch.setenv("PYTHONPATH", "")
    outcome = uploads.read_upload(packages.zipped(), "x.zip", shipped, ignore)
    assert codes(outcome) == {"intake_failed"}
    assert "khoosheh" in caplog.text


def test_the_worker_lets_pages_of_visitors_go_first():
    assert worker.NICENESS > 0


@pytest.fixture
def full_disk(tmp_path, monkeypatch):
    """A temporary folder with room for the published register and little more."""
    folder = tmp_path / "small"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", folder], check=False).returncode:
        pytest.skip("a file system of a certain size takes the right to mount one")
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_told_and_blames_no_file(full_disk, shipped, tmp_path):
    large = packages.zipped(files={"statements.csv": packages.repeated(5000)})
    outcome = uploads.read_upload(large, "x.zip", shipped, ignore)
    assert codes(outcome) == {"intake_no_room"}
    (full_disk / "rest").write_bytes(b"0" * (1200 << 10))
    outcome = uploads.read_upload(packages.zipped(), "x.zip", shipped, ignore)
    assert codes(outcome) == {"intake_no_room"}
    assert [one.name for one in full_disk.iterdir()] == ["rest"]


def test_nothing_is_taken_from_a_published_register_that_changed_on_the_disk(tmp_path, invented):
    folder = made_up.write(tmp_path / "published")
    published = register.load_register(folder)
    file = folder / "chains.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("Tea", "Coffee"), encoding="utf-8")
    given = workbooks.xlsx(tmp_path / "x.xlsx", workbooks.sheets())
    outcome = uploads.read_upload(given.read_bytes(), given.name, published, ignore)
    assert codes(outcome) == {"intake_base_changed"}
