"""The view: what the address asks for, as far as the register has it."""

import pytest

from khoosheh import calendar
from khoosheh.ui.state import view


# the invented register was compiled on 1402-12-29, the last day of its year
@pytest.mark.parametrize("day", ["1402-12-29", "1402-12", "1402", "1402-12-28"])
def test_a_day_up_to_the_last_one_of_the_register_is_taken(invented, day):
    found = view.read_view({"asof": day, "since": day}, invented)
    assert (found.asof, found.since, found.unknown) == (day, day, ())


@pytest.mark.parametrize("day", ["1403-01-01", "1403-01", "1403"])
def test_a_day_after_the_last_one_of_the_register_is_refused_and_named(invented, day):
    found = view.read_view({"asof": day}, invented)
    assert (found.asof, found.unknown) == ("", (("asof", day, view.AFTER),))


def test_a_month_that_has_begun_is_taken_though_it_ends_after_the_register(shipped):
    last = calendar.parse_jalali_date(shipped.compiled_on).last_day
    for words in (
        f"{calendar.to_jalali(last).year}",
        str(calendar.to_jalali(last))[:7],
        str(calendar.to_jalali(last)),
    ):
        assert view.read_view({"asof": words}, shipped).asof == words
