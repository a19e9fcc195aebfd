"""A store of its own for what a test asks, and the made-up tables as text, with cells changed."""

from collections.abc import Callable, Mapping

import pandas as pd
import pytest

from khoosheh.limits import MIB
from khoosheh.register import cache, package_files
from khoosheh.register.descriptor_compat import read_shipped_descriptor
from testing import made_up

# (table, row as a spreadsheet counts, field) -> the text of the cell, None for a blank one
Changes = Mapping[tuple[str, int, str], str | None]


@pytest.fixture
def store(monkeypatch) -> cache.AnswerStore:
    """Return an empty store with much room, which questions are kept in from now on."""
    fresh = cache.AnswerStore(100 * MIB)
    monkeypatch.setattr(cache, "STORE", fresh)
    return fresh


@pytest.fixture(scope="session")
def read(invented_path) -> package_files.PackageContent:
    """Return the files of the made-up package as text."""
    model = read_shipped_descriptor(made_up.SHIPPED)
    return package_files.read_package_files(invented_path, model, lambda table: None)


@pytest.fixture
def change_cells(read) -> Callable[[Changes], dict[str, pd.DataFrame]]:
    """Return what gives the made-up tables of text cells with some cells changed."""

    def change(changes: Changes) -> dict[str, pd.DataFrame]:
        tables = {name: frame.copy() for name, frame in read.tables.items()}
        for (table, row, field), value in changes.items():
            tables[table].loc[row - 2, field] = value
        return tables

    return change
