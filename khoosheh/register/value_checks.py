"""Checks values against bounds: a negative cost, progress above 100 per cent, place 40 of 31.

A statement whose source does give such a value has the quality flag ``implausible``: it passes, and measures leave it
out.
"""

from collections.abc import Iterator, Mapping

import pandas as pd

from khoosheh.register.dictionary import Dictionary
from khoosheh.register.faults import Fault
from khoosheh.register.key_checks import Tables, make_row_faults

ENDS = ("value_low", "value_high")
FLAG, IMPLAUSIBLE = "quality_flag", "implausible"
# measure -> the least value. A planned income, a change or an aim may be negative: other measures have no bound.
LEAST = {
    **dict.fromkeys((
        "cost_planned", "cost_allocated", "cost_in_year", "cost_to_date", "cost_still_needed", "cost_present_value",
        "cost_kind_not_stated", "financing", "financing_sought", "sales", "jobs", "firms", "capacity",
        "capacity_planned", "reserve", "grade", "area", "length", "count", "state", "physical_progress",
        "progress_planned", "delivery_confidence",
    ), 0),
    "rank": 1,
    "tier": 1,
}  # fmt: skip
# (measure, unit) -> the greatest value
MOST = {
    ("physical_progress", "pct"): 100,
    ("progress_planned", "pct"): 100,
    ("grade", "pct"): 100,
    ("grade", "pct_cu"): 100,
    ("delivery_confidence", "confidence_of_five"): 5,
}
PLACE, CLIMB = "rank", "rank_change"


def check_bounds(tables: Tables, dictionary: Dictionary) -> Iterator[Fault]:
    """Yield a fault for every value outside its bounds, in tables of text cells."""
    sizes = _list_field_sizes(tables)
    yield from _check_statement_bounds(tables, dictionary, sizes)
    ranks, path = tables.get("ranks"), dictionary.path("ranks")
    if ranks is not None and "indicator_id" in ranks:
        most = _find_row_bounds(ranks["indicator_id"], sizes)
        for end in (name for name in ("rank_low", "rank_high") if name in ranks):
            yield from _find_above_bound(path, ranks, end, _parse_numbers(ranks[end]), most, "place_beyond_field")


def _check_statement_bounds(tables: Tables, dictionary: Dictionary, sizes: pd.Series) -> Iterator[Fault]:
    frame, path = tables.get("statements"), dictionary.path("statements")
    if frame is None or not {*ENDS, "measure", "unit", "indicator_id", FLAG} <= set(frame):
        return
    judged = frame[FLAG] != IMPLAUSIBLE
    least = _find_row_bounds(frame["measure"], LEAST).where(judged)
    of_unit = pd.MultiIndex.from_frame(frame[["measure", "unit"]]).map(MOST)
    most = pd.Series(of_unit, index=frame.index, dtype=float).where(judged)
    size = _find_row_bounds(frame["indicator_id"], sizes).where(judged)
    for end in ENDS:
        numbers = _parse_numbers(frame[end])
        below = numbers < least
        for bound in sorted(least[below].unique()):
            yield from make_row_faults(
                path, frame, below & (least == bound), end, "value_below_least", least=_format_bound(bound)
            )
        yield from _find_above_bound(path, frame, end, numbers, most, "value_above_most")
        yield from _find_above_bound(
            path, frame, end, numbers, size.where(frame["measure"] == PLACE), "place_beyond_field"
        )
        climbs = size.where(frame["measure"] == CLIMB)
        yield from _find_above_bound(path, frame, end, numbers.abs(), climbs - 1, "climb_beyond_field", more=1)


def _find_above_bound(
    path: str, frame: pd.DataFrame, field: str, numbers: pd.Series, most: pd.Series, code: str, more: int = 0
) -> Iterator[Fault]:
    """Yield a fault for every number above the bound of its row, ``most``; its text names the bound plus ``more``."""
    above = numbers > most
    for bound in sorted(most[above].unique()):
        yield from make_row_faults(
            path, frame, above & (most == bound), field, code, most=_format_bound(bound + more)
        )


def _format_bound(bound: float) -> str:
    # all digits that a float has: a list may have millions of places
    return f"{bound:.15g}"


def _list_field_sizes(tables: Tables) -> pd.Series:
    """Return the number of places of each indicator's ranking, where it was stated, by indicator."""
    indicators = tables.get("indicators")
    if indicators is None or not {"indicator_id", "field_size"} <= set(indicators):
        return pd.Series(dtype=float)
    sizes = indicators.dropna(subset="indicator_id").drop_duplicates("indicator_id")
    return _parse_numbers(sizes.set_index("indicator_id")["field_size"])


def _find_row_bounds(codes: pd.Series, bounds: Mapping[str, int] | pd.Series) -> pd.Series:
    # without rows the result of a lookup would have the type of text
    return codes.map(bounds).astype(float)


def _parse_numbers(cells: pd.Series) -> pd.Series:
    return pd.to_numeric(cells, errors="coerce").astype(float)
