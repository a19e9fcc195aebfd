"""Stated rankings: the places that a stated place, climb or tier allows a province.

Growth and level are kept apart by the indicator's ``aspect``. A climb of ``c`` places among ``n`` starts at a place
1+c..n and ends at a place 1..n-c; no more follows from it. A stated place is never combined with a stated climb,
since nobody said that both are places in the same list.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import itemgetter
from typing import TypedDict, TypeVar

import narwhals as nw

from khoosheh.engines import Frame, collect_frame
from khoosheh.measures import common
from khoosheh.measures.computed_rankings import ComputedRankingRow
from khoosheh.measures.rows import Table, build_table, read_rows

BEFORE, AFTER, STATED, TIER, COMPUTED = "climb_before", "climb_after", "stated", "tier", "computed"
NEEDED = [
    "statement_id", "source_id", "indicator_id", "measure", "value_low", "value_high", "said_first_day",
    "said_last_day",
]  # fmt: skip


class StatedRankingRow(TypedDict):
    """The places ``low``..``high`` of the province on one indicator, by one ``kind`` of statement.

    ``kind``: 'stated' (a place), 'climb_before' and 'climb_after' (places that a climb allows), 'tier' (places of a
    tier in the register's table of ranks). Place 1 is the best; both ends are missing where nothing was stated, the
    high end alone where it is open. ``known``: provinces whose place or tier is known; ``of``: provinces ranked,
    missing where not stated.
    """

    indicator_id: str
    aspect: str
    kind: str
    low: float | None
    high: float | None
    known: int
    of: float | None
    statement_ids: str


class ProvinceRankingRow(StatedRankingRow):
    """The columns of :class:`StatedRankingRow`, also for places of ``kind`` 'computed'.

    ``year`` and ``source_id`` of a computed place; missing and empty for stated ones.
    """

    year: float | None
    source_id: str


class _IndicatorInput(TypedDict):
    indicator_id: str
    aspect: str
    field_size: int | None


class _StatementInput(TypedDict):
    statement_id: str
    indicator_id: str
    measure: str
    value_low: float
    value_high: float | None


class _TierInput(TypedDict):
    indicator_id: str
    iso_3166_2: str
    period_from: str
    period_last_day: datetime
    rank_low: int | None
    rank_high: int | None


_RowT = TypeVar("_RowT", _StatementInput, _TierInput)


def compute_climb_interval(field_size: int, places: float) -> dict[str, tuple[int, int]]:
    """Return the places before and after a climb of ``places`` (a fall where negative) among ``field_size``.

    Raises ``ValueError`` where the field is too small for such a climb.
    """
    step = int(places)
    if abs(step) >= field_size:
        raise ValueError(f"no climb of {step} among {field_size}")
    before = (max(1, 1 + step), min(field_size, field_size + step))
    return {BEFORE: before, AFTER: (before[0] - step, before[1] - step)}


def compute_climbed_place(before: int, steps: int) -> int:
    """Return the place after a climb of ``steps`` from an assumed place."""
    return before - steps


def compute_stated_rankings(statements: Frame, indicators: Table, ranks: Table, province: str) -> Table:
    """Compute the places that statements allow ``province`` (ISO 3166-2): rows of :class:`StatedRankingRow`.

    ``indicators``, ``ranks``: the register's tables. An indicator without any place has one row of kind 'stated'
    without ends, with the ids of all that was stated of it. Raises ``ValueError`` where a stated climb is too large
    for its field.
    """
    about = common.plausible_statements(common.filter_by_province(statements, province))
    stated = collect_frame(about.filter(~nw.col("indicator_id").is_null()).select(NEEDED))
    places, place_ids = _reconcile_places(_select_latest_values(stated, "rank"))
    climbs = _group_by_indicator(read_rows(_select_latest_values(stated, "rank_change"), _StatementInput))
    tiers = _group_by_indicator(read_rows(ranks, _TierInput))
    about_indicator = _group_by_indicator(read_rows(stated, _StatementInput))
    rows: list[StatedRankingRow] = []
    for indicator in read_rows(indicators.sort("seq"), _IndicatorInput):
        key = indicator["indicator_id"]
        every = about_indicator[key]
        found = [
            *([_build_row(indicator, STATED, places[key], 1, place_ids[key])] if key in places else []),
            *_build_climb_rows(indicator, climbs[key]),
            *_build_tier_rows(indicator, tiers[key], province, [row for row in every if row["measure"] == TIER]),
        ]
        rows += found or [_build_row(indicator, STATED, (None, None), 0, every)]
    return build_table(rows, StatedRankingRow, stated)


def _group_by_indicator(rows: Iterable[_RowT]) -> defaultdict[str, list[_RowT]]:
    groups: defaultdict[str, list[_RowT]] = defaultdict(list)
    for row in rows:
        groups[row["indicator_id"]].append(row)
    return groups


def _build_row(
    indicator: _IndicatorInput,
    kind: str,
    ends: tuple[float | None, float | None],
    known: int,
    statements: Iterable[_StatementInput],
) -> StatedRankingRow:
    size = indicator["field_size"]
    return {
        "indicator_id": indicator["indicator_id"],
        "aspect": indicator["aspect"],
        "kind": kind,
        "low": ends[0],
        "high": ends[1],
        "known": known,
        "of": None if size is None else float(size),
        "statement_ids": common.join_ids(statement["statement_id"] for statement in statements),
    }


def _select_latest_values(statements: Table, measure: str) -> Table:
    """Return the statements of a value of ``measure`` that are in force, of all indicators."""
    stated = statements.filter(nw.col("measure") == measure, ~nw.col("value_low").is_null())
    return common.latest_statements(stated, ["indicator_id"]) if len(stated) else stated


def _reconcile_places(
    in_force: Table,
) -> tuple[dict[str, tuple[float, float | None]], defaultdict[str, list[_StatementInput]]]:
    """Return the stated places of each indicator, and the statements in force about it."""
    if not len(in_force):
        return {}, defaultdict(list)
    reconciled = common.reconcile_intervals(in_force, ["indicator_id"], "value_low", "value_high")
    places = {indicator: (low, high) for indicator, low, high in reconciled.iter_rows()}
    return places, _group_by_indicator(read_rows(in_force, _StatementInput))


def _build_climb_rows(indicator: _IndicatorInput, in_force: Sequence[_StatementInput]) -> list[StatedRankingRow]:
    size = indicator["field_size"]
    if not in_force or size is None:
        return []
    climbs = [compute_climb_interval(size, _find_least_step(row["value_low"], row["value_high"])) for row in in_force]
    return [
        _build_row(
            indicator,
            kind,
            (float(min(climb[kind][0] for climb in climbs)), float(max(climb[kind][1] for climb in climbs))),
            1,
            in_force,
        )
        for kind in (BEFORE, AFTER)
    ]


def _find_least_step(low: float, high: float | None) -> float:
    """Return the climb of ``low``..``high`` places, or of at least ``low``, that allows most places.

    The fewer places a climb or a fall has, the more places it allows: those of a longer one are among them.
    """
    if low > 0:
        return low
    return 0 if high is None or high >= 0 else high


def _build_tier_rows(
    indicator: _IndicatorInput, ranks: Sequence[_TierInput], province: str, statements: Sequence[_StatementInput]
) -> list[StatedRankingRow]:
    own = [row for row in ranks if row["iso_3166_2"] == province]
    if not own:
        return []
    newest = sorted(own, key=itemgetter("period_last_day"))[-1]
    period = [row for row in ranks if row["period_from"] == newest["period_from"]]
    low, high = newest["rank_low"], newest["rank_high"]
    if low is None and high is None:
        # without printed places, a tier allows any place
        return []
    # a tier without a first place starts at 1, one without a last place is open
    ends = (1.0 if low is None else float(low), None if high is None else float(high))
    return [_build_row(indicator, TIER, ends, len(period), statements)]


def add_computed_rankings(stated: Table, computed: Table, indicators: Table) -> Table:
    """Add the newest computed place of each indicator to the stated ones: rows of :class:`ProvinceRankingRow`.

    ``stated``: rows of :class:`StatedRankingRow`; ``computed``: the province's rows of
    :func:`khoosheh.measures.computed_rankings.compute_rankings`. A row without ends is left out where the indicator
    has a computed place.
    """
    aspects = {row["indicator_id"]: row["aspect"] for row in read_rows(indicators, _IndicatorInput)}
    newest = {row["indicator_id"]: row for row in read_rows(computed.sort("year"), ComputedRankingRow)}
    rows: list[ProvinceRankingRow] = [
        {**row, "year": None, "source_id": ""}
        for row in read_rows(stated, StatedRankingRow)
        if row["known"] or row["indicator_id"] not in newest
    ]
    rows += [_build_computed_row(row, aspects[indicator]) for indicator, row in newest.items()]
    order = {indicator: place for place, indicator in enumerate(aspects)}
    rows.sort(key=lambda row: order[row["indicator_id"]])
    return build_table(rows, ProvinceRankingRow, stated)


def _build_computed_row(row: ComputedRankingRow, aspect: str) -> ProvinceRankingRow:
    return {
        "indicator_id": row["indicator_id"],
        "aspect": aspect,
        "kind": COMPUTED,
        "low": float(row["place"]),
        "high": float(row["place"]),
        "known": row["of"],
        "of": float(row["of"]),
        "statement_ids": "",
        "year": float(row["year"]),
        "source_id": row["source_id"],
    }
