"""A full disk, missing rights: clear words, nothing lost, no traceback."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from khoosheh import publishing
from khoosheh.register import version_store

ROOT = Path(__file__).parents[2]
NOBODY = 65534
# With all loaded that is needed, gives up root's rights and runs one command; its code is the exit code.
COMMAND = """
import os, sys
from khoosheh import register
from khoosheh.__main__ import main
from khoosheh.locale import LANGUAGES, load_messages
for lang in LANGUAGES:
    load_messages(lang)
register.load_register(sys.argv[1])
if os.geteuid() == 0:
    os.setresuid(*[int(sys.argv[2])] * 3)
sys.exit(main(sys.argv[3:]))
"""


def command(package: Path, *words: object, room: int | None = None) -> subprocess.CompletedProcess:
    """Run a command as a user without rights over others' files; ``room``: the largest file in bytes."""
    limit = None if room is None else lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, package, str(NOBODY if room is None else os.geteuid()), *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        preexec_fn=limit,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


# Without root's rights the programme must still be able to read itself.
needs_rights = pytest.mark.skipif(
    os.geteuid() == 0 and not all(one.stat().st_mode & 0o001 for one in ROOT.parents),
    reason="this copy lies where only root may look",
)
SIGNED = ("--who", "علی", "--why", "آزمون", "--lang", "en")


def test_without_room_nothing_is_lost(store, packages):
    before = version_store.read_pointer(store)
    done = command(packages[1], "publish", packages[1], "--to", store, *SIGNED, room=3000)
    assert done.returncode == 1
    assert "There is no room" in done.stderr and "EFBIG" in done.stderr and "version 0001" in done.stderr
    assert version_store.read_pointer(store) == before
    assert {one.name for one in store.iterdir()} == {"current", "lock", "versions"}
    assert publishing.publish_package(packages[1], store, "who", "why").id == "0002"


@pytest.fixture
def foreign(first_store, packages):
    """A store and a package that everybody may read and only their owner may write, and a folder nobody may read."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for source, target in ((first_store, "store"), (packages[1], "package"), (first_store, "closed")):
            shutil.copytree(source, folder / target)
        for one in [folder, *folder.rglob("*")]:
            one.chmod(0o555 if one.is_dir() else 0o444)
        (folder / "closed").chmod(0)
        yield folder
        for one in ("", "store", "package", "closed"):
            (folder / one).chmod(0o755)
        for one in folder.rglob("*"):
            one.chmod(0o755)


@needs_rights
def test_without_rights_nothing_is_lost_and_reading_goes_on(foreign):
    store, package = foreign / "store", foreign / "package"
    done = command(package, "publish", package, "--to", store, *SIGNED)
    assert done.returncode == 1
    assert "does not allow" in done.stderr and "EACCES" in done.stderr and "lock" in done.stderr
    assert "version 0001" in done.stderr
    assert command(package, "restore", "1", "--store", store, *SIGNED).returncode == 1
    done = command(package, "publish", package, "--to", foreign / "new", *SIGNED)
    assert "does not allow" in done.stderr
    # who reads needs no right to write
    assert "0001 · " in command(package, "history", "--store", store, "--lang", "en").stdout
    assert "20 statements" in command(package, "check", store, "--lang", "en").stdout


@needs_rights
def test_a_closed_store_is_told_in_words(foreign):
    store, package = foreign / "closed", foreign / "package"
    done = command(package, "publish", package, "--to", store, *SIGNED)
    assert done.returncode == 1 and "does not allow" in done.stderr
    done = command(package, "publish", store, "--to", foreign / "store", *SIGNED)
    assert done.returncode == 1 and "was not found" in done.stderr
    assert command(package, "check", store, "--lang", "en").returncode == 1
    assert command(package, "history", "--store", store, "--lang", "en").returncode == 1


def test_no_room_in_the_temporary_folder_is_told_in_words(packages, tmp_path):
    sheet = shutil.copy(packages[1] / "statements.csv", tmp_path / "statements.csv")
    done = command(packages[1], "check", sheet, "--lang", "en", room=100)
    assert done.returncode == 1
    assert "EFBIG" in done.stdout and "temporary folder" in done.stdout
    done = command(packages[1], "publish", sheet, "--to", tmp_path / "store", *SIGNED, room=100)
    assert done.returncode == 1 and "temporary folder" in done.stderr
    assert not (tmp_path / "store").exists()
