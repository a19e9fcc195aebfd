"""Publishing and restoring: what is kept, what is written down, what is refused."""

import hashlib
import importlib
import json
import shutil
import threading
from datetime import UTC, datetime, timedelta

import pytest

from khoosheh import calendar, publishing, register
from khoosheh.publishing import journal
from khoosheh.publishing import store as stores
from khoosheh.register import PackageError, checksums, version_store
from testing import made_up

WHO, WHY = "علی نمونه", "گفته‌های تازه"


def refused(code: str, act, *words, **more) -> publishing.PublishError:
    with pytest.raises(publishing.PublishError) as caught:
        act(*words, **more)
    assert caught.value.code == code
    assert all(caught.value.words(lang) for lang in ("fa", "en"))
    return caught.value


def tree(folder) -> dict[str, str]:
    """Every file below a folder with its contents, the lock apart."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file() and file.name != "lock"
    }


def test_a_published_package_is_in_force_and_older_ones_stay(store, packages):
    before = tree(store / "versions" / "0001")
    found = publishing.publish_package(packages[1], store, f" {WHO} ", WHY)
    assert (found.id, found.parent, found.action, found.who, found.why) == ("0002", "0001", "publish", WHO, WHY)
    assert register.load_register(store).version == register.load_register(packages[1]).version == found.register
    assert found.checksum == checksums.compute_checksum(packages[1]) == version_store.read_pointer(store).checksum
    assert found.statements == 20
    assert tree(store / "versions" / "0001") == before
    assert publishing.list_published_versions(store)[0] == found
    assert {one.name for one in store.iterdir()} == {"current", "lock", "versions"}


def test_the_day_is_that_of_tehran(store, packages):
    start = datetime.now(UTC).replace(microsecond=0)
    found = publishing.publish_package(packages[1], store, WHO, WHY)
    when = datetime.fromisoformat(found.when)
    assert start <= when <= datetime.now(UTC)
    shifted = datetime.fromtimestamp(when.timestamp() + 3.5 * 3600, UTC)
    assert found.day == str(calendar.to_jalali(shifted.date()))


def test_the_environment_may_name_a_store(store, packages, monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(store))
    assert register.load_register().version == register.load_register(packages[0]).version
    assert register.check_package(store) == []


def test_restoring_is_a_new_version_of_the_same_files(store, packages):
    publishing.publish_package(packages[1], store, WHO, WHY)
    found = publishing.restore_version("۱", store, WHO, "اشتباه بود")
    assert (found.id, found.parent, found.action, found.restored) == ("0003", "0002", "restore", "0001")
    assert found.checksum == journal.read_version_entry(store, "0001").checksum
    assert [one.id for one in publishing.list_published_versions(store)] == ["0003", "0002", "0001"]
    refused("same", publishing.restore_version, "0001", store, WHO, WHY)
    assert (
        refused("unknown_version", publishing.restore_version, "9", store, WHO, WHY)
        .words("fa")
        .endswith("۰۰۰۳، ۰۰۰۲، ۰۰۰۱")
    )
    for value in ("", "../0001", "9" * 5000, "-1"):
        refused("unknown_version", publishing.restore_version, value, store, WHO, WHY)


@pytest.mark.parametrize("harm", ["cell", "gone", "more", "entry", "no_entry", "entry_of_another"])
def test_a_damaged_version_is_not_restored(store, packages, harm):
    publishing.publish_package(packages[1], store, WHO, WHY)
    folder, entry = version_store.build_package_path(store, "0001"), store / "versions" / "0001" / "version.json"
    if harm == "cell":
        file = folder / "statements.csv"
        file.write_text(file.read_text().replace("300", "301"))
    elif harm == "gone":
        (folder / "chains.csv").unlink()
    elif harm == "more":
        (folder / "notes.txt").write_text("")
    elif harm == "entry":
        entry.write_text(entry.read_text()[:50])
    elif harm == "no_entry":
        entry.unlink()
    else:
        shutil.copy(store / "versions" / "0002" / "version.json", entry)
    before = tree(store)
    refused("damaged", publishing.restore_version, "1", store, WHO, WHY)
    assert tree(store) == before
    listed = {one.id: one.action for one in publishing.list_published_versions(store)}
    assert listed == {"0002": "publish", "0001": "damaged" if "entry" in harm else "publish"}


def test_a_faulty_package_is_refused_with_all_its_faults(store, tmp_path):
    rows = made_up.tables()
    rows["statements"][0]["said_to"] = "1402-12-30"
    rows["statements"][2]["measure"] = "price"
    before, faulty = tree(store), made_up.write(tmp_path / "faulty", rows)
    for into in (store, tmp_path / "new"):
        with pytest.raises(PackageError) as caught:
            publishing.publish_package(faulty, into, WHO, WHY)
        assert [(one.row, one.field) for one in caught.value.faults] == [(2, "said_to"), (4, "measure")]
    assert tree(store) == before
    assert not (tmp_path / "new").exists()
    for nothing in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(PackageError) as caught:
            publishing.publish_package(nothing, store, WHO, WHY)
        assert [one.code for one in caught.value.faults] == ["missing_file"]


def test_what_the_journal_and_the_store_refuse(store, packages, tmp_path):
    before = tree(store)
    for who, why in (("", WHY), (WHO, " ")):
        refused("unsigned", publishing.publish_package, packages[1], store, who, why)
    refused("same", publishing.publish_package, packages[0], store, WHO, WHY)
    refused("no_store", publishing.restore_version, "1", packages[0], WHO, WHY)
    refused("not_a_store", publishing.publish_package, packages[1], packages[0], WHO, WHY)
    refused("store_in_package", publishing.publish_package, packages[1], packages[1] / "store", WHO, WHY)
    (tmp_path / "file").write_text("")
    refused("failed", publishing.publish_package, packages[1], tmp_path / "file", WHO, WHY)
    assert tree(store) == before
    assert not (packages[1] / "store").exists() and not (packages[0] / "lock").exists()


def test_hidden_files_stay_behind_and_links_are_followed(store, packages, tmp_path):
    source = shutil.copytree(packages[1], tmp_path / "source")
    (source / ".git").mkdir()
    (source / ".git" / "config").write_text("x")
    (source / ".hidden").write_text("x")
    (source / "chains.csv").rename(tmp_path / "elsewhere.csv")
    (source / "chains.csv").symlink_to(tmp_path / "elsewhere.csv")
    (source / "loop").symlink_to(source)
    (source / "یادداشت من.txt").write_text("بماند")
    found = publishing.publish_package(source / "datapackage.json", store, "a\u202eb", "c\nd\udcff")
    # nor does a name or reason disturb what stands around it
    assert journal.read_version_entry(store, found.id) == found and (found.who, found.why) == (
        "a\\u202eb",
        "c\\u000ad\\udcff",
    )
    published = version_store.build_package_path(store, found.id)
    assert set(tree(published)) == {*tree(packages[1]), "یادداشت من.txt"}
    assert not (published / "chains.csv").is_symlink()


def test_checksums_tell_names_and_contents_apart(tmp_path):
    def made(name: str, contents: dict[str, str]) -> str:
        for file, text in contents.items():
            (tmp_path / name / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / file).write_text(text)
        return checksums.compute_checksum(tmp_path / name)

    same = [made("a", {"x": "1", "y/z": "2"}), made("b", {"y/z": "2", "x": "1"})]
    others = [made("c", {"x": "12", "y/z": ""}), made("d", {"x": "1", "y": "2"}), made("e", {"x": "2", "y/z": "1"})]
    assert same[0] == same[1] and len({same[0], *others}) == 4


def test_a_new_store_starts_with_the_register_in_force(packages, tmp_path):
    found = publishing.publish_package(packages[1], tmp_path / "a" / "store", WHO, WHY, seed=packages[0])
    first = publishing.list_published_versions(tmp_path / "a" / "store")[1]
    assert (found.id, found.parent) == ("0002", "0001")
    assert (first.action, first.who, first.why) == ("seed", WHO, "")
    assert first.checksum == checksums.compute_checksum(packages[0])


def test_not_every_register_in_force_is_taken_over(packages, tmp_path):
    faulty = made_up.write(tmp_path / "faulty")
    (faulty / "chains.csv").write_text("chain_id\nx\n")
    # of another province, the same as what is published, faulty
    for number, seed in enumerate((made_up.SHIPPED, packages[1], faulty)):
        found = publishing.publish_package(packages[1], tmp_path / str(number), WHO, WHY, seed=seed)
        assert (found.id, found.parent, found.action) == ("0001", "", "publish")


def test_only_a_new_store_takes_over_the_register_in_force(store, packages, tmp_path):
    other = shutil.copytree(packages[1], tmp_path / "other")
    (other / "note.txt").write_text("")
    publishing.publish_package(packages[1], store, WHO, WHY, seed=other)
    assert [one.action for one in publishing.list_published_versions(store)] == ["publish", "publish"]


def test_who_prepared_against_an_older_version_is_told(store, packages):
    refusal = refused("moved", publishing.publish_package, packages[1], store, WHO, WHY, expect="7")
    assert "7" in refusal.words("en") and "0001" in refusal.words("en")
    refused("moved", publishing.restore_version, "1", store, WHO, WHY, expect="")
    for expect, one in (("0001", 1), ("۲", 0)):
        publishing.publish_package(packages[one], store, WHO, WHY, expect=expect)


def test_while_one_publishes_all_others_are_told(store, packages):
    with stores.open_store(store):
        refused("busy", publishing.publish_package, packages[1], store, WHO, WHY)
        refused("busy", publishing.restore_version, "1", store, WHO, WHY)
    assert publishing.publish_package(packages[1], store, WHO, WHY).id == "0002"


def test_of_many_publishers_at_once_one_wins(store, packages):
    start, told = threading.Barrier(4), []

    def publish() -> None:
        start.wait()
        try:
            told.append(publishing.publish_package(packages[1], store, WHO, WHY, expect="1").id)
        except publishing.PublishError as refusal:
            told.append(refusal.code)

    threads = [threading.Thread(target=publish) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert told.count("0002") == 1
    assert set(told) <= {"0002", "busy", "moved"}
    assert [one.id for one in publishing.list_published_versions(store)] == ["0002", "0001"]


@pytest.mark.parametrize("words", ["", "0001", "../x " + "0" * 64, "0001 a b", "\udcff"])
def test_a_broken_pointer_is_a_fault_with_words(store, packages, words):
    (store / "current").write_bytes(words.encode("utf-8", "surrogateescape"))
    for act in (
        lambda: register.load_register(store),
        lambda: publishing.publish_package(packages[1], store, WHO, WHY),
        lambda: publishing.list_published_versions(store),
    ):
        with pytest.raises(PackageError) as caught:
            act()
        assert [one.code for one in caught.value.faults] == ["pointer"]
    assert (store / "versions" / "0001" / "package" / "chains.csv").exists()


def test_a_store_without_a_version_says_so(tmp_path):
    (tmp_path / "versions").mkdir()
    assert [one.code for one in register.check_package(tmp_path)] == ["no_version"]
    assert publishing.list_published_versions(tmp_path) == [] and publishing.read_current_version(tmp_path) == ""


def test_a_pointer_set_back_by_hand_loses_no_version(store, packages):
    for one in (1, 0, 1):
        publishing.publish_package(packages[one], store, WHO, WHY)
    pointers = {
        one.id: version_store.Pointer(one.id, one.checksum) for one in publishing.list_published_versions(store)
    }
    (store / "current").write_text(str(pointers["0002"]))
    assert [one.id for one in publishing.list_published_versions(store)] == ["0002", "0001"]
    assert publishing.publish_package(packages[0], store, WHO, WHY).id == "0005"
    assert [one.id for one in publishing.list_published_versions(store)] == ["0005", "0004", "0003", "0002", "0001"]


def test_the_entry_is_plain_json(store):
    written = json.loads((store / "versions" / "0001" / "version.json").read_text(encoding="utf-8"))
    assert written["who"] == "خانم نمونه"
    assert set(written) == {"id", "action", "who", "why", "when", "day", "checksum", "register", "parent",
                            "statements", "restored"}  # fmt: skip


class Yesterday(datetime):
    """A clock that was set back by a day."""

    @classmethod
    def now(cls, zone=None):
        return datetime.now(zone) - timedelta(days=1)


def test_a_clock_that_was_set_back_changes_no_order(store, packages, monkeypatch):
    module = importlib.import_module("khoosheh.publishing.publish")
    monkeypatch.setattr(module, "datetime", Yesterday)
    found = publishing.publish_package(packages[1], store, WHO, WHY)
    first = journal.read_version_entry(store, "0001")
    assert (
        found.when < first.when
        and calendar.parse_jalali_date(found.day).first_day < calendar.parse_jalali_date(first.day).first_day
    )
    assert [one.id for one in publishing.list_published_versions(store)] == ["0002", "0001"]
    assert publishing.verify_store(store).every_fault == []
    assert register.load_register(store).version == found.register
    assert publishing.restore_version("1", store, WHO, WHY).id == "0003"


def test_a_register_compiled_on_a_day_to_come_is_as_good_as_any(store, tmp_path):
    """The clock of a server may be wrong: nothing that is shown depends on it."""
    later = made_up.write(tmp_path / "later")
    descriptor = json.loads((later / "datapackage.json").read_text(encoding="utf-8"))
    (later / "datapackage.json").write_text(json.dumps(descriptor | {"compiled_on": "1420-12-29"}), encoding="utf-8")
    publishing.publish_package(later, store, WHO, WHY)
    assert register.load_register(store).compiled_on == "1420-12-29"
