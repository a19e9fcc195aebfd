"""The short way to a register that tests of measures take gives what loading gives."""

import made_up_cluster
import pytest
from pandas.testing import assert_frame_equal

from khoosheh import register
from testing import made_up


@pytest.mark.parametrize("rows", [made_up.tables(), made_up_cluster.tables()], ids=["made_up", "made_up_cluster"])
def test_unchecked_tables_are_those_of_loading(rows, tmp_path):
    loaded, unchecked = register.load_register(made_up.write(tmp_path, rows)), made_up.unchecked(rows)
    assert loaded.tables
    for name in loaded.tables:
        assert_frame_equal(unchecked.table(name), loaded.table(name))
