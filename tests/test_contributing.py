"""What outsiders meet first: the citation, the forms, and the files that CONTRIBUTING.md names."""

import re
from pathlib import Path

import pytest
import yaml

import khoosheh

ROOT = Path(__file__).parents[1]
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml"))


def test_the_citation_names_the_version():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["version"] == khoosheh.__version__
    assert {"cff-version", "message", "title", "authors"} <= set(cited)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_form_asks_for_something_and_names_each_field_once(form):
    described = yaml.safe_load(form.read_text(encoding="utf-8"))
    assert described["name"] and described["description"]
    ids = [one["id"] for one in described["body"]]
    assert len(set(ids)) == len(ids)
    assert any(one.get("validations", {}).get("required") for one in described["body"])
    assert all(one["attributes"]["label"] for one in described["body"])


def test_there_is_a_form_for_faults_figures_and_provinces():
    assert [form.stem for form in FORMS] == ["bug", "new_province", "wrong_figure"]


def test_files_named_for_contributors_are_there():
    named = set(
        re.findall(r"`((?:khoosheh|tests|data|docs)/[\w./-]+)`", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    )
    # the worked example makes these
    made = {one for one in named if "speakers" in one or one.endswith("de.po")}
    assert made and {one for one in named - made if not (ROOT / one).exists()} == set()


def test_hooks_before_a_commit_run_what_is_installed():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert [one["repo"] for one in hooks] == ["local"]
    assert {hook["language"] for hook in hooks[0]["hooks"]} == {"system"}
