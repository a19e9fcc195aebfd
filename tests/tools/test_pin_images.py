"""tools/pin-images: digests are taken over from the registry's answer, and nothing else is."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = ("Containerfile", "compose.yaml")


@pytest.fixture
def copy(tmp_path):
    """A copy of what the script changes, and of the script."""
    for name in ("deploy", "tools"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def run(copy, answer, *arguments):
    """Run the script with a skopeo that answers with these words."""
    tools = copy / "bin"
    tools.mkdir(exist_ok=True)
    (tools / "skopeo").write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
    (tools / "skopeo").chmod(0o755)
    path = {"PATH": f"{tools}:/usr/bin:/bin"}
    command = [copy / "tools" / "pin-images", *arguments]
    return subprocess.run(command, env=path, capture_output=True, text=True, check=False)


def images(copy):
    texts = [(copy / "deploy" / name).read_text(encoding="utf-8") for name in FILES]
    return [word for text in texts for word in text.split() if "@sha256:" in word]


def test_digests_of_today_are_written(copy):
    before, digest = images(copy), f"sha256:{'ab' * 32}"
    found = run(copy, f"echo {digest}")
    assert found.returncode == 0, found.stderr
    assert images(copy) == [f"{one.split('@')[0]}@{digest}" for one in before] and len(before) == 2


def test_check_tells_and_changes_nothing(copy):
    before = images(copy)
    assert run(copy, f"echo sha256:{'ab' * 32}", "--check").returncode == 1
    assert images(copy) == before
    same = "\n".join(f"case $4 in *{one.split('@')[0]}) echo {one.split('@')[1]};; esac" for one in before)
    assert run(copy, same, "--check").returncode == 0


@pytest.mark.parametrize("answer", ["exit 1", "echo nothing", "true"])
def test_a_registry_that_cannot_be_asked_changes_nothing(copy, answer):
    before = images(copy)
    assert run(copy, answer).returncode != 0
    assert images(copy) == before
