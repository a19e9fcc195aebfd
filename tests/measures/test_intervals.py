"""Arithmetic of intervals, beside points all over them."""

import random
from itertools import pairwise

import pytest

from khoosheh.measures import intervals

OPERATIONS = {
    "add": (intervals.add_intervals, lambda one, other: one + other),
    "subtract": (intervals.subtract_intervals, lambda one, other: one - other),
    "multiply": (intervals.multiply_interval, lambda one, other: one * other),
    "divide": (intervals.divide_interval, lambda one, other: one / other),
}


def points(low: float, high: float) -> list[float]:
    return [low + (high - low) * share / 10 for share in range(11)]


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_ends_are_those_of_all_points(name):
    of_intervals, of_points = OPERATIONS[name]
    draw = random.Random(name)
    for _ in range(500):
        least = 0.1 if name == "divide" else -5
        one, other = sorted(draw.uniform(-5, 5) for _ in range(2)), sorted(draw.uniform(least, 5) for _ in range(2))
        results = [of_points(a, b) for a in points(*one) for b in points(*other)]
        low, high = of_intervals(tuple(one), tuple(other))
        assert (low, high) == pytest.approx((min(results), max(results)))


def test_an_open_end_stays_open():
    assert intervals.add_intervals((1, None), (2, 3)) == (3, None)
    assert intervals.subtract_intervals((1, None), (2, 3)) == (-2, None)
    assert intervals.subtract_intervals((1, 2), (3, None)) == (None, -1)
    assert intervals.multiply_interval((2, None), (3, 4)) == (6, None)
    assert intervals.divide_interval((2, None), (2, 4)) == (0.5, None)


@pytest.mark.parametrize(
    ("span", "divisor", "expected"),
    [
        ((2, 4), (0, 2), (1, None)),
        ((2, 4), (0, 0), (None, None)),
        ((0, 0), (0, 2), (0, 0)),
        ((0, 0), (0, 0), (None, None)),
        ((-4, -2), (0, 2), (None, -1)),
    ],
)
def test_a_divisor_that_may_be_zero_leaves_ends_out(span, divisor, expected):
    assert intervals.divide_interval(span, divisor) == expected


def test_a_wider_divisor_never_narrows_a_quotient():
    ends = [intervals.divide_interval((1, 2), (1, most)) for most in (1, 2, 4)]
    assert all(wide[0] < narrow[0] and wide[1] == narrow[1] for narrow, wide in pairwise(ends))
