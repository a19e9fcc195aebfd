"""Catalogues: both languages whole, used, and written as the house writes."""

import re
from gettext import c2py
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po

from khoosheh import locale
from khoosheh.cli import check as _check  # noqa: F401 - the command line uses texts too

ROOT = Path(__file__).parents[1]
CODE = "\n".join(
    file.read_text(encoding="utf-8") for folder in ("khoosheh", "pages") for file in (ROOT / folder).rglob("*.py")
)
# keys made of a part and a code: f"nav.{name}", and texts of an error: "date.{code}"
MADE = tuple(set(re.findall(r'(?:f["\']|texts = \(")([a-z_.]+\.)\{', CODE)))
PERSIAN = re.compile("[\u0600-\u06ff]")


def test_both_languages_have_the_same_keys():
    assert locale.load_messages("fa").keys() == locale.load_messages("en").keys()


def test_both_languages_fill_the_same_places():
    differing = {}
    for key in locale.load_messages("en"):
        forms = [form for lang in locale.LANGUAGES for form in locale.load_messages(lang)[key]]
        places = [set(re.findall(r"\{(\w+)\}", form)) for form in forms]
        if any(names != places[0] for names in places):
            differing[key] = places
    assert {key: places for key, places in differing.items() if not key.startswith(("fault.", "value."))} == {}


def test_no_text_is_empty():
    messages = [(lang, *item) for lang in locale.LANGUAGES for item in locale.load_messages(lang).items()]
    assert [(lang, key) for lang, key, forms in messages if not all(forms)] == []


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
def test_persian_is_written_as_in_a_good_newspaper(fault):
    texts = {key: re.sub(r"\{\w+\}", "", "\n".join(forms)) for key, forms in locale.load_messages("fa").items()}
    # the name of the other language stands in its own letters
    del texts["language.en"]
    assert texts
    found = {key: text.replace("UTF-8", "") for key, text in texts.items()}
    assert {key: text for key, text in found.items() if re.search(UNWANTED[fault], text)} == {}


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
    assert locale.format_message("en", "evidence.count", count=1234) == "1,234 statements"


@pytest.mark.parametrize(
    ("count", "en", "fa"),
    [
        (0, "0 statements", "۰ گفته"),
        (1, "1 statement", "۱ گفته"),
        (2, "2 statements", "۲ گفته"),
        (21, "21 statements", "۲۱ گفته"),
    ],
)
def test_a_text_with_plural_forms_takes_that_of_its_number(count, en, fa):
    assert locale.format_message("en", "evidence.count", count=count) == en
    assert locale.format_message("fa", "evidence.count", count=count) == fa


def test_a_text_with_plural_forms_needs_its_number():
    with pytest.raises(KeyError):
        locale.format_message("en", "evidence.count")


@pytest.mark.parametrize("lang", locale.LANGUAGES)
def test_the_header_of_a_catalogue_tells_the_plural_rule_that_is_used(lang):
    """Programs for translators read the header, the app asks Babel."""
    with (Path(locale.__file__).parent / f"{lang}.po").open("rb") as file:
        header = read_po(file)
    form = c2py(header.plural_expr)
    rule = Locale.parse(lang).plural_form
    assert header.num_plurals == len(locale.PLURAL_FORMS)
    assert all(locale.PLURAL_FORMS[form(count)] == rule(count) for count in range(200))


@pytest.mark.parametrize("lang", locale.LANGUAGES)
def test_a_text_has_one_form_or_as_many_as_its_language(lang):
    forms = {key: len(forms) for key, forms in locale.load_messages(lang).items()}
    assert set(forms.values()) == {1, len(locale.PLURAL_FORMS)}
    assert forms["evidence.count"] == len(locale.PLURAL_FORMS)


def test_no_english_text_counts_things_by_a_colon():
    """'2 statements' and not 'statements: 2', which avoids a plural; a list of names and values may."""
    told = [
        form for forms in locale.load_messages("en").values() for form in forms if re.search(r"s: \{count\}", form)
    ]
    assert told == list(locale.load_messages("en")["firms.partners"])
