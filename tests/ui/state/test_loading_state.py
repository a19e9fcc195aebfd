"""What a running server does where the files of its register change."""

import pytest

from khoosheh.measures.evidence import SEARCHED
from khoosheh.register import PackageError, parquet_package
from khoosheh.ui.state import loading


def test_files_that_an_engine_goes_on_reading_are_not_shown_after_a_change(invented, tmp_path, monkeypatch):
    """DuckDB reads them at each question: the register that was loaded does not keep what they held."""
    parquet_package.write_columnar_package(tmp_path, invented, SEARCHED)
    monkeypatch.setenv("KHOOSHEH_DATA", str(tmp_path))
    monkeypatch.setenv("KHOOSHEH_ENGINE", "duckdb")
    found, faults = loading.load_current_register()
    assert found.is_large and faults == 0
    file = tmp_path / parquet_package.FILE
    file.write_bytes(file.read_bytes() + b"x")
    with pytest.raises(PackageError) as caught:
        loading.load_current_register()
    assert [one.code for one in caught.value.faults] == ["parquet_changed"]


def test_files_that_vanish_while_they_are_looked_at_are_no_exception(invented_path, tmp_path, monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(PackageError) as caught:
        loading.load_current_register()
    assert [one.code for one in caught.value.faults] == ["missing_file"]
    # a link that leads nowhere has no times
    (tmp_path / "nowhere").mkdir()
    (tmp_path / "nowhere" / "chains.csv").symlink_to(tmp_path / "gone")
    with pytest.raises(PackageError):
        loading.load_current_register()
