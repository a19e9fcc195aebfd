"""The numbers of the code's structure: what they count, and that the page has those of today."""

import subprocess
import sys

import pytest

from tools import structure


def test_the_page_has_the_numbers_of_today():
    run = subprocess.run(
        [sys.executable, "-m", "tools.structure", "--check"],
        cwd=structure.ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, f"run python -m tools.structure: {run.stdout}{run.stderr}"


@pytest.mark.parametrize(
    ("name", "single"),
    [("shut", True), ("_shut", True), ("shut_door", False), ("_shut_door", False), ("shut_", True)],
)
def test_an_underscore_in_front_is_no_word(name, single):
    assert structure.is_one_word(name) is single


def test_code_is_counted(tmp_path):
    package = tmp_path / "made"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "short.py").write_text(
        "class A:\n    def __init__(self):\n        pass\n\n    def shut(self):\n"
        "        def inner_one():\n            return 1\n\n        return inner_one\n"
    )
    (package / "long.py").write_text(
        "async def wait_long():\n    pass\n\n\ndef go_home():\n    pass\n" + "x = 1\n" * 300
    )
    found = structure.measure_code(package)
    assert found[structure.ONE_WORD] == "25%", "shut; inner_one, wait_long and go_home are two words"
    assert found[structure.MEDIAN] == "2"
    assert found[structure.P90] == "4", "nine tenths between the lengths 2, 2, 2, 2 and 5"
    assert (found[structure.PACKAGES], found[structure.LONG]) == ("1", "1")


def test_circles_are_counted_between_packages_and_for_types_only(tmp_path, monkeypatch):
    for name, text in {
        "round/__init__.py": "",
        "round/a/__init__.py": "",
        "round/a/one.py": "from round.b import two\n",
        "round/b/__init__.py": "",
        "round/b/two.py": "",
        "round/b/three.py": "from typing import TYPE_CHECKING\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    assert structure.count_circles("round") == 0
    with (tmp_path / "round/b/three.py").open("a") as file:
        file.write("if TYPE_CHECKING:\n    from round.a import one\n")
    assert structure.count_circles("round") == 1


def test_stale_rows_are_told(monkeypatch):
    monkeypatch.setattr(structure, "measure_quickly", lambda: {structure.PACKAGES: "7", structure.LONG: "2"})
    page = f"<!-- {structure.SECTION}: begin -->\n{{}}\n<!-- {structure.SECTION}: end -->"
    written = structure.build_table({structure.PACKAGES: "7", structure.LONG: "3"})
    assert structure.find_stale_rows(page.format(written)) == {structure.LONG: "2"}


@pytest.mark.parametrize(
    ("said", "errors"),
    [("Found 573 errors in 9 files", 573), ("Found 1 error in 1 file", 1), ("Success: no issues", 0)],
)
def test_errors_of_mypy_are_read(monkeypatch, said, errors):
    answer = subprocess.CompletedProcess([], 1, stdout=f"a.py:1: error: x\n{said}\n", stderr="")
    monkeypatch.setattr(structure.subprocess, "run", lambda *_, **__: answer)
    assert structure.count_mypy_errors() == errors


def test_a_mypy_that_does_not_start_counts_as_no_answer(monkeypatch):
    answer = subprocess.CompletedProcess([], 2, stdout="", stderr="No module named mypy")
    monkeypatch.setattr(structure.subprocess, "run", lambda *_, **__: answer)
    with pytest.raises(RuntimeError, match="No module"):
        structure.count_mypy_errors()
