"""Checks of our own: what a Table Schema cannot say of a register of statements."""

import re
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from khoosheh import calendar
from khoosheh.register.dictionary import Dictionary
from khoosheh.register.faults import Fault

HEADING_ROWS = 2
GREATEST = 1e18
_HOSTILE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
# table: (field that must not come after, the other one)
DATES = {
    "sources": (("published_from", "published_to"),),
    "statements": (("said_from", "said_to"), ("due_from", "due_to")),
    "ranks": (("period_from", "period_to"),),
    "exchange_rates": (("first_day", "last_day"),),
}
NUMBERS = {
    "statements": (("value_low", "value_high"),),
    "ranks": (("rank_low", "rank_high"),),
    "stages": (("input_t_per_t_low", "input_t_per_t_high"),),
    "exchange_rates": (("rate_irr_low", "rate_irr_mean"), ("rate_irr_mean", "rate_irr_high")),
}

Tables = Mapping[str, pd.DataFrame]


def check(tables: Tables, dictionary: Dictionary, descriptor: Mapping) -> Iterator[Fault]:
    """Yield all faults of our own in the tables, given as text cells."""
    for name, frame in tables.items():
        yield from _hostile(name, frame)
        yield from _dates(name, frame, dictionary)
        yield from _numbers(name, frame, dictionary)
    yield from _states(tables, dictionary)
    yield from _pairs(tables)
    yield from _chains(tables)
    yield from _stage_order(tables)
    yield from _province(tables, descriptor)


def at(name: str, frame: pd.DataFrame, mask: pd.Series, field: str, code: str, **params: object) -> Iterator[Fault]:
    """Yield a fault for every row of a table where ``mask`` holds."""
    for place in np.flatnonzero(mask.to_numpy(dtype=bool, na_value=False)):
        value = str(frame[field].iloc[place]) if frame[field].notna().iloc[place] else ""
        yield Fault(code, f"{name}.csv", int(place) + HEADING_ROWS, field, value[:200], params)


def _hostile(name: str, frame: pd.DataFrame) -> Iterator[Fault]:
    for field in frame.columns:
        distinct = frame[field].dropna().unique()
        bad = {text for text in distinct if _HOSTILE.search(text)}
        if bad:
            yield from at(name, frame, frame[field].isin(bad), field, "hostile_text")


def _dates(name: str, frame: pd.DataFrame, dictionary: Dictionary) -> Iterator[Fault]:
    fields = [one for one in dictionary.fields(name) if dictionary.field(name, one).get("calendar") == "jalali"]
    read = {field: calendar.parse_many(frame[field]) for field in fields if field in frame}
    for field, dates in read.items():
        for place in np.flatnonzero(dates["fault"].notna()):
            text = frame[field].iloc[place]
            yield Fault(*_date_fault(text, dates["fault"].iloc[place], name, int(place), field))
    for first, last in DATES.get(name, ()):
        if first in read and last in read:
            after = read[first]["first_day"] > read[last]["last_day"]
            yield from at(name, frame, after, last, "from_after_to", other=first)
            alone = frame[last].notna() & frame[first].isna()
            yield from at(name, frame, alone, last, "to_without_from", other=first)


def _date_fault(text: str, code: str, name: str, place: int, field: str) -> tuple:
    try:
        calendar.parse(text)
        params = {}
    except calendar.DateError as error:
        params = error.params
    return f"date_{code}", f"{name}.csv", place + HEADING_ROWS, field, text[:200], params


def _numbers(name: str, frame: pd.DataFrame, dictionary: Dictionary) -> Iterator[Fault]:
    kinds = {one: dictionary.field(name, one)["type"] for one in dictionary.fields(name)}
    read = {
        field: pd.to_numeric(frame[field], errors="coerce").astype(float)
        for field, kind in kinds.items()
        if kind in ("number", "integer") and field in frame
    }
    for field, numbers in read.items():
        absurd = ~np.isfinite(numbers) & frame[field].str.fullmatch(r"(?i)[+-]?(nan|inf|infinity)").fillna(False)
        yield from at(name, frame, absurd | (numbers.abs() > GREATEST), field, "absurd_number")
    for low, high in NUMBERS.get(name, ()):
        if low in read and high in read:
            yield from at(name, frame, read[low] > read[high], high, "low_above_high", other=low)


def _states(tables: Tables, dictionary: Dictionary) -> Iterator[Fault]:
    frame = tables.get("statements")
    if frame is None or not {"state_low", "state_high"} <= set(frame):
        return
    rungs = {state: rung for rung, state in enumerate(dictionary.values("statements", "state_low"))}
    low, high = (frame[field].map(rungs) for field in ("state_low", "state_high"))
    yield from at("statements", frame, low > high, "state_high", "low_above_high", other="state_low")


def _pairs(tables: Tables) -> Iterator[Fault]:
    frame = tables.get("statements")
    if frame is None or not {"value_low", "value_high", "unit"} <= set(frame):
        return
    stated = frame["value_low"].notna() | frame["value_high"].notna()
    yield from at("statements", frame, stated & frame["unit"].isna(), "unit", "value_without_unit")
    yield from at("statements", frame, ~stated & frame["unit"].notna(), "unit", "unit_without_value")
    yield from at("statements", frame, frame["value_low"].isna() & frame["value_high"].notna(), "value_low", "no_low")


def _chains(tables: Tables) -> Iterator[Fault]:
    stages = tables.get("stages")
    if stages is None or not {"stage_id", "chain_id"} <= set(stages):
        return
    of_stage = stages.drop_duplicates("stage_id").set_index("stage_id")["chain_id"]
    for name in ("projects", "statements"):
        frame = tables.get(name)
        if frame is not None and {"stage_id", "chain_id"} <= set(frame):
            chain = frame["stage_id"].map(of_stage)
            other = chain.notna() & frame["chain_id"].notna() & (chain != frame["chain_id"])
            yield from at(name, frame, other, "stage_id", "stage_of_other_chain")


def _stage_order(tables: Tables) -> Iterator[Fault]:
    stages = tables.get("stages")
    if stages is not None and {"chain_id", "seq"} <= set(stages):
        twice = stages.duplicated(["chain_id", "seq"])
        yield from at("stages", stages, twice, "seq", "stage_order_twice")


def _province(tables: Tables, descriptor: Mapping) -> Iterator[Fault]:
    provinces, own = tables.get("provinces"), descriptor.get("province", "")
    if provinces is not None and "iso_3166_2" in provinces and own not in set(provinces["iso_3166_2"]):
        yield Fault("unknown_province", "datapackage.json", None, "province", str(own))
    try:
        calendar.parse(descriptor.get("compiled_on", ""))
    except calendar.DateError as error:
        value = str(descriptor.get("compiled_on", ""))
        yield Fault(f"date_{error.code}", "datapackage.json", None, "compiled_on", value, error.params)
