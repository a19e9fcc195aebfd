"""Catalogues: both languages whole, used, and written as the house writes."""

import re
from pathlib import Path

import pytest

from khoosheh import locale
from khoosheh.cli import check as _check  # noqa: F401 - the command line uses texts too

ROOT = Path(__file__).parents[1]
CODE = "\n".join(
    file.read_text(encoding="utf-8") for folder in ("khoosheh", "pages") for file in (ROOT / folder).rglob("*.py")
)
# keys made of a part and a code: f"nav.{name}"
MADE = tuple(set(re.findall(r'f["\']([a-z_.]+\.)\{', CODE)))
PERSIAN = re.compile("[\u0600-\u06ff]")


def test_both_languages_have_the_same_keys():
    assert locale.load_messages("fa").keys() == locale.load_messages("en").keys()


def test_both_languages_fill_the_same_places():
    messages = [locale.load_messages(lang) for lang in locale.LANGUAGES]
    places = {key: [set(re.findall(r"\{(\w+)\}", one[key])) for one in messages] for key in messages[0]}
    differing = {key: sets for key, sets in places.items() if sets[0] != sets[1]}
    assert {key: sets for key, sets in differing.items() if not key.startswith(("fault.", "value."))} == {}


def test_no_text_is_empty():
    assert [
        (lang, key) for lang in locale.LANGUAGES for key, words in locale.load_messages(lang).items() if not words
    ] == []


def test_every_text_is_used():
    named = set(re.findall(r"""["']([a-z_]+(?:\.[a-z_]+)+)["']""", CODE))
    unused = [key for key in locale.load_messages("en") if key not in named and not key.startswith(MADE)]
    assert unused == []


def test_every_text_that_the_code_asks_for_is_there():
    asked = set(re.findall(r'(?:\bt|text)\(\s*(?:[\w.]+,\s*)?"([a-z_]+(?:\.[a-z_]+)+)"', CODE))
    assert asked and asked - locale.load_messages("en").keys() == set()


# what no Persian text has in it: letters, digits and signs of other languages, and words that ZWNJ should join
UNWANTED = {
    "Arabic letters, or one-letter he with hamza": "[يكۀ]",
    "Latin digits": r"(?<![A-Za-z-])[0-9]",
    "Latin punctuation": "[\u0600-\u06ff][,;?]",
    "a verb's prefix stands off by ZWNJ": r"\b(می|نمی) [\u0600-\u06ff]",
    "the plural stands off by ZWNJ": r" (ها|های|هایی)\b",
    "a space beside ZWNJ": "\u200c | \u200c",
}


@pytest.mark.parametrize("fault", UNWANTED)
def test_persian_is_written_as_the_house_writes(fault):
    words = {key: re.sub(r"\{\w+\}", "", one) for key, one in locale.load_messages("fa").items()}
    # the name of the other language stands in its own letters
    del words["language.en"]
    assert words
    assert {key: one for key, one in words.items() if re.search(UNWANTED[fault], one)} == {}


def test_no_persian_stands_in_code():
    allowed = ("calendar/", "persian.py", "money.py")
    for file in [*(ROOT / "khoosheh").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "app.py"]:
        if not any(part in str(file) for part in allowed):
            code = re.sub(r'"""[\s\S]*?"""', "", file.read_text(encoding="utf-8"))
            assert not PERSIAN.search(re.sub("[٫٬]", "", code)), file


def test_a_missing_text_fails_loudly():
    with pytest.raises(KeyError):
        locale.format_message("fa", "no.such.key")


def test_numbers_take_the_digits_of_the_language():
    assert locale.format_message("fa", "evidence.count", count=1234) == "۱٬۲۳۴ گفته"
    assert locale.format_message("en", "evidence.count", count=1234) == "statements: 1,234"
