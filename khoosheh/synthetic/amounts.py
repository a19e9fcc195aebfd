"""Drawing the figures of statements: log-normal around those of their project, in mixed units, with few digits."""

from dataclasses import dataclass

import numpy as np

from khoosheh import money
from khoosheh.synthetic.measure_kinds import FIGURE, KINDS, MONEY, PROGRESS, RANK, WORDS
from khoosheh.synthetic.projects import NONE, Projects
from khoosheh.synthetic.sampling import draw_row_indices
from khoosheh.synthetic.tables import compute_market_rates

UNITS = tuple(dict.fromkeys(unit for kind in KINDS.values() for unit in kind.units))
# units of millions of tonnes; figures are drawn in thousands
THOUSANDS = ("mt", "mt_per_year")
# factor by which prices rise in a year
DEARER = 1.12
SAME, NOISE, SPREAD = 0.4, 0.2, 0.9
OPEN, RANGES, RANGE = 0.036, 0.05, 1.25
WRONG = 1000
PLANNED_AHEAD = 8
CONTRADICTED = 0.05
FALLS = 0.25
LEAST = 0.01

_ALL = list(KINDS.values())


@dataclass(frozen=True)
class Figures:
    """Figures of statements: ``low``, ``high`` (NaN if not stated), ``unit`` (index in ``UNITS``, or ``NONE``)."""

    low: np.ndarray
    high: np.ndarray
    unit: np.ndarray


def draw_figures(
    rng: np.random.Generator,
    measure: np.ndarray,
    subjects: Projects,
    subject: np.ndarray,
    month: np.ndarray,
    wrong: np.ndarray,
) -> Figures:
    """Draw the figures of statements; arrays have one element per statement.

    ``measure``: index in ``KINDS``; ``subject``: index in ``subjects``; ``month``: from the first of ``YEARS``;
    ``wrong``: whether the figure is implausible, a thousand times too large.
    """
    total = len(measure)
    unit = draw_row_indices(rng, [[kind.units.get(unit, 0.0) for unit in UNITS] for kind in _ALL], measure)
    form = np.array([kind.form for kind in _ALL])[measure]
    middle = np.array([kind.middle for kind in _ALL], float)[measure]
    noise = np.exp(NOISE * rng.standard_normal(total) * (rng.random(total) > SAME))
    share = _compute_work_shares(rng, measure, subjects, subject, month)
    amount = _compute_amounts(measure, subjects, subject, month, share) * middle / _compute_rial_factors(unit, month)
    thousands = np.isin(unit, [UNITS.index(name) for name in THOUSANDS])
    figure = middle * np.exp(SPREAD * subjects.size[subject]) / np.where(thousands, 1000, 1)
    value = np.where(form == MONEY, amount, figure) * noise * np.where(wrong, WRONG, 1)
    value = _round_to_digits(value, 2 + (rng.random(total) < 0.5))
    whole = np.array([kind.form == FIGURE and not kind.is_fraction for kind in _ALL])[measure] & ~thousands
    value = np.where(whole, np.maximum(1, np.rint(value)), value)
    value = np.where(form == PROGRESS, np.rint(100 * share), value)
    value = np.where(form == RANK, 1 + np.floor(rng.random(total) * middle), value)
    falls = (measure == list(KINDS).index("rank_change")) & (rng.random(total) < FALLS)
    low = np.where(form == WORDS, np.nan, np.where(falls, -value, value))
    return Figures(low, _draw_upper_ends(rng, low, form), np.where(form == WORDS, NONE, unit))


def _compute_work_shares(
    rng: np.random.Generator, measure: np.ndarray, subjects: Projects, subject: np.ndarray, month: np.ndarray
) -> np.ndarray:
    """Return the share of the work done (0..1), slow at both ends; plans are ahead, and some statements go back."""
    ahead = np.where(measure == list(KINDS).index("progress_planned"), PLANNED_AHEAD, 0)
    begun, done = subjects.begun[subject], subjects.done[subject]
    time = ((month + ahead - begun) / (done - begun)).clip(0, 1)
    less = np.where(rng.random(len(month)) < CONTRADICTED, 0.3 * rng.random(len(month)), 0)
    return (time * time * (3 - 2 * time) - less).clip(0.01, 1)


def _compute_amounts(
    measure: np.ndarray, subjects: Projects, subject: np.ndarray, month: np.ndarray, share: np.ndarray
) -> np.ndarray:
    """Return amounts in rial at the prices of the month: the budget, or for spending the share of the work done."""
    spent = np.where(measure == list(KINDS).index("cost_to_date"), share, 1)
    return subjects.budget_irr[subject] * DEARER ** ((month - subjects.announced[subject]) / 12) * spent


def _compute_rial_factors(unit: np.ndarray, month: np.ndarray) -> np.ndarray:
    """Return the rial value of each unit in its month; 1 for units that are not of money."""
    factors = np.ones(len(unit))
    for index, name in enumerate(UNITS):
        currency, factor = money.UNITS.get(name, ("", 1))
        selected = unit == index
        factors[selected] = factor * (
            compute_market_rates()[currency][month[selected] // 12] if currency in compute_market_rates() else 1
        )
    return factors


def _round_to_digits(value: np.ndarray, digits: np.ndarray | int) -> np.ndarray:
    """Round to a number of significant digits."""
    value = np.maximum(value, LEAST)
    step = 10.0 ** (np.floor(np.log10(value)) - digits + 1)
    return np.maximum(LEAST, np.rint(value / step) * step)


def _draw_upper_ends(rng: np.random.Generator, low: np.ndarray, form: np.ndarray) -> np.ndarray:
    """Return the upper ends: most equal the lower ones, some are higher, some are NaN ('at least')."""
    drawn = rng.random(len(low))
    wider = np.where(form == PROGRESS, np.minimum(100, low + 5), _round_to_digits(np.abs(low) * RANGE, 3))
    wider = np.where(low == np.rint(low), np.rint(wider), wider)
    high = np.where((drawn >= OPEN) & (drawn < OPEN + RANGES), np.maximum(low, wider), low)
    return np.where(form == RANK, low, np.where(drawn < OPEN, np.nan, high))
