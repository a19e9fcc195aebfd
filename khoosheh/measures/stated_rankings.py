"""Ranking: what a stated place, climb or tier says about a province's place, and no more.

Growth and level are kept apart by the indicator's ``aspect``. A climb says nothing exact of the places before
and after it: of ``n`` places, a climb of ``c`` starts at 1+c..n and ends at 1..n-c. A stated place is never
combined with a stated climb, since nobody said that both are places in the same list.
"""

import narwhals as nw

from khoosheh.engines import Frame, collect_frame
from khoosheh.formatting import is_missing
from khoosheh.measures import common

BEFORE, AFTER, STATED, TIER, COMPUTED = "climb_before", "climb_after", "stated", "tier", "computed"
NO_SIZE = 0
NEEDED = [
    "statement_id", "source_id", "indicator_id", "measure", "value_low", "value_high", "said_first_day",
    "said_last_day",
]  # fmt: skip


def compute_climb_interval(field_size: int, places: float) -> dict[str, tuple[int, int]]:
    """Return the places before and after a climb of ``places`` (a fall where negative) among ``field_size``.

    Raises ``ValueError`` where the field is too small for such a climb.
    """
    step = int(places)
    if abs(step) >= field_size:
        raise ValueError(f"no climb of {step} among {field_size}")
    up = (max(1, 1 + step), min(field_size, field_size + step))
    return {BEFORE: up, AFTER: (up[0] - step, up[1] - step)}


def compute_climbed_place(before: int, steps: int) -> int:
    """Return the place after a climb of ``steps`` from a place that is supposed, not stated."""
    return before - steps


def compute_stated_rankings(
    statements: Frame, indicators: nw.DataFrame, ranks: nw.DataFrame, province: str
) -> nw.DataFrame:
    """Return the places of ``province``: one row an indicator and ``kind``.

    ``kind``: 'stated' (a place), 'climb_before' and 'climb_after' (what a climb allows), 'tier' (what a tier of
    the ``ranks`` table allows). ``known``: provinces whose place is known there; ``of``: size of the field,
    missing where nobody stated it. Indicators without any place have one row of kind 'stated', not stated.
    """
    about = common.plausible_statements(common.filter_by_province(statements, province))
    spoken = collect_frame(about.filter(~nw.col("indicator_id").is_null()).select(NEEDED))
    rows = []
    listed = indicators.sort("seq").with_columns(nw.col("field_size").cast(nw.Int64).fill_null(NO_SIZE))
    for info in listed.iter_rows(named=True):
        mine = spoken.filter(nw.col("indicator_id") == info["indicator_id"])
        found = (
            _build_stated_rows(mine)
            + _build_climb_rows(mine, info["field_size"])
            + _build_tier_rows(mine, ranks, info, province)
        )
        rows += [{**row, **_build_indicator_cells(info)} for row in found or [_build_unstated_row(mine)]]
    return _build_ranking_table(rows, spoken)


def _build_indicator_cells(info: dict) -> dict:
    size = info["field_size"]
    return {
        "indicator_id": info["indicator_id"],
        "aspect": info["aspect"],
        "of": None if size == NO_SIZE else int(size),
    }


def _build_place_row(kind: str, low: float | None, high: float | None, known: int, ids: list[str]) -> dict:
    return {"kind": kind, "low": low, "high": high, "known": known, "statement_ids": " ".join(sorted(ids))}


def _build_unstated_row(mine: nw.DataFrame) -> dict:
    return _build_place_row(STATED, None, None, 0, mine["statement_id"].to_list())


def _select_latest_values(mine: nw.DataFrame, measure: str) -> nw.DataFrame:
    kept = mine.filter(nw.col("measure") == measure, ~nw.col("value_low").is_null())
    return common.latest_statements(kept, ["indicator_id"]) if len(kept) else kept


def _build_stated_rows(mine: nw.DataFrame) -> list[dict]:
    held = _select_latest_values(mine, "rank")
    if not len(held):
        return []
    one = common.reconcile_intervals(held, ["indicator_id"], "value_low", "value_high").row(0)
    return [_build_place_row(STATED, one[1], one[2], 1, held["statement_id"].to_list())]


def _build_climb_rows(mine: nw.DataFrame, size: int) -> list[dict]:
    held = _select_latest_values(mine, "rank_change")
    if not len(held) or size == NO_SIZE:
        return []
    ids = held["statement_id"].to_list()
    spans = [compute_climb_interval(int(size), step) for step in held["value_low"].to_list()]
    return [
        _build_place_row(kind, min(s[kind][0] for s in spans), max(s[kind][1] for s in spans), 1, ids)
        for kind in (BEFORE, AFTER)
    ]


def _build_tier_rows(mine: nw.DataFrame, ranks: nw.DataFrame, info: dict, province: str) -> list[dict]:
    table = ranks.filter(nw.col("indicator_id") == info["indicator_id"])
    own = table.filter(nw.col("iso_3166_2") == province)
    if not len(own):
        return []
    last = own.sort("period_last_day").tail(1)
    period = table.filter(nw.col("period_from") == last["period_from"].to_list()[0])
    ids = mine.filter(nw.col("measure") == "tier")["statement_id"].to_list()
    low, high = (last[end].to_list()[0] for end in ("rank_low", "rank_high"))
    if is_missing(low) and is_missing(high):
        # a tier whose places nobody printed allows no place to be told
        return []
    # of places nobody printed the first is 1, and the last is open
    return [
        _build_place_row(
            TIER, 1.0 if is_missing(low) else float(low), None if is_missing(high) else float(high), len(period), ids
        )
    ]


def _build_ranking_table(rows: list[dict], like: nw.DataFrame, more: dict | None = None) -> nw.DataFrame:
    schema = {
        "indicator_id": nw.String, "aspect": nw.String, "kind": nw.String, "low": nw.Float64, "high": nw.Float64,
        "known": nw.Int64, "of": nw.Float64, "statement_ids": nw.String, **(more or {}),
    }  # fmt: skip
    columns = {name: [row[name] for row in rows] for name in schema}
    return nw.from_dict(columns, schema=schema, backend=like.implementation)


def add_computed_rankings(places: nw.DataFrame, mine: nw.DataFrame, indicators: nw.DataFrame) -> nw.DataFrame:
    """Add the newest computed place of each indicator to the stated ones, with its ``year`` and ``source_id``.

    ``mine``: the province's rows of :func:`khoosheh.measures.computed_rankings.compute_rankings`. An indicator with a
    table of values has no row that says 'not stated'.
    """
    aspects = {row["indicator_id"]: row["aspect"] for row in indicators.iter_rows(named=True)}
    newest: dict[str, dict] = {}
    for row in mine.sort("year").iter_rows(named=True):
        newest[row["indicator_id"]] = row
    rows = [
        {**row, "year": None, "source_id": ""}
        for row in places.iter_rows(named=True)
        if row["known"] or row["indicator_id"] not in newest
    ]
    rows += [
        {
            **_build_place_row(COMPUTED, float(row["place"]), float(row["place"]), row["of"], []),
            "indicator_id": indicator,
            "aspect": aspects[indicator],
            "of": row["of"],
            "year": row["year"],
            "source_id": row["source_id"],
        }
        for indicator, row in newest.items()
    ]
    order = {one: place for place, one in enumerate(aspects)}
    rows.sort(key=lambda row: order[row["indicator_id"]])
    return _build_ranking_table(rows, places, {"year": nw.Float64, "source_id": nw.String})
