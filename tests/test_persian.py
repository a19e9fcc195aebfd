"""Persian text: one normal form in, one reading form out."""

from decimal import Decimal

import numpy as np
import pytest

from khoosheh import digits, persian


def test_normal_form_unites_letters_digits_and_invisible_marks():
    assert persian.normalise_text("\ufeffكتابي\u200c\u200cها  ١٢۳\u200f") == "کتابی\u200cها 123"
    assert persian.normalise_text("زنجیرهٔ") == persian.normalise_text("زنجیرۀ")
    assert persian.normalise_text("می \u200c رود") == "می رود"


@pytest.mark.parametrize("spelling", ["دانش‌بنیان", "دانش بنیان", "دانشبنیان", "دانش\u200c\u200cبنيان"])
def test_spellings_share_a_key(spelling):
    assert persian.search_key(spelling) == "دانشبنیان"


def test_key_folds_marks_and_case():
    assert persian.search_key("زنجیرهٔ ارزش") == persian.search_key("زنجیره ارزش") == persian.search_key("زنجیرۀ‌ارزش")
    assert persian.search_key("MIDREX") == "midrex"
    assert persian.search_key("مسئول") == persian.search_key("مسیول")


@pytest.mark.parametrize(
    ("value", "fa", "en"),
    [
        (60000, "۶۰٬۰۰۰", "60,000"),
        (43.081, "۴۳٫۰۸۱", "43.081"),
        (6e13, "۶۰٬۰۰۰٬۰۰۰٬۰۰۰٬۰۰۰", "60,000,000,000,000"),
        (-2, "\u200e−۲", "−2"),
        (1.50, "۱٫۵", "1.5"),
        (0, "۰", "0"),
        (Decimal("0.230"), "۰٫۲۳", "0.23"),
        (123456789012345, "۱۲۳٬۴۵۶٬۷۸۹٬۰۱۲٬۳۴۵", "123,456,789,012,345"),
        (np.float64(-5.25), "\u200e−۵٫۲۵", "−5.25"),
        (np.int64(1000), "۱٬۰۰۰", "1,000"),
        (-0.0, "۰", "0"),
    ],
)
def test_numbers_as_a_reader_reads_them(value, fa, en):
    assert persian.format_number(value, "fa") == fa
    assert persian.format_number(value, "en") == en


def test_numbers_rounded_and_signed():
    assert persian.format_number(2.345, "en", 1) == "2.3"
    assert persian.format_number(5, "en", signed=True) == "+5"
    assert persian.format_number(5, "fa", signed=True) == "\u200e+۵"
    assert persian.format_number(-0.004, "fa", 2, signed=True) == "۰"
    assert persian.format_number(Decimal("123456789012345678901234567890.12"), "en", 1).endswith("567,890.1")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None, True])
def test_what_is_no_finite_number_is_not_written(value):
    with pytest.raises(persian.NumberError):
        persian.format_number(value, "fa")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("۶۰٬۰۰۰", "60000"),
        ("60,000", "60000"),
        ("۳/۵", "3.5"),
        ("۳٫۵", "3.5"),
        ("٣٤", "34"),
        ("1،234", "1234"),
        ("-2", "-2"),
        ("\u200e−۲", "-2"),
        ("۱٬۲۳۴/۵", "1234.5"),
        ("1,234,567", "1234567"),
    ],
)
def test_numbers_are_read(text, value):
    assert persian.parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty"), ("abc", "not_a_number"), ("1.2.3", "not_a_number"), ("nan", "not_a_number")]
    + [(text, "not_a_number") for text in ("1,5", "0,123", "1234,567", "1,234,56", "1,2345", "²", "१")],
)
def test_what_is_no_number_is_refused(text, code):
    with pytest.raises(persian.NumberError) as fault:
        persian.parse_number(text)
    assert fault.value.code == code


def test_only_right_to_left_words_are_embedded_and_once():
    assert persian.embed_rtl("فولاد (Artavil)!") == "\u202bفولاد (Artavil)!\u202c"
    assert persian.embed_rtl(persian.embed_rtl("فولاد")) == persian.embed_rtl("فولاد")
    for text in ("Artavil 12", "۱۲۳", "۶۰٬۰۰۰", "\u200e−۲", ""):
        assert persian.embed_rtl(text) == text
    assert persian.embed_rtl("۱۲–۱۴") == "\u202b۱۲–۱۴\u202c", "a range reads from right to left"


def test_text_of_unknown_direction_is_isolated():
    assert persian.isolate_direction("Artavil") == "\u2068Artavil\u2069"


def test_numbers_without_letters_are_ordered_from_right_to_left():
    assert persian.force_right_to_left("۴۲۲۰، ۴۲۹۰") == "\u2067۴۲۲۰، ۴۲۹۰\u2069"


def test_digits_of_three_scripts_meet():
    assert digits.to_persian_digits("1٢۳") == "۱۲۳"
    assert digits.to_latin_digits("1٢۳") == "123"


@pytest.mark.parametrize(
    "text", ["ـ\u200c \u200b\u200c", "ه\u200bٔ", "ه\u200c\u0654", "ي\u0654", "a\u2067 \u200c\u200c b"]
)
def test_normal_form_is_its_own_normal_form(text):
    assert persian.normalise_text(persian.normalise_text(text)) == persian.normalise_text(text)
