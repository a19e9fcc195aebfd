"""Names of sheets and headings: written in one way, understood in many."""

import pytest

from khoosheh.intake import layout
from khoosheh.locale import LANGUAGES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sheet_and_heading_is_understood_as_it_is_written(shipped, lang):
    words = shipped.dictionary
    names = [layout.format_sheet_name(words, table, lang) for table in words.tables]
    assert len({name.casefold() for name in names}) == len(names) and max(map(len, names)) <= 31
    for table, name in zip(words.tables, names, strict=True):
        assert layout.find_sheet_table(name, words) == table
        for field in words.fields(table):
            written = layout.format_column_heading(words, table, field, lang)
            required = words.field(table, field).get("constraints", {}).get("required")
            assert written.endswith("*") is bool(required)
            for spelt in (written, f"  {written.removesuffix('*')}", field):
                assert layout.find_heading_field(spelt, words, table) == field
    for sheet in layout.SPECIAL:
        assert layout.find_sheet_table(layout.format_special_sheet_name(sheet, lang), words) == sheet
    for item in layout.ITEMS:
        assert layout.find_register_item(layout.format_item_name(item, lang)) == item


@pytest.mark.parametrize(
    ("spelt", "table"),
    [("گفته ها", "statements"), ("گفتهها", "statements"), ("STATEMENTS", "statements"), ("زنجيره‌ها", "chains"),
     ("observations", "observations"), ("Sheet1", None), ("", None), ("*", None)],
)  # fmt: skip
def test_other_spellings_of_a_sheet(shipped, spelt, table):
    assert layout.find_sheet_table(spelt, shipped.dictionary) == table


def test_a_label_that_no_sheet_can_have_gives_way_to_the_name_of_the_table(shipped):
    descriptor = {"resources": [
        {"name": name, "labels": {"fa": fa, "en": en}, "schema": {"fields": [{"name": "x"}]}}
        for name, fa, en in (("one", "الف/ب", "Same"), ("two", "ب" * 32, "same"), ("three", "راهنما", "Register"))
    ]}  # fmt: skip
    words = layout.Dictionary(descriptor)
    for lang in LANGUAGES:
        assert [layout.format_sheet_name(words, name, lang) for name in words.tables] == ["one", "two", "three"]


def test_what_every_province_shares_needs_no_sheet(shipped):
    filled = layout.list_province_tables(shipped.descriptor)
    assert filled == [
        "sources",
        "statements",
        "projects",
        "chains",
        "stages",
        "requirements",
        "firms",
        "links",
        "counties",
    ]
    shared = set(layout.list_shared_resources(shipped.descriptor))
    assert shared | set(filled) == {*shipped.tables, "provinces-map"}
    # Beside their sources, shared tables lead to each other only.
    for table in shared & set(shipped.tables):
        assert {other for _, other, _ in shipped.dictionary.links(table)} <= shared | {"sources"}
