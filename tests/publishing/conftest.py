"""What the tests of publishing share: two packages, and a store with the first of them in force."""

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import two_registers

from khoosheh import publishing


@pytest.fixture(scope="session")
def packages(tmp_path_factory) -> tuple[Path, Path]:
    return two_registers.write(tmp_path_factory.mktemp("packages"))


@pytest.fixture(scope="session")
def first_store(tmp_path_factory, packages) -> Path:
    store = tmp_path_factory.mktemp("stores") / "store"
    publishing.publish_package(packages[0], store, "خانم نمونه", "نخستین بار")
    return store


@pytest.fixture
def store(first_store, tmp_path) -> Path:
    """A store of one version, on a path with a blank and Persian letters."""
    return shutil.copytree(first_store, tmp_path / "مخزن استان" / "a store")
