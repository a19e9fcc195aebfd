"""Arithmetic of intervals (low, high), rounding nothing: the low end of a result never exceeds its high end.

A missing ``high`` means 'at least'. An end of a result that has no bound is missing.
"""

from typing import TypeAlias, overload

Interval: TypeAlias = tuple[float, float | None]
ClosedInterval: TypeAlias = tuple[float, float]
# the ends of a result, of which both may be without a bound
Ends: TypeAlias = tuple[float | None, float | None]


def add_intervals(augend: Interval, addend: Interval) -> Interval:
    """Return the sum of two intervals."""
    high = None if augend[1] is None or addend[1] is None else augend[1] + addend[1]
    return augend[0] + addend[0], high


@overload
def subtract_intervals(minuend: ClosedInterval, subtrahend: ClosedInterval) -> ClosedInterval: ...
@overload
def subtract_intervals(minuend: Interval, subtrahend: Interval) -> Ends: ...
def subtract_intervals(minuend: Interval, subtrahend: Interval) -> Ends:
    """Return the difference of two intervals."""
    low = None if subtrahend[1] is None else minuend[0] - subtrahend[1]
    return low, None if minuend[1] is None else minuend[1] - subtrahend[0]


@overload
def multiply_interval(interval: ClosedInterval, factor: ClosedInterval) -> ClosedInterval: ...
@overload
def multiply_interval(interval: Interval, factor: ClosedInterval) -> Interval: ...
def multiply_interval(interval: Interval, factor: ClosedInterval) -> Interval:
    """Return the product of an interval and a factor; where ``interval`` is open, ``factor`` must not be negative."""
    low, high = interval
    if high is None:
        return min(low * end for end in factor), None
    products = [end * other for end in (low, high) for other in factor]
    return min(products), max(products)


def divide_interval(dividend: Interval, divisor: ClosedInterval) -> Ends:
    """Return the quotient of an interval and a divisor that is not negative.

    Where the divisor may be zero, an end that would be infinite is missing; where it is zero, both ends are.
    """
    divisor_low, divisor_high = divisor
    if divisor_high <= 0:
        return None, None
    low, high = dividend
    quotient_high = None if high is None else _divide_end(high, divisor_low if high >= 0 else divisor_high)
    return _divide_end(low, divisor_high if low >= 0 else divisor_low), quotient_high


def _divide_end(value: float, divisor: float) -> float | None:
    """Return the quotient of two numbers: 0 where ``value`` is 0, ``None`` where it would be infinite."""
    if value == 0:
        return 0.0
    return value / divisor if divisor > 0 else None
