"""The list of licences names every package that requirements.txt brings, and every font that is shipped."""

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest
import streamlit
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import licences

PAGE = licences.FILE.read_text(encoding="utf-8")
PACKAGES = licences.resolve_requirements(licences.ROOT / "requirements.txt")


def pinned(name):
    """The versions that a file of requirements names for this Python."""
    text = (licences.ROOT / name).read_text(encoding="utf-8")
    found = [Requirement(one.strip()) for one in re.findall(r"^[A-Za-z][^\\\n]*", text, re.MULTILINE)]
    wanted = [one for one in found if one.marker is None or one.marker.evaluate()]
    return {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one in wanted}


def test_every_package_is_listed_with_the_version_that_is_installed():
    rows = dict(re.findall(r"^\| ([a-z0-9-]+) \| (\d\S*) \|", PAGE, re.MULTILINE))
    assert rows == pinned("requirements.lock") == {name: one.version for name, one in PACKAGES.items()}


def test_versions_are_those_of_the_requirements():
    assert pinned("requirements.txt").items() <= pinned("requirements.lock").items()


def test_packages_of_the_checks_are_not_listed():
    assert {"pytest", "ruff", "playwright", "pip"}.isdisjoint(PACKAGES)


def test_no_licence_is_unknown_and_every_copyleft_was_looked_at():
    assert "**" not in PAGE


def test_the_page_is_what_is_written_now():
    # versions may be others where a Python asks for them; the kept page is of the oldest one
    without = re.compile(r"\| \d\S* \|")
    assert without.sub("", licences.build_licences_page(PACKAGES)) == without.sub("", PAGE)


@pytest.mark.parametrize("folder", [licences.ROOT / "static", Path(streamlit.__file__).parent / "static"])
def test_every_font_is_listed(folder):
    patterns = [Path(one[0]).name for one in (*licences.SHIPPED, *licences.OF_STREAMLIT)]
    fonts = [one.name for one in folder.rglob("*") if one.suffix in (".woff", ".woff2", ".ttf", ".otf")]
    assert fonts
    assert [one for one in fonts if not any(fnmatch(one, pattern) for pattern in patterns)] == []


class Package:
    """Metadata as a package brings them."""

    version, requires = "1", ()

    def __init__(self, **fields):
        self.metadata = self
        self._fields = fields

    def get(self, name):
        return self._fields.get(name.replace("-", ""))

    def get_all(self, _name):
        return self._fields.get("classifiers")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"LicenseExpression": "MIT", "License": "old words"}, "MIT"),
        ({"License": "BSD-3-Clause"}, "BSD-3-Clause"),
        ({"License": "x" * 500, "classifiers": ["License :: OSI Approved :: BSD License"]}, "BSD License"),
        ({"License": "a\nb", "classifiers": ["Topic :: Text"]}, ""),
        ({}, ""),
    ],
)
def test_what_a_package_declares(fields, said):
    assert licences.find_declared_licence(Package(**fields)) == said


@pytest.mark.parametrize(
    "fields",
    [
        {"LicenseExpression": "AGPL-3.0-only"},
        {"License": "LGPL"},
        {"License": "Artistic", "classifiers": ["License :: OSI Approved :: GNU General Public License (GPL)"]},
        {"License": "mpl-2.0"},
    ],
)
def test_copyleft_that_nobody_has_looked_at_is_told(fields):
    assert "**not looked at yet**" in licences.build_licences_page({"made-up": Package(**fields)})


def test_a_package_without_a_licence_is_told():
    assert "| made-up |\n" in licences.build_licences_page({"made-up": Package()})
