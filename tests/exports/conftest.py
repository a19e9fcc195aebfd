"""What tests of exports share: questions of every kind, and a register of hostile texts."""

import os
from datetime import date
from pathlib import Path

import hostile_rows
import pytest

from khoosheh import register
from testing import made_up


@pytest.fixture(scope="session")
def hostile_register(tmp_path_factory) -> register.Register:
    return register.load_register(made_up.write(tmp_path_factory.mktemp("hostile"), hostile_rows.rows()))


@pytest.fixture(scope="session")
def validated():
    pytest.importorskip(
        "libcoveoc4ids", reason="pip install libcoveoc4ids: the standard's validator is not installed"
    )
    schema = os.environ.get("OC4IDS_SCHEMA")
    if not schema:
        pytest.skip("OC4IDS_SCHEMA names no folder with schema and code lists of OC4IDS 0.9.5")
    from oc4ids_validator import validator

    with validator(Path(schema)) as check:
        yield check


@pytest.fixture(scope="session")
def days() -> list[date | None]:
    """Days before anything was said, in between, and after all."""
    return [None, date(2014, 6, 30), date(2022, 9, 1), date(2024, 7, 15), date(2025, 11, 20)]
