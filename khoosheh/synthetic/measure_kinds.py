"""The measures of statements: their frequencies, subjects, units and magnitudes.

Weights are the counts in the shipped register when it had 126 statements, 1 for a measure that it lacked.
"""

from collections.abc import Mapping
from dataclasses import dataclass

PROJECT, STAGE, CHAIN, PLACE = range(4)
MONEY, PROGRESS, RANK, FIGURE, WORDS = "money", "progress", "rank", "figure", "words"

Weights = Mapping[str, float]
_MONEY = {
    "bn_irr": 8, "m_eur": 4, "bn_toman": 3, "thousand_bn_irr": 1, "hemat": 1, "m_usd": 1, "bn_usd": 0.3,
    "m_toman": 0.3, "irr": 0.2, "toman": 0.2, "eur": 0.2, "usd": 0.2,
}  # fmt: skip
_RATE = {"mt_per_year": 3, "kt_per_year": 7}
_MASS = {"mt": 1, "kt": 3}


@dataclass(frozen=True)
class Kind:
    """How statements of one measure are drawn.

    ``weight``: relative frequency; ``units``: their weights; ``about``: weights of PROJECT, STAGE, CHAIN and PLACE.
    ``middle``: of money the share of the budget, of ranks the greatest, of figures the median (of masses in thousands
    of tonnes). ``indicators``: the possible ones, which a share ``indicated`` of the statements names. ``needs``,
    ``forecast`` and ``due``: shares of statements that name a need, are forecasts, or have a due date before the end
    of the work. ``is_fraction``: figures are not rounded to whole numbers.
    """

    weight: float
    form: str
    units: Weights
    middle: float = 0
    about: tuple[float, float, float, float] = (1, 0, 0, 0)
    indicators: tuple[str, ...] = ()
    indicated: float = 0
    needs: float = 0
    forecast: float = 0
    due: float = 0
    is_fraction: bool = False


_NOWHERE = (0, 0, 0, 1)
_RANKED = ("growth-rank", "level-rank", "new-firms")
KINDS: dict[str, Kind] = {
    "cost_planned": Kind(2, MONEY, _MONEY, 1, forecast=0.5, due=0.9),
    "cost_allocated": Kind(1, MONEY, _MONEY, 0.3),
    "cost_in_year": Kind(1, MONEY, _MONEY, 0.15),
    "cost_to_date": Kind(4, MONEY, _MONEY, 0.5),
    "cost_still_needed": Kind(1, MONEY, _MONEY, 0.4, forecast=0.9),
    "cost_present_value": Kind(1, MONEY, _MONEY, 1.5),
    "cost_kind_not_stated": Kind(4, MONEY, _MONEY, 1),
    "financing": Kind(1, MONEY, _MONEY, 0.4),
    "financing_sought": Kind(1, MONEY, _MONEY, 0.6, forecast=0.5),
    "income_per_year": Kind(1, MONEY, _MONEY, 0.2, forecast=0.9),
    "sales": Kind(1, MONEY, _MONEY, 0.5, _NOWHERE, needs=1),
    "production_increase": Kind(5, FIGURE, _MASS, 100, forecast=1),
    "jobs": Kind(7, FIGURE, {"jobs": 1}, 300, forecast=0.4, due=0.3),
    "expected_benefit": Kind(3, WORDS, {}, about=(2, 0, 0, 1), forecast=1),
    "capacity": Kind(7, FIGURE, _RATE, 300),
    "capacity_planned": Kind(3, FIGURE, _RATE, 400, forecast=0.7, due=0.4),
    "reserve": Kind(3, FIGURE, _MASS, 20_000),
    "grade": Kind(1, FIGURE, {"pct_cu": 1}, 0.4, is_fraction=True),
    "area": Kind(9, FIGURE, {"ha": 1}, 4000, (8, 0, 1, 0), due=0.25),
    "length": Kind(1, FIGURE, {"km": 1}, 40),
    "count": Kind(5, FIGURE, {"pump_stations": 2, "siphons": 1, "suppliers": 1, "zones": 1}, 6, (2, 3, 0, 0)),
    "state": Kind(18, WORDS, {}, about=(15, 3, 0, 0), due=0.7),
    "physical_progress": Kind(3, PROGRESS, {"pct": 1}),
    "progress_planned": Kind(1, PROGRESS, {"pct": 1}),
    "delivery_confidence": Kind(1, RANK, {"confidence_of_five": 1}, 5),
    "rank": Kind(6, RANK, {"place": 1}, 31, _NOWHERE, _RANKED, 1),
    "rank_change": Kind(1, RANK, {"places": 1}, 9, _NOWHERE, _RANKED, 1),
    "tier": Kind(1, RANK, {"tier": 1}, 3, _NOWHERE, ("tiers",), 1),
    "standing": Kind(6, WORDS, {}, 0, (0, 0, 1, 5), _RANKED, 0.5),
    "firms": Kind(12, FIGURE, {"firms": 1}, 80, _NOWHERE, ("new-firms",), 0.9, needs=0.25),
    "need": Kind(9, WORDS, {}, 0, (1, 0, 0, 0), needs=1),
    "intent": Kind(8, WORDS, {}, 0, (2, 0, 4, 2)),
}
