"""The locks hold what requirements*.txt ask for, every package with hashes, and name no place to fetch from."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = {
    "requirements.lock": ["requirements.txt"],
    "requirements-dev.lock": ["requirements.txt", "requirements-dev.txt"],
}
PIN = re.compile(r"(?m)^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)")


def pins(file: str) -> set[tuple[str, str]]:
    text = (ROOT / file).read_text(encoding="utf-8")
    return {(re.sub("[._-]+", "-", name).lower(), version) for name, version in PIN.findall(text)}


def entries(lock: str) -> list[str]:
    """Return what the lock says of each package."""
    text = re.sub("(?m)^ *#.*\n", "", (ROOT / lock).read_text(encoding="utf-8"))
    return [one for one in re.split(r"(?m)^(?=\S)", text) if one.strip()]


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_every_pin(lock):
    """Where this fails: `make lock`."""
    for file in LOCKS[lock]:
        assert pins(file) and pins(file) <= pins(lock)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_has_hashes(lock):
    found = entries(lock)
    assert len(found) > len(pins(LOCKS[lock][0]))
    assert [one for one in found if not (PIN.match(one) and re.search("--hash=sha256:[0-9a-f]{64}", one))] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_registry(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|index-url|find-links|@ ", text)


def test_what_is_tested_is_what_runs():
    assert pins("requirements.lock") <= pins("requirements-dev.lock")
