"""A version in force whose files are no longer those that were published: nobody is shown them."""

import importlib
import json
import logging
import os
import shutil
from pathlib import Path

import pytest
from page_visits import visit, words
from streamlit.testing.v1 import AppTest

from khoosheh import publishing, register
from khoosheh.__main__ import main
from khoosheh.register import PackageError, checksums, version_store
from khoosheh.ui.state import loading
from testing import made_up

OTHER = "0" * 64
SIGNED = ("who", "why")


@pytest.fixture(scope="session")
def shipped_store(tmp_path_factory) -> Path:
    store = tmp_path_factory.mktemp("shipped") / "store"
    publishing.publish_package(made_up.SHIPPED, store, *SIGNED)
    return store


@pytest.fixture
def ardabil(shipped_store, tmp_path) -> Path:
    return shutil.copytree(shipped_store, tmp_path / "store")


@pytest.fixture
def server(monkeypatch):
    """A server that has just started and shows a store."""

    def show(store: Path) -> None:
        monkeypatch.setenv("KHOOSHEH_DATA", str(store))
        loading._LAST_GOOD.clear()
        for cached in (loading._check_version_files, loading._load_version):
            cached.clear()

    return show


def raise_figure(store: Path, version: str = "0001") -> None:
    """Change K01 from 6,000 to 96,000 billion toman in the files of a version."""
    file = version_store.build_package_path(store, version) / "statements.csv"
    said = file.read_text(encoding="utf-8")
    assert said.count(",cost_allocated,,6000,6000,bn_toman,") == 1
    changed = said.replace(",cost_allocated,,6000,6000,bn_toman,", ",cost_allocated,,96000,96000,bn_toman,")
    file.write_text(changed, encoding="utf-8")


def alter(store: Path, version: str = "0001") -> None:
    """Change a cost of the invented province from 300 to 301 in the files of a version."""
    file = version_store.build_package_path(store, version) / "statements.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("300", "301"), encoding="utf-8")


def codes(act, *given) -> list[str]:
    with pytest.raises(PackageError) as caught:
        act(*given)
    for fault in caught.value.faults:
        for lang in ("fa", "en"):
            assert "{" not in fault.line(lang) and fault.why(lang) != fault.mend(lang)
    return [one.code for one in caught.value.faults]


def evidence(lang: str = "en") -> AppTest:
    app = visit("evidence", lang=lang, ids="K01", unit="bn_toman")
    assert not app.exception
    return app


def test_a_changed_figure_is_not_shown_and_pages_say_so(ardabil, server, caplog):
    server(ardabil)
    app = evidence()
    assert "6,000" in words(app) and not app.warning
    raise_figure(ardabil)
    with caplog.at_level(logging.ERROR):
        for one in (app.run(), evidence()):
            assert "6,000" in words(one) and "96,000" not in words(one)
            assert "1 fault; what you see is the last sound version" in one.warning[0].value
    assert "are not those that were published" in caplog.text
    server(ardabil)
    app = evidence()
    assert "was not accepted" in app.error[0].value and "not those that were published" in words(app)
    assert "6,000" not in words(app)
    assert "همان نیست که منتشر شده بود" in words(evidence("fa"))


def test_check_and_verify_find_a_changed_figure(ardabil, capsys):
    store = str(ardabil)
    assert main(["verify", store]) == 0
    assert "۱ نسخه همان است که منتشر شد" in capsys.readouterr().out
    raise_figure(ardabil)
    assert main(["check", store]) == 1
    assert "همان نیست که منتشر شده بود" in capsys.readouterr().out
    assert main(["verify", store, "--lang", "en"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "0001 · not as published" and "are not those that were published" in lines[1]
    assert main(["verify", store, "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert not found["sound"] and [one["code"] for one in found["versions"][0]["faults"]] == ["version_files"]
    # the history shows what was recorded, and says so
    assert main(["history", "--store", store, "--lang", "en"]) == 0
    assert "as they were recorded" in capsys.readouterr().err
    assert main(["measure", "investment", "--data", store, "--format", "json"]) == 1
    assert "96" not in capsys.readouterr().out


def harm(store: Path, kind: str) -> None:  # noqa: PLR0912 - one branch a case
    version, package = store / "versions" / "0001", version_store.build_package_path(store, "0001")
    entry = version / "version.json"
    if kind == "pointer":
        (store / "current").write_text(f"0001 {OTHER}\n")
    elif kind == "missing file":
        (package / "chains.csv").unlink()
    elif kind == "added file":
        (package / "notes.txt").write_text("")
    elif kind == "renamed file":
        (package / "geo").rename(package / "maps")
    elif kind == "linked folder":
        (package / "geo").rename(store / "geo")
        (package / "geo").symlink_to(store / "geo")
    elif kind == "hidden file":
        (package / ".notes").write_text("x")
    elif kind == "other times":
        os.utime(package / "chains.csv", (0, 0))
    elif kind == "truncated entry":
        entry.write_text(entry.read_text(encoding="utf-8")[:50], encoding="utf-8")
    elif kind == "no entry":
        entry.unlink()
    elif kind == "entry of other files":
        given = json.loads(entry.read_text(encoding="utf-8"))
        entry.write_text(json.dumps(given | {"checksum": OTHER}), encoding="utf-8")
    elif kind == "entry that is a list":
        entry.write_text("[" * 100_000)
    elif kind == "no version":
        version.rename(store / "versions" / "elsewhere")
    else:
        raise KeyError(kind)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("pointer", ["version_pointer"]),
        ("missing file", ["version_files"]),
        ("added file", ["version_files"]),
        ("renamed file", ["version_files"]),
        ("linked folder", ["version_files"]),
        ("hidden file", []),
        ("other times", []),
        ("truncated entry", ["version_entry"]),
        ("no entry", ["version_entry"]),
        ("entry of other files", ["version_entry"]),
        ("entry that is a list", ["version_entry"]),
        ("no version", ["version_missing"]),
    ],
)
def test_what_is_not_as_published_is_found_by_a_running_server_and_by_check(store, server, kind, expected):
    server(store)
    shown, faults = loading.load_current_register()
    assert faults == 0
    harm(store, kind)
    assert loading.load_current_register() == (shown, len(expected))
    assert [one.code for one in register.check_package(store)] == expected
    assert {one.code for one in publishing.verify_store(store).every_fault} >= set(expected)
    if expected:
        assert codes(register.load_register, store) == expected
        assert codes(version_store.resolve_package, store) == expected
        loading._LAST_GOOD.clear()
        assert codes(loading.load_current_register) == expected


def test_files_that_are_brought_back_are_shown_again(store, server, tmp_path):
    server(store)
    shown, _ = loading.load_current_register()
    backup = shutil.copytree(store / "versions" / "0001", tmp_path / "backup")
    alter(store)
    assert loading.load_current_register() == (shown, 1)
    shutil.rmtree(store / "versions" / "0001")
    shutil.copytree(backup, store / "versions" / "0001")
    assert loading.load_current_register() == (shown, 0)


def test_a_store_that_vanishes_and_comes_back(store, server):
    server(store)
    shown, _ = loading.load_current_register()
    away = store.rename(store.with_name("away"))
    assert loading.load_current_register() == (shown, 1)
    away.rename(store)
    assert loading.load_current_register() == (shown, 0)


def test_a_new_version_that_is_damaged_does_not_replace_a_sound_one(store, packages, server):
    server(store)
    shown, _ = loading.load_current_register()
    publishing.publish_package(packages[1], store, *SIGNED)
    alter(store, "0002")
    assert loading.load_current_register() == (shown, 1)
    publishing.restore_version("1", store, *SIGNED)
    found, faults = loading.load_current_register()
    assert faults == 0 and found.version == shown.version


def test_files_are_hashed_again_only_where_they_changed(store, server, monkeypatch):
    hashed = []
    real = checksums.compute_checksum
    monkeypatch.setattr(checksums, "compute_checksum", lambda folder: hashed.append(folder) or real(folder))
    server(store)
    for _ in range(3):
        loading.load_current_register()
    assert len(hashed) == 1
    alter(store)
    for _ in range(3):
        loading.load_current_register()
    assert len(hashed) == 2


def test_what_was_verified_is_what_was_read(store, monkeypatch):
    # the package's function of this name hides the module
    loads = importlib.import_module("khoosheh.register.loading")
    real = loads._read_and_check

    def read(*given):
        alter(store)
        found = real(*given)
        # whoever changes it back for the next look is found as well
        file = version_store.build_package_path(store, "0001") / "statements.csv"
        file.write_text(file.read_text(encoding="utf-8").replace("301", "300"), encoding="utf-8")
        return found

    monkeypatch.setattr(loads, "_read_and_check", read)
    assert codes(register.load_register, store) == ["version_changing"]
    assert version_store.find_version_faults(store, "0001", version_store.read_pointer(store).checksum) == []


def test_a_damaged_version_in_force_can_be_replaced(store, packages, tmp_path, capsys):
    alter(store)
    # the very files that were published are no repetition of what stands there now
    signed = ["--who", "who", "--why", "why", "--lang", "en"]
    assert main(["publish", str(packages[0]), "--to", str(store), *signed]) == 0
    told = capsys.readouterr().err
    assert "The version in force is damaged" in told and "are not those that were published" in told
    assert register.load_register(store).version == register.load_register(packages[0]).version
    assert main(["restore", "1", "--store", str(store), *signed]) == 1
    assert "is damaged" in capsys.readouterr().err
    alter(store, "0002")
    publishing.publish_package(packages[1], store, *SIGNED)
    assert register.check_package(store) == []
    assert [bool(one.faults) for one in publishing.verify_store(store).versions] == [False, True, True]


def test_a_pointer_with_a_wrong_checksum_is_mended_by_restore(store):
    harm(store, "pointer")
    assert publishing.restore_version("1", store, *SIGNED).id == "0002"
    assert register.check_package(store) == []


def test_changed_files_are_not_used_by_other_commands(store, packages, tmp_path, monkeypatch, capsys):
    alter(store)
    for given in (["diff", str(packages[1]), "--data", str(store)], ["diff", str(store), "--data", str(packages[0])]):
        assert main([*given, "--lang", "en"]) == 1
        said = capsys.readouterr()
        assert "are not those that were published" in said.err and "301" not in said.out
    new = tmp_path / "new"
    assert codes(publishing.publish_package, store, new, *SIGNED) == ["version_files"]
    assert not new.exists()
    assert codes(lambda: publishing.publish_package(packages[1], new, *SIGNED, seed=store)) == ["version_files"]
    # nor does the shipped register stand in for a damaged one where a spreadsheet leaves tables out
    sheet = tmp_path / "statements.csv"
    shutil.copy(packages[1] / "statements.csv", sheet)
    monkeypatch.setenv("KHOOSHEH_DATA", str(store))
    for given in (["publish", str(sheet), "--who", "w", "--why", "y"], ["check", str(sheet)]):
        assert main([*given, "--lang", "en"]) == 1
        assert "are not those that were published" in "".join(capsys.readouterr())
    assert [one.id for one in publishing.list_published_versions(store)] == ["0001"]


def found_codes(store: Path) -> dict[str, list[str]]:
    found = publishing.verify_store(store)
    return {one.version.id: [fault.code for fault in one.faults] for one in found.versions} | {
        "": [fault.code for fault in found.faults]
    }


def test_verify_follows_the_versions(store, packages):
    for one in (1, 0, 1):
        publishing.publish_package(packages[one], store, *SIGNED)
    assert not any(found_codes(store).values())
    pointer = (store / "current").read_text()
    checksum = version_store.read_pointer(store).checksum
    # set back by hand: by one it may be what a kill left, by two it cannot
    (store / "current").write_text(f"0002 {checksum}\n")
    assert found_codes(store) == {"0004": ["version_beyond"], "0003": [], "0002": [], "0001": [], "": []}
    assert publishing.verify_store(store).versions[1].state == "unused"
    publishing.publish_package(packages[0], store, *SIGNED)
    assert found_codes(store)["0005"] == ["version_parent"]
    (store / "current").write_text(f"0009 {checksum}\n")
    assert found_codes(store)[""] == ["version_missing"]
    (store / "current").unlink()
    assert found_codes(store)[""] == ["pointer"]
    shutil.rmtree(store / "versions" / "0005")
    (store / "current").write_text(pointer)
    # the folders of old versions may be removed
    shutil.rmtree(store / "versions" / "0001")
    assert not any(found_codes(store).values())
    entry = store / "versions" / "0003" / "version.json"
    entry.write_text(entry.read_text().replace('"action": "publish"', '"action": "?"'))
    assert found_codes(store)["0003"] == ["version_entry"]


def test_verify_of_what_is_no_store_and_of_an_empty_one(packages, tmp_path, capsys):
    assert main(["verify", str(packages[0]), "--lang", "en"]) == 1
    assert "is no store of versions" in capsys.readouterr().err
    (tmp_path / "versions").mkdir()
    assert main(["verify", str(tmp_path), "--lang", "en"]) == 1
    assert "No version was published" in capsys.readouterr().out
