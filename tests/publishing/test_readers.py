"""Running apps: the next visit sees a new version, and nobody ever sees half of one."""

import threading

from streamlit.testing.v1 import AppTest

from khoosheh import publishing, register
from khoosheh.register import checksums, version_store
from khoosheh.ui.shell import ROOT
from khoosheh.ui.state import loading


def footer(app: AppTest) -> str:
    """Return the footer of the page, as HTML."""
    return next(
        one.proto.body
        for one in app.get("html")
        if "khoosheh-footer" in one.proto.body and "<style>" not in one.proto.body
    )


def visit() -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["lang"] = "en"
    app.run()
    assert not app.exception
    return app


def test_the_next_visit_shows_the_new_version(store, packages, monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(store))
    one, other = (register.load_register(path).version[:8] for path in packages)
    app = visit()
    assert one in footer(app)
    publishing.publish_package(packages[1], store, "who", "why")
    # a visitor who is there, and one who comes
    assert other in footer(app.run()) and other in footer(visit())
    publishing.restore_version("1", store, "who", "why")
    assert one in footer(app.run())


def test_a_store_that_breaks_leaves_visitors_what_they_saw(store, packages, monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(store))
    shown = footer(visit())
    pointer = (store / "current").read_text()
    (store / "current").write_text("nonsense")
    app = visit()
    assert app.warning and footer(app) == shown
    (store / "current").write_text(pointer)
    assert not visit().warning


def test_a_new_version_is_loaded_and_the_one_in_force_only_once(store, packages, monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(store))
    seen = loading.load_register_with_warning("en")
    assert loading.load_register_with_warning("en") is seen
    publishing.publish_package(packages[1], store, "who", "why")
    assert loading.load_register_with_warning("en").version == register.load_register(packages[1]).version


def test_readers_see_a_whole_version_at_any_time(store, packages):
    stop, seen, wrong = threading.Event(), [], []

    def look() -> None:
        found = version_store.read_pointer(store)
        seen.append(
            (checksums.compute_checksum(version_store.build_package_path(store, found.version)), found.checksum)
        )

    def read() -> None:
        try:
            while not stop.wait(0.001):
                look()
            look()
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=read) for _ in range(2)]
    for one in threads:
        one.start()
    for turn in range(1, 11):
        publishing.publish_package(packages[turn % 2], store, "who", str(turn))
    stop.set()
    for one in threads:
        one.join()
    assert wrong == []
    assert {one for one, _ in seen} == {checksums.compute_checksum(path) for path in packages}
    assert all(one == promised for one, promised in seen)
    assert len(publishing.list_published_versions(store)) == 11


def test_registers_loaded_while_others_publish_are_whole(store, packages):
    known, loaded = {register.load_register(path).version for path in packages}, []
    done = threading.Event()

    def load() -> None:
        while not done.is_set():
            loaded.append(register.load_register(store).version)

    thread = threading.Thread(target=load)
    thread.start()
    for turn in range(1, 5):
        publishing.publish_package(packages[turn % 2], store, "who", "why")
    done.set()
    thread.join()
    assert loaded and set(loaded) <= known
