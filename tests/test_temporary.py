"""Folders for visitors' files: gone with their work, or with the next start after a killed server."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from loops import run_coroutine

from khoosheh import temporary

HOLD = """
import sys, time
from khoosheh import temporary
with temporary.make_private_folder() as path:
    (path / "given").write_text("a visitor's")
    print(path, flush=True)
    time.sleep(120)
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def holder(place):
    """Another server that works on a visitor's file."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]
    )
    yield process, Path(process.stdout.readline().strip())
    process.kill()
    process.wait(20)


def test_a_folder_goes_with_its_work(place):
    with temporary.make_private_folder() as path:
        (path / "given").write_text("x")
        assert path.parent == place and path.stat().st_mode & 0o077 == 0
    assert list(place.iterdir()) == []
    with pytest.raises(ValueError), temporary.make_private_folder():
        raise ValueError
    assert list(place.iterdir()) == []


def test_what_a_killed_server_left_is_removed_and_what_a_running_one_holds_is_not(holder):
    process, path = holder
    temporary.remove_abandoned_folders()
    assert (path / "given").exists()
    process.send_signal(signal.SIGKILL)
    process.wait(20)
    assert (path / "given").exists()
    temporary.remove_abandoned_folders()
    assert not path.exists()


def test_nothing_else_is_removed(place):
    mine = place / "khoosheh-notes"
    mine.mkdir()
    target = place / "target"
    target.mkdir()
    (target / "kept").write_text("x")
    (place / f"{temporary.PREFIX}link").symlink_to(target)
    (place / f"{temporary.PREFIX}file").write_text("x")
    temporary.remove_abandoned_folders()
    assert mine.exists() and (target / "kept").exists() and (place / f"{temporary.PREFIX}file").exists()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_another_user_stays(place):
    path = place / f"{temporary.PREFIX}other"
    path.mkdir()
    os.chown(path, 12345, 12345)
    temporary.remove_abandoned_folders()
    assert path.exists()


def test_the_server_removes_them_when_it_starts(holder, monkeypatch):

    from khoosheh.ui.serving import server

    process, path = holder
    process.kill()
    process.wait(20)
    monkeypatch.setattr(server.warm_up, "start_cache_warming", lambda: None)

    async def begin():
        async with server.manage_lifespan(None):
            assert not path.exists()

    run_coroutine(begin())
