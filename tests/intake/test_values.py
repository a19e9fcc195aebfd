"""What cells mean: the table of what is understood, what is refused, and what is left for the register to name."""

import random

import pytest

from khoosheh import calendar
from khoosheh.intake import values
from khoosheh.spreadsheets import FilledCell
from testing import workbooks

FIELDS = {
    "day": ("statements", "said_from"), "number": ("statements", "value_low"), "integer": ("statements", "paragraph"),
    "year": ("price_index", "year_gregorian"), "truth": ("statements", "is_part"), "code": ("statements", "state_low"),
    "letter": ("statements", "obs_status"), "id": ("projects", "project_id"), "name": ("projects", "name_fa"),
    "percent": ("price_index", "inflation_pct"), "printed": ("statements", "value_printed"),
}  # fmt: skip
# field, kind of cell, what stands there -> what is read
UNDERSTOOD = [
    ("day", "text", "۱۴۰۲/۶/۱", "1402-06-01"), ("day", "text", "1402/06/01", "1402-06-01"),
    ("day", "text", "١٤٠٢-٠٦-٠١", "1402-06-01"), ("day", "text", "۱ شهريور ۱۴۰۲", "1402-06-01"),
    ("day", "text", "شهریور ۱۴۰۲", "1402-06"), ("day", "text", " 1402 ", "1402"), ("day", "number", "1402", "1402"),
    ("day", "date", "2023-08-23", "1402-06-01"), ("day", "date", "2023-08-23 14:30", "1402-06-01"),
    ("day", "date", "1402-06-01", "1402-06-01"),
    ("number", "text", "۱۲۳", "123"), ("number", "text", "١٢٣", "123"), ("number", "text", "۱۲٬۳۴۵٫۶", "12345.6"),
    ("number", "text", "1,234,567", "1234567"), ("number", "text", "۱،۲۳۴", "1234"), ("number", "text", "۳/۵", "3.5"),
    ("number", "text", "12/5", "12.5"), ("number", "text", "0/5", "0.5"), ("number", "text", "3/05", "3.05"),
    ("number", "text", "−۲", "-2"), ("number", "text", " 007 ", "7"), ("number", "text", "1.50", "1.5"),
    ("number", "number", "60000000000000", "60000000000000"), ("number", "number", "0.1", "0.1"),
    ("integer", "text", "۱۲", "12"), ("integer", "text", "12.0", "12"), ("year", "text", "۲۰۲۰", "2020"),
    ("truth", "text", "بله", "true"), ("truth", "text", "خير", "false"), ("truth", "boolean", "TRUE", "true"),
    ("truth", "number", "0", "false"), ("truth", "text", "Yes", "true"), ("truth", "text", "نه", "false"),
    ("code", "text", "در حال ساخت", "building"), ("code", "text", "درحال‌ساخت", "building"),
    ("code", "text", "Building", "building"), ("code", "text", "BUILDING ", "building"), ("letter", "text", "عادي", "A"),
    ("letter", "text", "a", "A"), ("letter", "text", "Estimated", "E"),
    ("id", "text", " garden ", "garden"), ("id", "text", "طرح", "طرح"), ("id", "text", "A-۰۱", "A-01"),
    ("id", "number", "1402012110471", "1402012110471"), ("id", "text", "00012345678901234567890", "00012345678901234567890"),
    ("name", "text", "معدنِ مس", "معدنِ مس"), ("name", "text", "  باغ ", "  باغ "), ("name", "number", "7", "7"),
    ("name", "text", "<script>alert(1)</script>", "<script>alert(1)</script>"),
    ("percent", "percent", "25%", "25"), ("percent", "text", "۲۵٪", "25"), ("percent", "text", "۲۵٫۵ %", "25.5"),
    ("printed", "percent", "25%", "25%"),
]  # fmt: skip
# what can mean several things, or nothing, stays as written: the register names it
LEFT = [
    ("day", "text", "1402-12-30x"), ("day", "text", "2023-08-23"), ("day", "text", "02/06/01"), ("day", "number", "1402.1"),
    ("day", "number", "14020601"), ("day", "text", "1402/13/01"), ("day", "text", "1402-12-30"), ("day", "date", "0001-01-01"),
    ("number", "text", "1,5"), ("number", "text", "1/2"), ("number", "text", "2/5"), ("number", "text", "1402/6"),
    ("number", "text", "۱۴۰۲/۶"), ("number", "text", "1/2/3"), ("number", "text", "NaN"), ("number", "text", "inf"),
    ("number", "text", "۱۲ تن"), ("number", "text", "1_000"), ("number", "percent", "25%"), ("number", "text", "25%"),
    ("number", "boolean", "TRUE"), ("number", "text", "9" * 500), ("number", "text", "0x10"), ("number", "text", "%"),
    ("integer", "text", "۳/۵"), ("integer", "text", "1,5"), ("truth", "text", "شاید"), ("truth", "number", "2"),
    ("code", "text", "در حال"), ("letter", "text", "Ä"),
]  # fmt: skip
REFUSED = [
    ("number", "error", "#DIV/0!", "intake_error"), ("number", "uncounted", "=A1", "intake_uncounted"),
    ("number", "inexact", "12345678901234567890", "intake_inexact"), ("id", "number", "1234567890123456", "intake_inexact"),
    ("number", "text", "12345678901234567.5", "intake_inexact"), ("number", "text", "0.1234567890123456789", "intake_inexact"),
    ("id", "date", "2026-01-02", "intake_day"), ("number", "date", "2026-01-02", "intake_day"),
    ("name", "time", "04:05:00", "intake_day"), ("number", "time", "04:05:00", "intake_day"),
    ("name", "text", "a\0b", "hostile_text"), ("name", "text", "\u202egpj.exe", "hostile_text"),
    ("name", "text", "\ud800", "hostile_text"), ("day", "text", "\u20661402", "hostile_text"),
    ("number", "text", "1\x1b2", "hostile_text"),
]  # fmt: skip


def understand(name: str, kind: str, text: str, unit: str = "") -> tuple[str, str]:
    return values.parse_cell_value(FilledCell(kind, text), workbooks.DICTIONARY.field(*FIELDS[name]), unit)


@pytest.mark.parametrize(("name", "kind", "text", "read"), UNDERSTOOD)
def test_a_cell_is_understood(name, kind, text, read):
    assert understand(name, kind, text) == (read, "")


@pytest.mark.parametrize(("name", "kind", "text"), LEFT)
def test_a_cell_that_may_mean_several_things_stays_as_written(name, kind, text):
    assert understand(name, kind, text) == (text, "")


@pytest.mark.parametrize(("name", "kind", "text", "code"), REFUSED)
def test_a_cell_that_means_nothing_is_refused(name, kind, text, code):
    shown, found = understand(name, kind, text)
    assert found == code
    shown.encode("utf-8")
    assert "\0" not in shown


def test_a_percentage_is_one_only_where_the_row_counts_in_per_cent():
    assert understand("number", "percent", "25%", "pct") == ("25", "")
    assert understand("number", "percent", "25%", "bn_irr") == ("25%", "")


def test_every_number_is_read_with_all_its_digits():
    """Random numbers, written in three scripts with and without marks: what is read is the same number."""
    rng = random.Random(7)
    scripts = ["0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"]
    for _ in range(500):
        digits = str(rng.randrange(1, 10 ** rng.randrange(1, 12)))
        below = str(rng.randrange(1, 10**4)).rstrip("0").zfill(rng.randrange(1, 4)) if rng.random() < 0.5 else ""
        exact = f"{digits}.{below}" if below else digits
        mark, point = rng.choice(("", "٬", ",", "،")), rng.choice(".٫")
        written = f"{int(digits):,}".replace(",", mark) + (point + below if below else "")
        written = written.translate(str.maketrans(scripts[0], rng.choice(scripts)))
        assert understand("number", "text", written) == (exact, ""), written


def test_every_day_is_read_alike_from_a_date_and_from_words():
    rng = random.Random(8)
    for _ in range(300):
        year, month = rng.randrange(1340, 1420), rng.randrange(1, 13)
        day = calendar.JalaliDate(year, month, rng.randrange(1, calendar.month_length(year, month) + 1))
        for kind, text in (
            ("date", day.first_day.isoformat()),
            ("text", f"{day.year}/{day.month}/{day.day}"),
            ("text", calendar.format_date(day, "fa")),
        ):
            assert understand("day", kind, text) == (str(day), ""), text
