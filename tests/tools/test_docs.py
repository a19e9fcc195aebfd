"""The documentation: every page is in the navigation, every link leads somewhere, records and names of files are true.

mkdocs is not needed here; `make docs` builds the site and checks the rest.
"""

import re
import unicodedata
from itertools import chain

import pytest
import yaml

from tools import docs_site

ROOT = docs_site.ROOT
CONFIG = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
DECISIONS = ROOT / "docs" / "decisions"
RECORDS = sorted(DECISIONS.glob("[0-9]*.md"))
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("data/*.md"), *ROOT.glob("docs/**/*.md")])
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def read(page):
    return page.read_text(encoding="utf-8")


def flatten(nav):
    """The pages of a navigation, in order."""
    values = [one if isinstance(one, str) else next(iter(one.values())) for one in nav]
    return list(chain.from_iterable([one] if isinstance(one, str) else flatten(one) for one in values))


def anchors(text):
    """The anchors of a page's headings, as forges and mkdocs make them of plain headings."""
    found = re.findall(r"^#+ (.+)$", CODE.sub(lambda code: code[0].strip("`"), text), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", unicodedata.normalize("NFKD", one)).strip().lower().replace(" ", "-") for one in found
    }


def test_every_page_is_in_the_navigation_once():
    named = [one for one in flatten(docs_site.fill_nav(CONFIG["nav"])) if not one.startswith(docs_site.REFERENCE)]
    wanted = [page.relative_to(ROOT).as_posix() for page in PAGES]
    assert sorted(named) == sorted(wanted)


def test_the_reference_has_every_package():
    pages = docs_site.list_folder_pages(docs_site.REFERENCE)
    assert {"reference/measures.md", "reference/money.md", "reference/ui.md"} <= set(pages)
    assert not [one for one in pages if "__" in one]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    broken = []
    for target in LINK.findall(CODE.sub("", read(page))):
        path, _, anchor = target.partition("#")
        if "://" in target:
            continue
        other = (page.parent / path).resolve() if path else page
        if not other.is_file() or (anchor and anchor not in anchors(read(other))):
            broken.append(target)
    assert broken == []


def test_a_link_to_nowhere_would_be_noticed():
    assert LINK.findall("see [this](lost.md#there) and [that](https://example.org)") == [
        "lost.md#there",
        "https://example.org",
    ]
    assert anchors("# How quick, really?\n## `make docs`") == {"how-quick-really", "make-docs"}


def test_what_pages_link_to_is_part_of_the_site():
    site = {*docs_site.find_files_beside(), *(ROOT / "docs").rglob("*.*")}
    linked = {
        (page.parent / target.partition("#")[0]).resolve()
        for page in PAGES
        for target in LINK.findall(CODE.sub("", read(page)))
        if "://" not in target and not target.startswith("#")
    }
    assert linked - site == set()


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem[:4])
def test_a_record_has_number_status_date_and_its_three_parts(record):
    text = read(record)
    number = re.match(r"# (\d+)\. \S", text)
    assert number and int(number[1]) == int(record.name[:4])
    assert re.search(r"^- Status: (accepted|superseded by .+)$", text, re.MULTILINE)
    assert re.search(r"^- Date: \d{4}-\d\d-\d\d", text, re.MULTILINE)
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    assert parts[1::2] == ["Context", "Decision", "Consequences"] and all(one.strip() for one in parts[2::2])


def test_records_are_numbered_without_gaps_and_listed_by_their_titles():
    assert [int(one.name[:4]) for one in RECORDS] == list(range(1, len(RECORDS) + 1))
    listed = dict(re.findall(r"^- \[(.+)\]\((.+)\)$", read(DECISIONS / "README.md"), re.MULTILINE))
    assert listed == {read(one).splitlines()[0].removeprefix("# "): one.name for one in RECORDS}


def test_files_that_the_architecture_names_are_there():
    named = set(re.findall(r"`([\w./-]+(?:/|\.(?:py|po|css|json)))`", read(ROOT / "docs" / "architecture.md")))
    lost = {one for one in named if not any((ROOT / base / one).exists() for base in ("", "khoosheh", "khoosheh/ui"))}
    assert len(named) > 40 and lost == set()


def test_the_architecture_names_every_package_and_layer():
    text = read(ROOT / "docs" / "architecture.md")
    cells = " ".join(re.findall(r"^\| (`.+?`) \|", text, re.MULTILINE))
    for folder in (ROOT / "khoosheh", ROOT / "khoosheh" / "ui"):
        names = {one.stem for one in folder.iterdir() if one.suffix == ".py" or (one / "__init__.py").exists()}
        public = {one for one in names if not one.startswith("_")}
        assert {one for one in public if not re.search(rf"`{one}/?`", cells)} == set()


def test_the_site_asks_no_other_server():
    assert CONFIG["theme"]["font"] is False and CONFIG["strict"] is True
    assert not {"repo_url", "extra_javascript"} & set(CONFIG)
    assert CONFIG["extra_css"] and "//" not in "".join((ROOT / one).read_text("utf-8") for one in CONFIG["extra_css"])
    plugins = [one if isinstance(one, str) else next(iter(one)) for one in CONFIG["plugins"]]
    # 'offline' would bring a script from unpkg.com
    assert plugins == ["search", "mkdocstrings"]


def test_make_builds_the_site_so_that_warnings_are_errors():
    # with --quiet mkdocs counts no warnings, and a broken link would pass
    commands = [line for line in (ROOT / "Makefile").read_text("utf-8").splitlines() if "/mkdocs build" in line]
    assert len(commands) == 1 and commands[0].endswith("build --strict")
