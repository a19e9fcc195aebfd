"""Arithmetic of intervals (low, high): one rule for both ends, so that no low end comes out above its high end.

A missing ``high`` means 'at least'. Where an end has no bound, it is missing.
"""

Interval = tuple[float, float | None]
Factor = tuple[float, float]
# ends of a result: where even the low end has no bound, both may be missing
Ends = tuple[float | None, float | None]


def add_intervals(one: Interval, other: Interval) -> Interval:
    """Return the sum of two intervals."""
    return one[0] + other[0], None if one[1] is None or other[1] is None else one[1] + other[1]


def subtract_intervals(one: Interval, other: Interval) -> Ends:
    """Return what is left of ``one`` without ``other``."""
    low = None if other[1] is None else one[0] - other[1]
    return low, None if one[1] is None else one[1] - other[0]


def multiply_interval(span: Interval, factor: Factor) -> Interval:
    """Return an interval times a factor that has both ends; an open interval takes a factor that is not negative."""
    low, high = span
    products = [end * other for end in span if end is not None for other in factor]
    return (min(low * other for other in factor), None) if high is None else (min(products), max(products))


def divide_interval(span: Interval, divisor: Factor) -> Ends:
    """Return an interval over a divisor that is not negative.

    Where the divisor may be zero, an end that it would make endless is missing; where it is zero, both are.
    """
    least, most = divisor
    if most <= 0:
        return None, None
    low, high = span
    end = None if high is None else _compute_quotient(high, least if high >= 0 else most)
    return _compute_quotient(low, most if low >= 0 else least), end


def _compute_quotient(value: float, divisor: float) -> float | None:
    """Return a quotient; of zero it is zero, whatever the divisor, and nothing where it has no bound."""
    if value == 0:
        return 0.0
    return value / divisor if divisor > 0 else None
