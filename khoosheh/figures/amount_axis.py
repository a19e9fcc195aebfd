"""The axis of amounts: linear, or logarithmic where amounts differ a hundredfold.

Places on a logarithmic axis are decimal logarithms on a plain axis, since Plotly counts marks, shapes and texts of
its own logarithmic axes in different ways.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Literal, TypeAlias

from khoosheh.persian import format_number

Scale: TypeAlias = Literal["linear", "log"]
LINEAR: Scale = "linear"
LOG: Scale = "log"
SCALES: tuple[Scale, ...] = (LINEAR, LOG)
# the quotient of the largest and the smallest amount from which on an axis may be logarithmic
LEAST_SPAN = 100
# ends of a linear axis beyond the last amount, as a multiple of it: of a high end, and of the low end of 'at least'
ROOM, OPEN_ROOM = 1.04, 1.12
# decades that a logarithmic axis has before its first and after its last amount
LOG_ROOM = 0.08
MOST_TICKS = 5
STEPS = (1, 2, 5, 10)

# an amount: its low and its high end; without a high end 'at least'
Ends: TypeAlias = tuple[float, float | None]


def can_be_logarithmic(amounts: Sequence[Ends]) -> bool:
    """Tell whether all amounts are greater than zero and the largest is ``LEAST_SPAN`` times the smallest."""
    ends = [end for amount in amounts for end in amount if end is not None]
    return bool(ends) and min(ends) > 0 and max(ends) >= LEAST_SPAN * min(ends)


@dataclass(frozen=True)
class AmountAxis:
    """An axis from the place ``first`` to the place ``last``, with the places and texts of its ticks."""

    first: float
    last: float
    tickvals: tuple[float, ...]
    ticktext: tuple[str, ...]
    is_log: bool = False

    def find_place(self, amount: float) -> float:
        """Return the place of an amount on the axis."""
        return log10(amount) if self.is_log else amount

    def compute_share(self, place: float) -> float:
        """Return how far a place is along the axis, 0 at its start and 1 at its end."""
        return (place - self.first) / (self.last - self.first)


def build_amount_axis(amounts: Sequence[Ends], scale: Scale, lang: str) -> AmountAxis:
    """Return the axis of some amounts of one unit; linear where they are too alike for a logarithmic one."""
    if scale == LOG and can_be_logarithmic(amounts):
        return _build_log_axis([end for amount in amounts for end in amount if end is not None], lang)
    ends = [low * OPEN_ROOM if high is None else high * ROOM for low, high in amounts]
    first = min([0.0, *(low for low, _ in amounts)])
    last = max([*ends, first]) if amounts else 1.0
    return _build_linear_axis(first, last if last > first else first + 1.0, lang)


def _build_linear_axis(first: float, last: float, lang: str) -> AmountAxis:
    size = 10.0 ** floor(log10((last - first) / MOST_TICKS))
    step = next(size * step for step in STEPS if (last - first) / (size * step) <= MOST_TICKS)
    ticks = tuple(step * number for number in range(ceil(first / step), floor(last / step) + 1))
    return AmountAxis(first, last, ticks, tuple(_format_tick(tick, lang) for tick in ticks))


def _build_log_axis(ends: Sequence[float], lang: str) -> AmountAxis:
    first, last = log10(min(ends)) - LOG_ROOM, log10(max(ends)) + LOG_ROOM
    ticks = [10.0**power for power in range(ceil(first), floor(last) + 1)]
    return AmountAxis(first, last, tuple(map(log10, ticks)), tuple(_format_tick(tick, lang) for tick in ticks), True)


def _format_tick(value: float, lang: str) -> str:
    # without the noise of binary fractions
    rounded = float(f"{value:.12g}")
    return format_number(int(rounded) if rounded == int(rounded) else rounded, lang)
