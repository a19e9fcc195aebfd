"""What all tests share: the shipped register and the made-up one."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from khoosheh import register
from testing import made_up


@pytest.fixture(scope="session")
def shipped() -> register.Register:
    return register.load_register(made_up.SHIPPED)


@pytest.fixture(scope="session")
def invented_path(tmp_path_factory) -> Path:
    return made_up.write(tmp_path_factory.mktemp("nemunestan"))


@pytest.fixture(scope="session")
def invented(invented_path) -> register.Register:
    return register.load_register(invented_path)
