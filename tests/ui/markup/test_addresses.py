"""The fields of an address: one rule for the server around the pages, for pages, and for files."""

from urllib.parse import quote

import pytest
from streamlit.testing.v1 import AppTest

from khoosheh.ui.markup import addresses
from khoosheh.ui.state import view

# field: a value that the made-up register has, as the view holds it
KNOWN = {
    "lang": ("en", "en"), "chain": ("tea", ("tea",)), "county": ("pain", ("pain",)), "sector": ("C", ("C",)),
    "project": ("garden", ("garden",)),
    "kind": ("cost_planned", ("cost_planned",)), "province": ("XA-02", ("XA-02",)), "isic": ("71", ("71",)), "knowledge_based": ("yes", ("yes",)),
    "exporting": ("yes", ("yes",)), "unit": ("hemat", "hemat"), "by": ("chain_id", "chain_id"), "scale": ("log", "log"), "indicator": ("rain", "rain"),
    "definition": ("run", "run"), "detail": ("tea", "tea"), "trial": ("tea", "tea"), "asof": ("1402-02", "1402-02"), "since": ("1401", "1401"),
    "first": ("1399", 1399), "last": ("1400", 1400), "before": ("3", 3), "scenario": ("tea-1:5", ("tea-1:5",)), "ids": ("M01", ("M01",)),
    "q": ("چای", "چای"), "page": ("2", 2), "draft": ("abc", "abc"), "slide": ("cluster", "cluster"), "slides": ("cluster", ("cluster",)),
    "of": ("ranking", "ranking"), "choose": ("1", "1"),
}  # fmt: skip
OTHER = "%D9%86%D8%A7"


def shown() -> None:
    """Show the fields of a visit; run as an app of its own."""
    import streamlit as st

    from khoosheh.ui.markup import addresses

    st.json(addresses.read_visit_fields())


def of_page(query: str) -> dict[str, str]:
    """Return what a page reads, as Streamlit gives it the address."""
    from urllib.parse import parse_qs

    app = AppTest.from_function(shown)
    for name, values in parse_qs(query, keep_blank_values=True).items():
        app.query_params[name] = values
    return __import__("json").loads(app.run().json[0].value)


def test_the_table_below_has_every_field():
    assert set(KNOWN) == set(view.QUERY)


@pytest.mark.parametrize("name", KNOWN)
def test_of_a_field_that_is_given_twice_the_last_counts(name, invented):
    value, held = KNOWN[name]
    twice = f"{name}={OTHER}&{name}={quote(value)}"
    assert addresses.read_fields(twice) == of_page(twice)
    codes = {"definition": view.PLAIN.definition, **{one: held for one in ("isic", "knowledge_based", "exporting")}}
    for query, expected in (
        (twice, held),
        (f"{name}={quote(value)}&{name}=", getattr(view.PLAIN, name)),
        (f"{name.upper()}={quote(value)}", getattr(view.PLAIN, name)),
        (f"{quote(name)}={''.join(f'%{byte:02X}' for byte in value.encode())}", held),
    ):
        fields = addresses.read_fields(query)
        found = view.read_view(fields, invented)
        known = name not in codes or not found.unknown
        assert not known or getattr(found, name) == expected, query


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("", {}), ("lang", {"lang": ""}), ("&&lang=en&", {"lang": "en"}), ("lang=en=fa", {"lang": "en=fa"}),
        ("q=a+b%20c", {"q": "a b c"}), ("q=%ff", {"q": "\ufffd"}), ("q=%", {"q": "%"}), ("q=%zz", {"q": "%zz"}),
        ("lang=fa&lang=en&lang=fa", {"lang": "fa"}), ("q=%00", {"q": "\x00"}), ("lang=en;q=1", {"lang": "en;q=1"}),
    ],
)  # fmt: skip
def test_odd_addresses_are_read_alike(query, fields):
    assert addresses.read_fields(query) == fields == of_page(query)


@pytest.mark.parametrize("asked", ["EN", "fa ", "de", "en\u202e"])
def test_a_language_that_there_is_not_is_told(asked, invented):
    found = view.read_view({"lang": asked}, invented)
    assert found.lang == "fa"
    assert [name for name, _, _ in found.unknown] == ["lang"] and "\u202e" not in found.unknown[0][1]


def test_addresses_of_pages_hold_no_path():
    assert addresses.build_page_address({"lang": "en"}, "evidence") == "./evidence?lang=en"
    assert addresses.build_page_address({}, "overview") == "./"
    assert addresses.build_page_address({}) == "?"
    assert addresses.build_page_address({"q": "a b"}) == "?q=a+b"
