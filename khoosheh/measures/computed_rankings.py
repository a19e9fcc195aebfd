"""Standings: places computed from tables of values, and how firm each place is.

One rule for all: place 1 has the best value, as the indicator's ``direction`` says; equal values share the better
place, and the next one is as many places further. A province without a value in a year has no place in it. A unit of
two provinces (Tehran and Alborz before they have values of their own) has one place, and counts once.

A place without its margin is half a fact: ``to_better`` is the distance of the value to the next better one, at which
the place would be shared; ``to_worse`` the distance to the next worse one.
"""

from collections.abc import Sequence

import narwhals as nw

LOWEST = "lowest_is_best"
HIGHEST = "highest_is_best"
GROUP = ["indicator_id", "year"]


def compute_rankings(observations: nw.DataFrame, indicators: nw.DataFrame) -> nw.DataFrame:
    """Return a row a value: the columns of the table, and ``place``, ``of``, ``tied``, ``to_better``, ``to_worse``.

    ``observations``: ``indicator_id``, ``iso_3166_2``, ``joint_iso_3166_2``, ``year``, ``value``, ``obs_status``,
    ``quality_flag``, ``source_id``. Distances are in the unit of the value, missing for the best and the worst.
    Rows are ordered by indicator, year, place and province.
    """
    ways = indicators.filter(nw.col("direction").is_in([LOWEST, HIGHEST]))
    ways = ways.select("indicator_id", (nw.col("direction") == HIGHEST).alias("_highest"))
    rows = observations.join(ways, on="indicator_id", how="inner")
    # The less, the better: one rule for both directions.
    rows = rows.with_columns(
        nw.when(nw.col("_highest")).then(-nw.col("value")).otherwise(nw.col("value")).alias("_less")
    )
    rows = rows.with_columns(
        nw.col("_less").rank("min").over(*GROUP).cast(nw.Int64).alias("place"),
        nw.len().over(*GROUP).cast(nw.Int64).alias("of"),
        (nw.len().over(*GROUP, "value") > 1).alias("tied"),
    )
    rows = rows.join(_compute_margins(rows), on=[*GROUP, "_less"], how="left")
    return rows.drop("_less", "_highest").sort(*GROUP, "place", "iso_3166_2")


def _compute_margins(rows: nw.DataFrame) -> nw.DataFrame:
    """Return the distances of each distinct value to its neighbours."""
    distinct = rows.select(*GROUP, "_less").unique().sort(*GROUP, "_less")
    return distinct.with_columns(
        (nw.col("_less") - nw.col("_less").shift(1).over(*GROUP, order_by="_less")).alias("to_better"),
        (nw.col("_less").shift(-1).over(*GROUP, order_by="_less") - nw.col("_less")).alias("to_worse"),
    )


def select_province_rankings(standings_: nw.DataFrame, province: str) -> nw.DataFrame:
    """Return the rows of a province, also those of a unit that it is in together with another."""
    both = (nw.col("iso_3166_2") == province) | (nw.col("joint_iso_3166_2").fill_null("") == province)
    return standings_.filter(both)


def list_ranking_years(standings_: nw.DataFrame, indicator: str) -> list[int]:
    """Return the years in which an indicator has values, in order."""
    return sorted(set(standings_.filter(nw.col("indicator_id") == indicator)["year"].to_list()))


def compare_ranking_years(standings_: nw.DataFrame, indicator: str, pair: Sequence[int]) -> nw.DataFrame:
    """Return the places of an indicator in two years, and the ``climb``: places gained, negative where lost.

    Provinces without a place in either year are left out. Rows: ``iso_3166_2``, ``place_first``, ``place_last``,
    ``climb``.
    """
    mine = standings_.filter(nw.col("indicator_id") == indicator)
    first, last = (mine.filter(nw.col("year") == year).select("iso_3166_2", "place") for year in pair)
    joined = first.rename({"place": "place_first"}).join(last.rename({"place": "place_last"}), on="iso_3166_2")
    return joined.with_columns((nw.col("place_first") - nw.col("place_last")).alias("climb")).sort("place_last")
