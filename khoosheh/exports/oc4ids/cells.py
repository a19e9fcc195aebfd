"""Values as the standard writes them: days, numbers, the ends of intervals."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from khoosheh.formatting import is_missing
from khoosheh.money import UNITS

EXACT, LOW, HIGH = "exact", "low", "high"
DAY_END = "23:59:59"


def format_datetime(day: date, time: str = "00:00:00") -> str:
    """Return a day as the standard's date-time; sources give no hour, so that of the zone is nominal."""
    return f"{day.isoformat()}T{time}Z"


def build_period(first: object, last: object) -> dict[str, str]:
    """Return the days from ``first`` to ``last``, a table's cells, as a period; missing ends are left out."""
    ends = {} if is_missing(first) else {"startDate": format_datetime(first.date())}
    return ends if is_missing(last) else {**ends, "endDate": format_datetime(last.date(), DAY_END)}


def list_interval_bounds(low: object, high: object) -> Iterator[tuple[str, float]]:
    """Yield the ends of an interval with their names; 'exact' where both are one. A missing end is open."""
    if not is_missing(low) and not is_missing(high) and low == high:
        yield EXACT, low
        return
    for bound, end in ((LOW, low), (HIGH, high)):
        if not is_missing(end):
            yield bound, end


def make_json_number(value: float) -> int | float:
    """Return a number without a fraction that says nothing."""
    return int(value) if value == int(value) else float(value)


def build_money_value(value: float, unit: str) -> dict[str, object]:
    """Return an amount in whole rial, euro or dollars, with the digits that were printed and no others."""
    currency, size = UNITS[unit]
    return {"amount": make_json_number(float(Decimal(str(value)) * size)), "currency": currency}


def drop_empty_fields(one: Mapping[str, object]) -> dict[str, object]:
    """Leave out what is empty: in the standard a field without a value is not written."""
    return {name: value for name, value in one.items() if not is_missing(value) and value not in ("", [], {})}
