"""Compare, publish, look back and restore from the command line, in both languages."""

import json
import sys
from pathlib import Path

import pytest

from testing import made_up

sys.path.insert(0, str(Path(__file__).parent / "publishing"))

import two_registers

from khoosheh.__main__ import main

SIGNED = ["--who", "علی", "--why", "گفته‌های تازه"]


@pytest.fixture
def packages(tmp_path, monkeypatch) -> tuple[str, str]:
    one, other = two_registers.write(tmp_path)
    monkeypatch.setenv("KHOOSHEH_DATA", str(one))
    return str(one), str(other)


def test_from_a_folder_to_a_store_and_back(packages, tmp_path, monkeypatch, capsys):
    other = packages[1]
    store = str(tmp_path / "مخزن استان")
    assert main(["publish", other, *SIGNED]) == 1
    assert "مخزن نسخه‌ها نیست" in capsys.readouterr().err
    assert main(["publish", other, "--to", store, *SIGNED]) == 0
    out = capsys.readouterr().out
    assert "نسخهٔ ۰۰۰۲ با ۲۰ گفته منتشر شد" in out and f"KHOOSHEH_DATA={store}" in out
    monkeypatch.setenv("KHOOSHEH_DATA", store)
    assert main(["diff", other]) == 0
    assert "هیچ تفاوتی نیست" in capsys.readouterr().out
    assert main(["restore", "1", *SIGNED, "--expect", "2"]) == 0
    assert "۰۰۰۳" in capsys.readouterr().out
    assert main(["history", "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(" · ")[0] for line in lines] == ["0003", "0002", "0001"]
    assert "version 0001 restored by علی: گفته‌های تازه" in lines[0] and "taken over" in lines[2]
    assert main(["history"]) == 0
    assert "بازگردانی نسخهٔ ۰۰۰۱ به دست علی" in capsys.readouterr().out
    assert main(["history", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [row["action"] for row in listed] == ["restore", "publish", "seed"]
    assert main(["restore", "1", *SIGNED, "--expect", "2", "--lang", "en"]) == 1
    assert "The register has moved on" in capsys.readouterr().err
    assert main(["check"]) == 0


def test_the_first_version_of_a_store_is_not_seeded_by_itself(packages, tmp_path, monkeypatch, capsys):
    store = tmp_path / "store"
    monkeypatch.setenv("KHOOSHEH_DATA", str(store))
    assert main(["publish", packages[1], "--to", str(store), *SIGNED, "--lang", "en"]) == 0
    assert capsys.readouterr().out == "Version 0001 with 20 statements is published and in force.\n"


def test_publish_prints_all_faults(packages, tmp_path, capsys):
    rows = made_up.tables()
    rows["statements"][0]["said_to"] = "1402-12-30"
    rows["statements"][2]["measure"] = "price"
    faulty = str(made_up.write(tmp_path / "faulty", rows))
    for words in (["publish", faulty, "--to", str(tmp_path / "store"), *SIGNED], ["diff", faulty]):
        assert main(words) == 1
        said = capsys.readouterr().err
        assert "statements.csv:2:said_to" in said and "statements.csv:4:measure" in said
    assert not (tmp_path / "store").exists()


def test_diff_tells_rows_and_figures(packages, capsys):
    assert main(["diff", packages[1], "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "1 row added, 6 changed, 1 withdrawn; 7 figures of the pages move"
    assert [line.partition(":")[0] for line in lines if line[:3] in (" + ", " ~ ", " - ")][:5] == [
        " + M21", " ~ M03", " ~ M17", " ~ M20", " - M07"
    ]  # fmt: skip
    assert any("Tea dryer" in line and "0.3 to 0.4" in line and "→" in line for line in lines)
    assert main(["diff", packages[1]]) == 0
    assert "۱ سطر افزوده، ۶ سطر عوض‌شده" in capsys.readouterr().out


def test_diff_for_scripts(packages, capsys):
    assert main(["diff", packages[1], "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    said = found["tables"]["statements"]
    assert said["changed"][0] == {
        "key": {"statement_id": "M03"}, "fields": {"value_high": {"before": 400.0, "after": 500.0}}
    }  # fmt: skip
    assert [row["statement_id"] for row in said["withdrawn"]] == ["M07"]
    pair = next(one for one in found["figures"]["investment"] if one["before"] and one["before"]["group"] == "dryer")
    assert (pair["before"]["high"], pair["after"]["high"]) == (0.4, 0.5)
    computed = next(one for one in found["figures"]["ranking"] if one["after"]["kind"] == "computed")
    assert (computed["before"]["low"], computed["after"]["low"], computed["after"]["year"]) == (1, 3, 1402)
    assert found["before"] != found["after"] and found["maps"] == found["descriptor"] == []
    assert main(["diff", packages[0], "--data", packages[1], "--format", "json"]) == 0
    assert [row["statement_id"] for row in json.loads(capsys.readouterr().out)["tables"]["statements"]["added"]] == [
        "M07"
    ]
