"""Random registers of the invented province: sound in form, wild in their figures, drawn from a seed.

They are not checked, so that measures also meet what the check of a register refuses: negative amounts, progress
above 100 per cent, capacities below zero, coefficients of zero, states of which one end is missing.
"""

import random

from khoosheh.register import Register
from testing import made_up

MEASURES = {
    "cost_planned": ("bn_irr", "bn_toman", "m_usd", "m_eur"), "cost_to_date": ("bn_irr", "m_toman", "m_usd"),
    "capacity": ("kt_per_year", "mt_per_year"), "capacity_planned": ("kt_per_year",),
    "physical_progress": ("pct",), "progress_planned": ("pct",), "state": ("",),
    "rank": ("place",), "rank_change": ("places",), "tier": ("tier",), "jobs": ("jobs",),
}  # fmt: skip
DATES = ("1400", "1401", "1401-05", "1401-12", "1402", "1402-01", "1402-03-31", "1402-06-15", "1402-12-29")
MARKS = ("", "-b")
STATES = ("not_started", "exploring", "licensed", "building", "commissioning", "operating")
AMOUNTS = (-50, -1, 0, 0.5, 3, 40, 99, 100, 110, 150, 5000)


def register(seed: int) -> Register:
    """Return one of many registers, in which all chains and projects stand twice; the same seed gives the same."""
    draw, rows = random.Random(seed), made_up.tables()
    for name in ("chains", "stages", "projects"):
        rows[name] = [_marked(row, mark) for mark in MARKS for row in rows[name]]
    for stage in rows["stages"]:
        low, high = sorted(draw.choices((0, 0.5, 1, 2.5), k=2))
        if draw.random() < 0.8:
            stage |= {"input_t_per_t_low": low, "input_t_per_t_high": high}
    for rank in rows["ranks"]:
        ends = sorted(draw.choices((1, 2, 3), k=2))
        rank |= dict(zip(("rank_low", "rank_high"), draw.choice((ends, (ends[0], ""), ("", ""))), strict=True))
    told = [_marked(row, mark) for mark in MARKS for row in _statements(draw)]
    rows["statements"] = [row | {"statement_id": f"R{number:03}"} for number, row in enumerate(told)]
    return made_up.unchecked(rows)


def _statements(draw: random.Random) -> list[dict]:
    return [*_earned(draw), *(_statement(draw, number) for number in range(draw.randint(1, 60)))]


def _marked(row: dict, mark: str) -> dict:
    """Return a row whose chain, stage and project are told from those of others by a mark."""
    return row | {name: f"{row[name]}{mark}" for name in ("chain_id", "stage_id", "project_id") if row.get(name)}


def _earned(draw: random.Random) -> list[dict]:
    """Return all four inputs of earned value for a project of which nothing else is said."""
    units = {
        "progress_planned": "pct",
        "physical_progress": "pct",
        "cost_planned": "bn_irr",
        "cost_to_date": "bn_irr",
    }
    found = []
    for number, (measure, unit) in enumerate(units.items()):
        low, high = sorted(draw.choices(AMOUNTS, k=2))
        ends = (low, high if measure.startswith("cost") or draw.random() < 0.7 else "")
        found.append((f"E{number}", "school", "", measure, *ends, unit, "1402", "1402", {}))
    return [made_up.statement(row) for row in found]


def _statement(draw: random.Random, number: int) -> dict:
    measure = draw.choice(list(MEASURES))
    first, last = _dates(draw)
    more = {"is_part": draw.choice(("", "", "true")), "indicator_id": ""}
    low, high = sorted(draw.choices(AMOUNTS, k=2))
    unit = draw.choice(MEASURES[measure])
    if measure == "state":
        ends = sorted(draw.choices(range(len(STATES)), k=2))
        names = [STATES[one] if draw.random() < 0.9 else "" for one in ends]
        low = high = ""
        more |= {"state_low": names[0], "state_high": names[1]}
    if unit in ("place", "places", "tier"):
        low, high = sorted(draw.choices(range(-9 if unit == "places" else 1, 10), k=2))
        more["indicator_id"] = draw.choice(("speed", "height"))
    if draw.random() < 0.3:
        due = _dates(draw)
        more |= {"due_from": due[0], "due_to": due[1], "due_state": draw.choice(("", *STATES))}
    high = high if draw.random() < 0.7 else ""
    project = draw.choice(("garden", "dryer", "packer", "furnace", ""))
    stage = "" if project else draw.choice(("tea-1", "glass-1", "glass-2"))
    return made_up.statement((f"R{number:02}", project, stage, measure, low, high, unit, first, last, more))


def _dates(draw: random.Random) -> tuple[str, str]:
    """Return two dates of which the first may begin before the last ends; either may be a year, a month or a day."""
    first, last = sorted(draw.choices(range(len(DATES)), k=2))
    return DATES[first], DATES[last]
