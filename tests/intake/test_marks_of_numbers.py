"""A number is inexact only where a spreadsheet does not keep all of its digits."""

import random

import pytest

from khoosheh.spreadsheets.cell_metadata import is_inexact_number


@pytest.mark.parametrize(
    "written", ["1234567890123456789", "12345678901234567", "9007199254740993", "0.123456789012345678"]
)
def test_digits_that_are_lost(written):
    assert is_inexact_number(written)


@pytest.mark.parametrize(
    "written", ["0.33333333333333331", "9.8224108129786707", "9.82241081297867", "1E+18", "words", "1403"]
)
def test_digits_that_are_kept(written):
    assert not is_inexact_number(written)


@pytest.mark.parametrize("digits", [15, 16, 17])
def test_what_office_programs_write_of_any_number_is_exact(digits):
    dice = random.Random(digits)
    for _ in range(500):
        assert not is_inexact_number(f"{dice.uniform(-1, 1) * 10 ** dice.randint(-8, 15):.{digits}g}")
