"""The register is replaced, damaged, lost and brought back while pages are open: the next click tells, whole."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from testing.browser import ROOT, ready, serve, visit
from testing.servers import find_free_port, wait_for_address

sys.path.insert(0, str(Path(__file__).parents[1] / "publishing"))

import two_registers

from khoosheh import publishing, register
from khoosheh.register import version_store

# Root reads and writes whatever the modes of files say, unless it gives up this right.
LIKE_OTHERS = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
needs_rights = pytest.mark.skipif(bool(LIKE_OTHERS) and not shutil.which("setpriv"), reason="there is no setpriv")
pytestmark = pytest.mark.xdist_group("store")


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    return two_registers.write(tmp_path_factory.mktemp("packages"))


@pytest.fixture
def store(packages, tmp_path):
    publishing.publish_package(packages[0], tmp_path / "store", "who", "why")
    return tmp_path / "store"


@pytest.fixture
def served(store, tmp_path):
    yield from serve(store, tmp_path / "store.log")


def shown(tab) -> tuple[str, bool]:
    """The version in the footer, and whether the page warns that the files have become faulty."""
    said = tab.locator(".khoosheh-footer > p").last.inner_text()
    warned = tab.get_by_text("last sound version").count() > 0
    return re.search("[0-9a-f]{8}", said).group(), warned


def go(tab, page: str) -> None:
    """Follow a link of the header, and wait for the page it leads to."""
    tab.locator(f'.khoosheh-nav a[href*="{page}"]').first.click()
    tab.wait_for_url(f"**/{page}*")
    ready(tab)


def cost(tab) -> str:
    """What statement M03 says: 300 to 400 in the first register, 300 to 500 in the later one."""
    said = tab.locator("body").inner_text()
    assert ("500" in said) != ("400" in said)
    return "500" if "500" in said else "400"


def test_the_register_changes_while_pages_are_open(store, served, packages, visitor):
    one, other = (register.load_register(path).version[:8] for path in packages)
    evidence = f"{served}/evidence?lang=en&ids=M03"
    first = visit(visitor(), evidence)
    second = visit(visitor(beside=first), f"{served}/investment?lang=en")
    assert (shown(first), cost(first), shown(second)) == ((one, False), "400", (one, False))

    # replaced: the next click in each tab of the visit, and the way back, show the new one
    publishing.publish_package(packages[1], store, "who", "why")
    assert (shown(first), cost(first)) == ((one, False), "400")
    go(second, "ranking")
    assert shown(second) == (other, False)
    second.go_back()
    second.wait_for_url("**/investment*")
    assert shown(ready(second)) == (other, False)
    go(first, "schedule")
    assert shown(first) == (other, False)
    first.go_back()
    first.wait_for_url("**/evidence*")
    assert (shown(ready(first)), cost(first)) == ((other, False), "500")

    # damaged: the last sound one stays, and pages say so
    file = version_store.build_package_path(store, "0002") / "statements.csv"
    sound = file.read_text(encoding="utf-8")
    assert "500" in sound
    file.write_text(sound.replace("500", "5000"), encoding="utf-8")
    go(second, "ranking")
    assert shown(second) == (other, True)
    third = visit(visitor(), evidence)
    assert (shown(third), cost(third), "5,000" in third.locator("body").inner_text()) == ((other, True), "500", False)
    file.write_text(sound, encoding="utf-8")
    go(second, "investment")
    assert shown(second) == (other, False)

    # lost and brought back
    away = store.rename(store.with_name("away"))
    go(second, "ranking")
    assert shown(second) == (other, True)
    away.rename(store)
    go(second, "investment")
    assert shown(second) == (other, False)


@pytest.fixture
def foreign(store):
    """A store that nobody may write to."""
    every = [store, *store.rglob("*")]
    for one in every:
        one.chmod(0o555 if one.is_dir() else 0o444)
    yield store
    for one in every:
        one.chmod(0o755)


@pytest.fixture
def served_to_others(foreign, tmp_path):
    """The address of an app for which the modes of files hold."""
    port, log = find_free_port(), tmp_path / "foreign.log"
    command = [*LIKE_OTHERS, sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1"]
    settings = {**os.environ, "KHOOSHEH_DATA": str(foreign)}
    with log.open("w") as out:
        server = subprocess.Popen(
            [*command, "--server.port", str(port)], cwd=ROOT, env=settings, stdout=out, stderr=out
        )
        try:
            wait_for_address(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(60)
    assert "Traceback" not in log.read_text(encoding="utf-8")


@needs_rights
def test_a_store_that_may_only_be_read_and_one_that_may_not(foreign, served_to_others, visitor):
    tab = visit(visitor(), f"{served_to_others}/?lang=en")
    version = shown(tab)[0]
    assert shown(tab) == (version, False)
    for closed in (
        foreign,
        version_store.build_package_path(foreign, "0001"),
        version_store.build_package_path(foreign, "0001") / "statements.csv",
    ):
        mode = closed.stat().st_mode
        closed.chmod(0)
        go(tab, "ranking")
        assert shown(tab) == (version, True), closed
        closed.chmod(mode)
        go(tab, "investment")
        assert shown(tab) == (version, False), closed
