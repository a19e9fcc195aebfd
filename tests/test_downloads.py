"""Tables that are downloaded: what a spreadsheet makes of them is what was drawn, and nothing runs."""

import csv
import io
import random

import narwhals as nw
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from khoosheh import downloads, register
from khoosheh.__main__ import main
from khoosheh.ui.shell import ROOT
from testing import made_up

FORMULA = "=HYPERLINK(\"http://x\";\"a\")"  # fmt: skip
HARMFUL = (FORMULA, "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "=", "-5")
HARMLESS = ("", "a=1", " 'x", "'", "۱۲", "5", "گفته", "1-2", "a\n=1", "a\r=1", "a\r\n=1")


@pytest.mark.parametrize("words", HARMFUL)
def test_a_text_that_could_start_a_formula_is_guarded(words):
    assert downloads.guard_cell(words) == f"'{words}".replace("\r", "\n")


@pytest.mark.parametrize("value", [*HARMLESS[:-2], -5, -0.5, None, True, float("-inf")])
def test_everything_else_stays(value):
    assert downloads.guard_cell(value) == value


def test_a_whole_table_is_guarded_cell_by_cell_and_its_numbers_stay_numbers():
    dice = random.Random(7)
    texts = [dice.choice((*HARMFUL, *HARMLESS, None)) for _ in range(300)]
    numbers = [dice.choice((-1.5, 0.0, 2.0, None)) for _ in texts]
    days = pd.to_datetime(["2024-03-20"] * len(texts))
    frame = pd.DataFrame({"words": pd.Series(texts, dtype="str"), "value": numbers, "day": days, "sure": True})
    plain = list(csv.DictReader(io.StringIO(nw.from_native(frame.assign(words="")).write_csv())))
    found = list(csv.DictReader(io.StringIO(downloads.make_csv_text(nw.from_native(frame)), newline="")))
    assert len(found) == len(texts)
    for row, before, words in zip(found, plain, texts, strict=True):
        assert row["words"] == (downloads.guard_cell(words) or "")
        assert {**row, "words": ""} == before
    assert any(row["value"] == "-1.5" for row in found)


@pytest.fixture
def harmful(tmp_path):
    rows = made_up.tables()
    rows["statements"][0]["claim_fa"] = rows["statements"][0]["value_printed"] = FORMULA
    rows["projects"][0]["name_fa"] = "@garden"
    return made_up.write(tmp_path, rows)


def test_what_the_command_line_prints_starts_no_formula(harmful, capsys):
    assert main(["measure", "evidence", "--data", str(harmful)]) == 0
    row = next(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert row["claim_fa"] == f"'{FORMULA}"
    assert main(["measure", "evidence", "--data", str(harmful), "--format", "json"]) == 0
    assert "'=HYPERLINK" not in capsys.readouterr().out
    assert register.load_register(harmful).table("statements").loc[0, "claim_fa"] == FORMULA


def test_what_pages_offer_starts_no_formula(harmful, monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(harmful))
    offered = []
    monkeypatch.setattr("streamlit.download_button", lambda label, data, **_: offered.append(data().decode()))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run().switch_page("pages/evidence.py").run()
    assert not app.exception
    guarded = False
    for whole in offered:
        assert whole.startswith(downloads.MARK)
        rows = list(csv.reader(io.StringIO(whole.removeprefix(downloads.MARK), newline="")))
        guarded |= any(f"'{FORMULA}" in row for row in rows)
        assert not [cell for row in rows for cell in row if cell.startswith(downloads.STARTS) and not number(cell)]
    assert guarded


def number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
