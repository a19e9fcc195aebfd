"""Computed rankings: places computed from tables of values, and their distance to the neighbouring places.

Place 1 has the best value, as the indicator's ``direction`` says. Equal values share the better place, and the next
place is counted after all of them (1, 1, 3). A province without a value in a year has no place in it. A unit of two
provinces (Tehran and Alborz before they have values of their own) has one place, and counts once.

Each place comes with its margins: ``to_better`` is the distance of the value to the next better one, ``to_worse`` the
distance to the next worse one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import TypedDict

import narwhals as nw

from khoosheh.measures.rows import Table, build_table, read_rows

LOWEST = "lowest_is_best"
HIGHEST = "highest_is_best"
GROUP = ["indicator_id", "year"]


class ObservationRow(TypedDict):
    """The value of a province in a year: the columns of the register's observations.

    ``value``: in the indicator's ``value_unit``; ``year``: in its ``year_calendar``.
    """

    indicator_id: str
    iso_3166_2: str
    joint_iso_3166_2: str | None
    year: int
    value: float
    obs_status: str
    quality_flag: str | None
    source_id: str


class ComputedRankingRow(ObservationRow):
    """A value and its place by it.

    ``place``: from 1; ``of``: provinces and units with a value; ``tied``: whether the place is shared. ``to_better``,
    ``to_worse``: distances in the unit of the value, missing for the best and the worst value.
    """

    place: int
    of: int
    tied: bool
    to_better: float | None
    to_worse: float | None


class YearComparisonRow(TypedDict):
    """The places of a province in two years; ``climb``: places gained, negative where lost."""

    iso_3166_2: str
    place_first: int
    place_last: int
    climb: int


def compute_rankings(observations: Table, indicators: Table) -> Table:
    """Compute the place of each value: rows of :class:`ComputedRankingRow`, by indicator, year, place and province.

    ``observations``, ``indicators``: the register's tables. Indicators without a direction of values are left out.
    """
    better_first = {
        indicator: direction == HIGHEST
        for indicator, direction in indicators.select("indicator_id", "direction").iter_rows()
        if direction in (LOWEST, HIGHEST)
    }
    groups: dict[tuple[str, int], list[ObservationRow]] = defaultdict(list)
    for row in read_rows(observations, ObservationRow):
        if row["indicator_id"] in better_first:
            groups[row["indicator_id"], row["year"]].append(row)
    ranked = [
        ranked_row
        for (indicator, _year), rows in sorted(groups.items())
        for ranked_row in _rank_group(rows, highest_first=better_first[indicator])
    ]
    return build_table(ranked, ComputedRankingRow, observations)


def _rank_group(rows: list[ObservationRow], *, highest_first: bool) -> Iterator[ComputedRankingRow]:
    """Yield the rows of an indicator and year with their places, by place and province."""
    provinces = Counter(row["value"] for row in rows)
    values = sorted(provinces, reverse=highest_first)
    ahead = dict(zip(values, accumulate((provinces[value] for value in values), initial=0), strict=False))
    better, worse = dict(pairwise(values[::-1])), dict(pairwise(values))
    for row in sorted(rows, key=lambda row: (ahead[row["value"]], row["iso_3166_2"])):
        value = row["value"]
        yield ComputedRankingRow(
            **row,
            place=ahead[value] + 1,
            of=len(rows),
            tied=provinces[value] > 1,
            to_better=abs(value - better[value]) if value in better else None,
            to_worse=abs(worse[value] - value) if value in worse else None,
        )


def select_province_rankings(rankings: Table, province: str) -> Table:
    """Return the rows of a province (ISO 3166-2 code), and those of a unit of two provinces that it is part of."""
    both = (nw.col("iso_3166_2") == province) | (nw.col("joint_iso_3166_2").fill_null("") == province)
    return rankings.filter(both)


def list_ranking_years(rankings: Table, indicator: str) -> list[int]:
    """Return the years in which an indicator has values, in order."""
    return sorted(set(rankings.filter(nw.col("indicator_id") == indicator)["year"].to_list()))


def compare_ranking_years(rankings: Table, indicator: str, pair: Sequence[int]) -> Table:
    """Compare the places of an indicator in two years: rows of :class:`YearComparisonRow`, by the later place.

    ``pair``: the earlier and the later year. Provinces without a place in either year are left out.
    """
    rows = rankings.filter(nw.col("indicator_id") == indicator)
    first, last = (rows.filter(nw.col("year") == year).select("iso_3166_2", "place") for year in pair)
    joined = first.rename({"place": "place_first"}).join(last.rename({"place": "place_last"}), on="iso_3166_2")
    return joined.with_columns((nw.col("place_first") - nw.col("place_last")).alias("climb")).sort("place_last")
