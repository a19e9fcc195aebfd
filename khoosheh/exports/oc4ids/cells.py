"""Values in the form of the standard: dates, numbers, periods, ends of intervals."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from khoosheh.formatting import is_missing
from khoosheh.money import UNITS

EXACT, LOW, HIGH = "exact", "low", "high"
DAY_END = "23:59:59"

JsonObject: TypeAlias = dict[str, object]


def format_datetime(day: date, time: str = "00:00:00") -> str:
    """Return a day as a date-time of the standard; the time zone is nominal, since sources give no hours."""
    return f"{day.isoformat()}T{time}Z"


def build_period(first: Any, last: Any) -> dict[str, str]:
    """Return a period from ``first`` to ``last``, timestamps of a table; missing ends are left out."""
    ends = {} if is_missing(first) else {"startDate": format_datetime(first.date())}
    return ends if is_missing(last) else {**ends, "endDate": format_datetime(last.date(), DAY_END)}


def list_interval_bounds(low: Any, high: Any) -> Iterator[tuple[str, Any]]:
    """Yield the names and values of the ends of an interval: one pair 'exact' if they are equal; no missing ends."""
    if not is_missing(low) and not is_missing(high) and low == high:
        yield EXACT, low
        return
    for bound, end in ((LOW, low), (HIGH, high)):
        if not is_missing(end):
            yield bound, end


def make_json_number(value: float) -> int | float:
    """Return a number as an integer if it has no fraction."""
    return int(value) if value == int(value) else float(value)


def build_money_value(value: float, unit: str) -> JsonObject:
    """Return an amount in the base unit of its currency; multiplied in decimal, so that no rounding errors appear."""
    currency, size = UNITS[unit]
    return {"amount": make_json_number(float(Decimal(str(value)) * size)), "currency": currency}


def drop_empty_fields(fields: Mapping[str, object]) -> JsonObject:
    """Return the fields that are not empty: the standard does not allow empty fields."""
    return {name: value for name, value in fields.items() if not is_missing(value) and value not in ("", [], {})}
