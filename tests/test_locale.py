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


@pytest.mark.parametrize("key", locale.load_messages("en"))
def test_both_languages_fill_the_same_places(key):
    every = [form for lang in locale.LANGUAGES for form in locale.load_messages(lang)[key]]
    places = [set(re.findall(r"\{(\w+)\}", form)) for form in every]
    assert all(one == places[0] for one in places) or key.startswith(("fault.", "value."))
    assert all(every)


def test_every_text_is_used():
    named = set(re.findall(r"""["']([a-z_]+(?:\.[a-z_]+)+)["']""", CODE))
    unused = [key for key in locale.load_messages("en") if key not in named and not key.startswith(MADE)]
    assert unused == []


def test_every_text_that_the_code_asks_for_is_there():
    asked = set(re.findall(r'(?:\bt|text)\(\s*(?:[\w.]+,\s*)?"([a-z_]+(?:\.[a-z_]+)+)"', CODE))
    assert asked and asked - locale.load_messages("en").keys() == set()


@pytest.mark.parametrize("key", [key for key in locale.load_messages("fa") if key != "language.en"])
def test_persian_is_written_as_the_house_writes(key):
    words = re.sub(r"\{\w+\}", "", "\n".join(locale.load_messages("fa")[key]))
    assert not re.search("[يكۀ]", words), "Arabic letters, or one-letter he with hamza"
    assert not re.search(r"(?<![A-Za-z-])[0-9]", words.replace("UTF-8", "")), "Latin digits"
    assert not re.search("[\u0600-\u06ff][,;?]", words), "Latin punctuation"
    assert not re.search(r"\b(می|نمی) [\u0600-\u06ff]", words), "a verb's prefix stands off by ZWNJ"
    assert not re.search(r" (ها|های|هایی)\b", words), "the plural stands off by ZWNJ"
    assert "\u200c " not in words and " \u200c" not in words


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
