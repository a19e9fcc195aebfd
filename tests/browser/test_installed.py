"""The wheel, installed by itself and used from a folder that is not the checkout.

The environment is empty but for the wheel. What the app needs beside it is not downloaded a second time: a .pth file
shows the environment the packages of the one that runs these tests. Building takes no download either: the build
system is one of the pinned tools for development.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import khoosheh
from khoosheh import exports, queries
from khoosheh.measures.scope import Selection
from testing.browser import ROOT, visit
from testing.servers import find_free_port, wait_for_address

BUILT_FROM = (
    "app.py", "setup.py", "pyproject.toml", "requirements.txt", "README.md", "LICENSE", "khoosheh", "pages", "static",
    "data", ".streamlit",
)  # fmt: skip


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in BUILT_FROM:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, source / name)
    run(
        sys.executable,
        "-m",
        "pip",
        "wheel",
        ".",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "-w",
        out,
        cwd=source,
    )
    return next(out.glob("khoosheh-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """Return the folder of the programs of an environment that has the wheel."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel, cwd=folder)
    packages = Path(
        run(python, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])", cwd=folder).strip()
    )
    (packages / "shared.pth").write_text(sysconfig.get_paths()["purelib"])
    return folder / "bin"


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("elsewhere")


@pytest.fixture(scope="module")
def served(installed, elsewhere) -> Iterator[str]:
    """The address of the app, served by the command."""
    port, log = find_free_port(), elsewhere / "log"
    with log.open("w") as out:
        command = [installed / "khoosheh", "serve", "--address", "127.0.0.1", "--port", str(port)]
        server = subprocess.Popen(command, cwd=elsewhere, env=clean(), stdout=out, stderr=out)
        try:
            wait_for_address(f"http://127.0.0.1:{port}/_stcore/health", seconds=120)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(60)
    assert "Traceback" not in log.read_text(encoding="utf-8")


def clean() -> dict[str, str]:
    """Return the environment without what leads to the checkout or to another register."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "KHOOSHEH_DATA")}


def run(*command: object, cwd: Path) -> str:
    done = subprocess.run(
        [*map(str, command)], cwd=cwd, env=clean(), capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def fetch(address: str) -> bytes:
    with urllib.request.urlopen(
        urllib.request.Request(address, headers={"accept": "text/html"}), timeout=60
    ) as answer:
        return answer.read()


def test_the_wheel_holds_every_file_of_the_app_and_no_other(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if name.startswith("khoosheh/")}
        metadata = archive.read(f"khoosheh-{khoosheh.__version__}.dist-info/METADATA").decode()
    # the made-up country is a tool of developers
    shipped = [file for file in files(ROOT / "khoosheh") if (ROOT / "khoosheh" / "synthetic") not in file.parents]
    package = {f"khoosheh/{file.relative_to(ROOT / 'khoosheh')}" for file in shipped}
    beside = {
        f"khoosheh/_app/{one.relative_to(ROOT)}" for name in ("pages", "static", "data") for one in files(ROOT / name)
    }
    assert names == package | beside | {"khoosheh/_app/app.py", "khoosheh/_app/.streamlit/config.toml"}
    pinned = [line for line in (ROOT / "requirements.txt").read_text().splitlines() if line and line[0] != "#"]
    assert re.findall("(?m)^Requires-Dist: (.+)$", metadata) == pinned


def files(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file() and "__pycache__" not in one.parts]


def test_the_version_stands_in_one_place(installed, elsewhere):
    assert run(installed / "khoosheh", "--version", cwd=elsewhere).strip() == khoosheh.__version__
    described = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "version" not in described and "version" in described["dynamic"]


def test_the_installed_package_is_the_one_that_runs(installed, elsewhere):
    where = run(installed / "python", "-c", "import khoosheh; print(khoosheh.__file__)", cwd=elsewhere)
    assert Path(where.strip()).is_relative_to(installed.parent)


@pytest.mark.parametrize("command", [("khoosheh",), ("python", "-m", "khoosheh")])
def test_the_shipped_register_is_sound(installed, elsewhere, command, shipped):
    told = run(installed / command[0], *command[1:], "check", "--lang", "en", cwd=elsewhere)
    assert f"{len(shipped.table('statements'))} statements" in told


def test_a_measure_gives_the_numbers_of_the_checkout(installed, elsewhere, shipped):
    printed = json.loads(run(installed / "khoosheh", "measure", "investment", "--format", "json", cwd=elsewhere))
    table = queries.query_investment_amounts(shipped, Selection())
    assert [(row["group"], row["low"]) for row in printed] == list(table.select("group", "low").iter_rows())


def test_the_served_app_is_drawn_in_a_browser(served, visitor):
    tab = visit(visitor(), f"{served}/?lang=en")
    assert tab.locator("h1").count() == 1 and tab.locator(".khoosheh-plot").count() > 0
    assert tab.evaluate("document.fonts.check('16px Khoosheh')")
    # the colours are those of .streamlit/config.toml, which lies beside the installed app.py
    assert tab.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).color") == "rgb(38, 50, 58)"


def test_fonts_scripts_and_exports_are_served(served, shipped):
    for name in ("Vazirmatn-FD-Regular.woff2", "Vazirmatn-Variable.woff2", "khoosheh.svg"):
        assert fetch(f"{served}/app/static/{name}") == (ROOT / "static" / name).read_bytes()
    assert b'<html lang="fa" dir="rtl">' in fetch(f"{served}/")
    assert fetch(f"{served}/khoosheh/export/oc4ids?lang=en") == exports.FORMATS["oc4ids"].make(
        shipped, Selection(), "en"
    )
