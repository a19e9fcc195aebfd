"""A snapshot gives the register back that was written into it."""

import pytest
from pandas.testing import assert_frame_equal

from khoosheh.register import snapshot
from khoosheh.register.register import Register
from testing import made_up


def test_a_snapshot_gives_the_register_back(invented, tmp_path):
    snapshot.write_snapshot(invented, tmp_path / "deep" / "snapshot")
    found = snapshot.read_snapshot(tmp_path / "deep" / "snapshot")
    assert (found.path, found.version, found.tables, found.maps) == (
        invented.path, invented.version, invented.tables, invented.maps,
    )  # fmt: skip
    assert found.descriptor == invented.descriptor and found.maps
    for name in invented.tables:
        assert_frame_equal(found.table(name), invented.table(name))
    for name in invented.maps:
        assert found.geojson(name) == invented.geojson(name)
    with pytest.raises(FileExistsError):
        snapshot.write_snapshot(invented, tmp_path / "deep" / "snapshot")


def test_names_of_tables_and_texts_of_maps_may_be_any(tmp_path):
    described = made_up.descriptor()
    described["resources"] = [
        {"name": "../a b", "path": "a.csv", "schema": {"fields": []}},
        {"name": "نقشه", "path": "a.geojson"},
    ]
    table = made_up.unchecked(made_up.tables()).table("chains")
    register = Register(tmp_path, described, {"../a b": table}, {"نقشه": '{"features": ["نام"]}'}, version="1")
    snapshot.write_snapshot(register, tmp_path / "snapshot")
    assert sorted(file.name for file in (tmp_path / "snapshot").iterdir()) == ["0.arrow", "register.json"]
    assert "نقشه" in (tmp_path / "snapshot" / "register.json").read_text(encoding="utf-8")
    found = snapshot.read_snapshot(tmp_path / "snapshot")
    assert_frame_equal(found.table("../a b"), table)
    assert found.geojson("نقشه") == {"features": ["نام"]} and "نام" in found._maps["نقشه"]


@pytest.mark.parametrize("name", ["register.json", "0.arrow"])
def test_a_snapshot_that_is_not_complete_is_an_error(invented, tmp_path, name):
    folder = tmp_path / "snapshot"
    snapshot.write_snapshot(invented, folder)
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises((OSError, ValueError)):
        snapshot.read_snapshot(folder)
    (folder / name).unlink()
    with pytest.raises(OSError, match=name):
        snapshot.read_snapshot(folder)
