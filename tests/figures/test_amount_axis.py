"""The axis of amounts: logarithmic only where amounts differ a hundredfold, ticks in the digits of the language."""

import pytest

from khoosheh.figures.amount_axis import LINEAR, LOG, build_amount_axis, can_be_logarithmic


@pytest.mark.parametrize(
    ("amounts", "can"),
    [
        ([(2.0, 2.0), (400.0, 400.0)], True),
        ([(4.0, 4.0), (400.0, 400.0)], True),
        ([(4.1, 4.1), (400.0, 400.0)], False),
        ([(1.0, 300.0)], True),
        ([(1.0, None), (300.0, None)], True),
        ([(0.0, 300.0)], False),
        ([(-1.0, 300.0)], False),
        ([], False),
    ],
)
def test_only_amounts_a_hundredfold_apart_can_be_logarithmic(amounts, can):
    assert can_be_logarithmic(amounts) is can
    assert build_amount_axis(amounts, LOG, "en").is_log is can
    assert not build_amount_axis(amounts, LINEAR, "en").is_log


def test_a_logarithmic_axis_has_a_tick_for_each_power_of_ten():
    axis = build_amount_axis([(2.0, 2.0), (43.081, None), (400.0, 400.0)], LOG, "fa")
    assert axis.tickvals == (1.0, 2.0) and axis.ticktext == ("۱۰", "۱۰۰")
    assert axis.find_place(100) == 2.0
    assert 0 < axis.compute_share(axis.find_place(2)) < axis.compute_share(axis.find_place(400)) < 1


def test_a_linear_axis_starts_at_nought_and_has_few_round_ticks():
    axis = build_amount_axis([(2.0, 2.0), (400.0, 400.0)], LINEAR, "en")
    assert axis.ticktext == ("0", "100", "200", "300", "400")
    assert axis.first == 0 and axis.last > 400
    assert build_amount_axis([(0.3, 0.3)], LINEAR, "en").ticktext == ("0", "0.1", "0.2", "0.3")
    assert build_amount_axis([(12000.0, None)], LINEAR, "en").ticktext[-1] == "10,000"


@pytest.mark.parametrize("amounts", [[], [(0.0, 0.0)], [(-5.0, -5.0)]])
def test_an_axis_is_never_without_length(amounts):
    axis = build_amount_axis(amounts, LINEAR, "en")
    assert axis.first < axis.last
    assert all(axis.first <= low <= axis.last for low, _ in amounts)
