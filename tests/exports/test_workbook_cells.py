"""Cells of a workbook: nothing from data acts by itself, and what the format cannot hold is told."""

import re
from datetime import date

import hostile_rows
import pytest
from reading import parts, read, rows

from khoosheh import queries, register
from khoosheh.exports import ExportError, workbook
from khoosheh.exports.workbook import writer
from khoosheh.locale import LANGUAGES
from khoosheh.measures.scope import Selection
from khoosheh.topics.spreadsheet import DAY, LINK, TEXT, Sheet, SheetColumn
from testing import made_up

ALL = Selection()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_of_a_hostile_register_acts(lang, hostile_register):
    whole = workbook.build_selection_workbook(hostile_register, ALL, lang)
    files = parts(whole)
    pages = {name: content for name, content in files.items() if name.startswith("xl/worksheets/sheet")}
    assert not any(re.search(r"<f[ >/]", page) for page in pages.values()), "no formula"
    links = re.findall(r'Target="([^"]*)" TargetMode="External"', "".join(files.values()))
    assert set(links) == {"https://example.org/", "https://example.org/report"}
    assert not any(name for name in files if "vba" in name or "externalLink" in name)
    assert "=HYPERLINK" in files["xl/sharedStrings.xml"]


def test_hostile_texts_come_back_as_they_were(hostile_register):
    found = {row["Statement id"]: row for row in rows(hostile_register, "statements")}
    before = {
        row["statement_id"]: row
        for row in queries.read_register_table(hostile_register, "statements").iter_rows(named=True)
    }
    assert len(found) == len(before)
    for one, row in before.items():
        worst, cell = row["claim_en"], found[one]["Claim in our words (English)"]
        if len(worst) > 32_767:
            assert len(cell) == 32_767 and cell[:-1] == worst[:32_766] and cell.endswith("…")
        else:
            assert cell == worst
    addresses = {row["Source id"]: row["Address"] for row in rows(hostile_register, "sources")}
    for place, address in enumerate(hostile_rows.ADDRESSES):
        assert addresses[f"bad-{place}"] == address


def test_what_an_editor_would_take_for_a_formula_is_marked_as_text(hostile_register):
    page = parts(workbook.build_selection_workbook(hostile_register, ALL, "en"))
    styles = page["xl/styles.xml"]
    assert 'quotePrefix="1"' in styles
    formats = re.findall(r"<xf [^>]*>", styles[styles.index("<cellXfs") :])
    quoted = {str(place) for place, one in enumerate(formats) if "quotePrefix" in one}
    names_ = re.findall(r"<si><t[^>]*>(.*?)</t></si>", page["xl/sharedStrings.xml"], re.DOTALL)
    bad = {str(place) for place, one in enumerate(names_) if one.startswith(("=", "+", "-", "@"))}
    cells = [
        (style, value)
        for name, content in page.items()
        if name.startswith("xl/worksheets/sheet")
        for style, value in re.findall(r'<c r="[A-Z]+[0-9]+" s="([0-9]+)" t="s"><v>([0-9]+)</v>', content)
    ]
    marked = [style in quoted for style, value in cells if value in bad]
    assert marked and all(marked)


def test_the_same_question_gives_the_same_bytes(invented_path, monkeypatch):
    made = []
    for zone in ("UTC", "Asia/Tehran"):
        monkeypatch.setenv("TZ", zone)
        made.append(workbook.build_selection_workbook(register.load_register(invented_path), ALL, "fa"))
    assert made[0] == made[1]


def test_a_table_may_be_empty(tmp_path):
    tables = {**made_up.tables(), "statements": [], "ranks": [], "observations": []}
    found = read(
        workbook.build_selection_workbook(register.load_register(made_up.write(tmp_path, tables)), ALL, "en")
    )
    assert len(found["Investment"]) == len(found["Statements"]) == len(found["All provinces"]) == 1
    assert len(found["Projects"]) == 6


def columns(kind: str) -> list[SheetColumn]:
    return [SheetColumn("a", kind, lambda row: row)]


def written(rows_: list, kind: str = TEXT) -> bytes:
    return writer.write_workbook(
        [Sheet("s", columns(kind), rows_)], title="t", created=date(2024, 1, 1), right_to_left=False
    )


def test_days_that_the_format_cannot_hold_are_words():
    days = [date(1828, 3, 21), date(1900, 2, 28), date(1900, 3, 1), date(2024, 3, 20)]
    assert [row[0] for row in read(written(days, DAY))["s"][1:]] == ["1828-03-21", "1900-02-28", *days[2:]]


def test_what_is_too_long_is_refused_or_shown_as_cut(monkeypatch):
    monkeypatch.setattr(writer, "MOST_ROWS", 5)
    assert len(read(written(["x"] * 4))["s"]) == 5
    with pytest.raises(ExportError) as refused:
        written(["x"] * 5)
    assert "4" in refused.value.words("en") and "۴" in refused.value.words("fa")
    pair = "😀" * 20_000
    cell = read(written([pair]))["s"][1][0]
    assert cell == "😀" * 16_383 + "…" and len(cell.encode("utf-16-le")) // 2 <= 32_767


def test_links_beyond_the_most_are_words(monkeypatch):
    monkeypatch.setattr(writer, "MOST_LINKS", 2)
    whole = written([f"https://example.org/{place}" for place in range(4)], LINK)
    assert len(re.findall('TargetMode="External"', "".join(parts(whole).values()))) == 2
    assert [row[0] for row in read(whole)["s"][1:]] == [f"https://example.org/{place}" for place in range(4)]
