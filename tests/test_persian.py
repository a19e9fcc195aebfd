"""Persian text: one normal form in, one reading form out."""

from decimal import Decimal

import pytest

from khoosheh import persian


def test_normal_form_unites_letters_digits_and_invisible_marks():
    assert persian.normalise("\ufeffكتابي\u200c\u200cها  ١٢۳\u200f") == "کتابی\u200cها 123"
    assert persian.normalise("زنجیرهٔ") == persian.normalise("زنجیرۀ")
    assert persian.normalise("می \u200c رود") == "می رود"


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
    ],
)
def test_numbers_as_a_reader_reads_them(value, fa, en):
    assert persian.format_number(value, "fa") == fa
    assert persian.format_number(value, "en") == en


def test_numbers_rounded_and_signed():
    assert persian.format_number(2.345, "en", 1) == "2.3"
    assert persian.format_number(5, "en", signed=True) == "+5"


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
    ],
)
def test_numbers_are_read(text, value):
    assert persian.parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "code"), [("", "empty"), ("abc", "not_a_number"), ("1.2.3", "not_a_number"), ("nan", "not_a_number")]
)
def test_what_is_no_number_is_refused(text, code):
    with pytest.raises(persian.NumberError) as fault:
        persian.parse_number(text)
    assert fault.value.code == code


def test_only_right_to_left_words_are_embedded_and_once():
    assert persian.embed_rtl("فولاد (Artavil)!") == "\u202bفولاد (Artavil)!\u202c"
    assert persian.embed_rtl(persian.embed_rtl("فولاد")) == persian.embed_rtl("فولاد")
    assert persian.embed_rtl("Artavil 12") == "Artavil 12"
