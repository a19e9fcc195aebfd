"""Which engine is chosen, and what is said where one cannot answer."""

import json
import shutil

import pytest

from khoosheh import engines, register
from khoosheh.__main__ import main
from khoosheh.measures.evidence import SEARCHED
from khoosheh.register import PackageError, parquet_package


@pytest.fixture
def folder(parquet, tmp_path, monkeypatch):
    monkeypatch.delenv(engines.ENVIRONMENT, raising=False)
    monkeypatch.delenv(engines.SHARE, raising=False)
    return shutil.copytree(parquet["shipped"], tmp_path / "package")


@pytest.mark.parametrize(
    ("named", "share", "name", "address"),
    [
        ("", "", "duckdb", ""),
        ("", "0.5", "pandas", ""),
        ("", "0", "duckdb", ""),
        ("duckdb", "0.5", "duckdb", ""),
        ("pandas", "0", "pandas", ""),
        ("spark", "", "spark", ""),
        ("spark://host:7077", "", "spark", "spark://host:7077"),
        ("local[2]", "", "spark", "local[2]"),
        ("sc://host", "", "spark", "sc://host"),
    ],
)
def test_size_and_setting_choose(named, share, name, address, folder, monkeypatch):
    monkeypatch.setenv(engines.ENVIRONMENT, named)
    monkeypatch.setenv(engines.SHARE, share)
    assert engines.select_engine(folder / parquet_package.FILE) == engines.Engine(name, address)


def test_a_large_register_stays_with_its_engine(folder, monkeypatch):
    assert register.load_register(folder).is_large
    monkeypatch.setenv(engines.SHARE, "0.5")
    assert not register.load_register(folder).is_large


@pytest.mark.parametrize(("variable", "value"), [(engines.ENVIRONMENT, "hadoop"), (engines.SHARE, "much")])
def test_an_unknown_engine_is_named(variable, value, folder, monkeypatch):
    monkeypatch.setenv(variable, value)
    with pytest.raises(PackageError) as told:
        register.load_register(folder)
    (fault,) = told.value.faults
    assert fault.code == "engine_unknown"
    assert value in fault.why("fa")


def test_an_engine_that_is_not_installed_is_named(folder, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    monkeypatch.setenv(engines.ENVIRONMENT, "duckdb")
    assert [one.code for one in register.check_package(folder)] == ["engine_missing"]


@pytest.mark.parametrize("name", ["statements.parquet", "projects.csv", "datapackage.json", "geo/provinces.geojson"])
@pytest.mark.parametrize("how", ["changed", "lost"])
def test_a_file_that_is_not_as_it_was_written_is_named(name, how, folder):
    file = folder / name
    if how == "lost":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes() + b"\n")
    assert [(one.code, one.file) for one in register.check_package(folder)] == [("parquet_changed", name)]
    with pytest.raises(PackageError):
        register.load_register(folder)


@pytest.mark.parametrize(
    ("manifest", "code"),
    [("", "parquet_changed"), ("[]", "parquet_changed"), ('{"form": 1}', "parquet_changed"),
     ('{"form": 2, "version": "x", "files": {}}', "parquet_form"),
     ('{"form": 1, "version": "x", "files": {}}', "parquet_changed")],
)  # fmt: skip
def test_a_broken_manifest_is_named(manifest, code, folder):
    (folder / parquet_package.MANIFEST).write_text(manifest)
    assert [one.code for one in register.check_package(folder)] == [code]


def test_parquet_that_breaks_while_it_is_read_is_no_traceback(folder, monkeypatch, capsys):
    monkeypatch.setenv(engines.ENVIRONMENT, "duckdb")
    file = folder / parquet_package.FILE
    whole = file.read_bytes()
    file.write_bytes(whole[:100] + bytes(200) + whole[300:])
    told = json.loads((folder / parquet_package.MANIFEST).read_text())
    told["files"][parquet_package.FILE] = parquet_package._compute_sha256(file)
    (folder / parquet_package.MANIFEST).write_text(json.dumps(told))
    assert main(["measure", "evidence", "--data", str(folder), "--lang", "en"]) == 1
    assert "did not answer" in capsys.readouterr().err


def test_the_command_writes_what_loads(tmp_path, shipped, capsys):
    out = tmp_path / "new" / "package.parquet"
    assert main(["parquet", "-o", str(out), "--lang", "en"]) == 0
    assert str(out) in capsys.readouterr().out
    again = register.load_register(out)
    assert again.version == shipped.version
    assert again.table("statements").equals(shipped.table("statements"))
    assert main(["parquet", "-o", str(out), "--lang", "en"]) == 1
    assert "not empty" in capsys.readouterr().err


def test_what_was_not_finished_is_no_package(tmp_path, shipped, monkeypatch):
    monkeypatch.setattr(parquet_package.pq, "write_table", _full)
    with pytest.raises(OSError, match="full"):
        parquet_package.write_columnar_package(tmp_path / "half", shipped, SEARCHED)
    assert not parquet_package.is_columnar_package(tmp_path / "half")
    assert register.check_package(tmp_path / "half")


def _full(*_, **__):
    raise OSError("disk full")


def test_nobody_publishes_or_uploads_what_is_not_checked_again(folder, tmp_path):
    from khoosheh.intake import read_source
    from khoosheh.publishing import publish_package

    with pytest.raises(PackageError) as told:
        publish_package(folder, tmp_path / "store", "somebody", "a reason")
    assert [one.code for one in told.value.faults] == ["parquet_source"]
    assert not (tmp_path / "store").exists()
    assert [one.code for one in read_source(folder, tmp_path / "given").faults] == ["parquet_source"]
