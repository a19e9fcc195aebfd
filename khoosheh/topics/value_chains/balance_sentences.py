"""Sentences about the balance: tonnages as intervals, surplus and deficit of a link."""

from khoosheh import formatting, labels
from khoosheh.formatting import NumberCell
from khoosheh.locale import format_message
from khoosheh.measures import capacity_balance
from khoosheh.measures.intervals import Interval
from khoosheh.register import Register
from khoosheh.topics.request import Row

UNIT, SIZE, DIGITS = "kt_per_year", 1000.0, 3


def format_tonnage_interval(register: Register, row: Row, name: str, lang: str) -> str:
    """Return an interval of tonnes a year, in thousands, rounded outward; 'not stated' where there is none."""
    low, high = (row[f"{name}_{end}_t_per_year"] for end in ("low", "high"))
    return format_tonnes(register, low, high, lang)


def format_tonnes(register: Register, low: NumberCell, high: NumberCell, lang: str) -> str:
    """Return tonnes a year in thousands, rounded outward; 'not stated' where both ends are missing."""
    return formatting.format_value_range(
        *convert_to_kilotonnes(low, high), lang, labels.find_unit_label(register, UNIT, lang)
    )


def convert_to_kilotonnes(low: NumberCell, high: NumberCell) -> tuple[float | None, float | None]:
    """Return tonnes a year in thousands, rounded outward; a missing end stays missing."""
    least, most = (None if end is None else end / SIZE for end in map(formatting.parse_cell_number, (low, high)))
    if least is None or most is None:
        return least, most
    # the coefficients have three digits, so nothing computed with them has more
    return formatting.round_outward(least, most, DIGITS)


def format_balance_verdict(register: Register, row: Row, lang: str) -> str:
    """Return the surplus or deficit of a link, or why it is unknown."""
    code = row["verdict"]
    low, high = row["gap_low_t_per_year"], row["gap_high_t_per_year"]
    if code == capacity_balance.DEFICIT:
        low, high = -high, None if formatting.is_missing(low) else -low
    if code in (capacity_balance.SURPLUS, capacity_balance.DEFICIT):
        return format_message(lang, f"balance.{code}", amount=format_tonnes(register, low, high, lang))
    return format_message(lang, f"balance.{code}")


def format_stage_capacity(register: Register, span_: tuple[float, float | None], planned: bool, lang: str) -> str:
    """Return the capacity of a stage, stated or with plans."""
    return format_message(
        lang, f"map.capacity.{'planned' if planned else 'stated'}", amount=format_tonnes(register, *span_, lang)
    )


def format_capacity_spread(register: Register, spread: Interval, sources: int, latest: Interval, lang: str) -> str:
    """Return all that ``sources`` sources stated of a capacity, and ``latest``, the one in force."""
    return format_message(
        lang,
        "map.capacity.spread",
        amount=format_tonnes(register, *spread, lang),
        count=sources,
        latest=formatting.format_value_range(*convert_to_kilotonnes(*latest), lang),
    )


def format_flow_amount(register: Register, row: Row, lang: str) -> str:
    """Return a flow of :mod:`khoosheh.measures.material_flows` as a sentence."""
    amount = format_tonnes(register, row["low_t_per_year"], row["high_t_per_year"], lang)
    return format_message(lang, f"map.flow.{row['kind']}", amount=amount)


def format_scenario_assumption(register: Register, amount: float | None, lang: str) -> str:
    """Return the assumption of a reader about a stage; the words show that it is no statement."""
    if amount is None:
        return format_message(lang, "whatif.operates")
    if amount == 0:
        return format_message(lang, "whatif.still")
    return format_message(lang, "whatif.capacity", amount=format_tonnes(register, amount, amount, lang))
