"""Limits are settings: each documented, each a whole number, and a wrong one ends the start in words."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from khoosheh import limits

ROOT = Path(__file__).parents[1]
DOCUMENTED = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")


def cells_of(setting: str) -> list[str]:
    """Return the cells of the table row in the documentation that names a setting."""
    rows = [row for row in DOCUMENTED.splitlines() if row.startswith("|") and f"`{setting}`" in row.split("|")[1]]
    assert len(rows) == 1, f"{setting} stands in {len(rows)} rows"
    return [cell.strip() for cell in rows[0].strip("|").split("|")]


@pytest.mark.parametrize("setting", limits.SETTINGS)
def test_each_setting_is_documented_with_its_default(setting):
    names, *rest = cells_of(setting)
    place = re.findall("`([A-Z_]+)`", names).index(setting)
    numbers = re.findall("[0-9][0-9,]*", " ".join(rest).replace(", ", " "))
    assert str(limits.SETTINGS[setting]) in [one.replace(",", "") for one in numbers], (place, rest)


@pytest.mark.parametrize("given", ["many", "-1", "0", "1.5", "9" * 30, "۱۲"])
def test_a_setting_that_is_no_number_is_told_by_name(given):
    done = subprocess.run(
        [sys.executable, "-c", "import khoosheh.limits"],
        cwd=ROOT, env={**os.environ, "KHOOSHEH_UPLOAD_ROWS": given}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode
    assert "KHOOSHEH_UPLOAD_ROWS" in done.stderr and given in done.stderr


def test_a_blank_setting_is_none():
    done = subprocess.run(
        [sys.executable, "-c", "import khoosheh.limits as one; print(one.ROWS)"],
        cwd=ROOT, env={**os.environ, "KHOOSHEH_UPLOAD_ROWS": " "}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == str(limits.SETTINGS["KHOOSHEH_UPLOAD_ROWS"])
