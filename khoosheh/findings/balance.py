"""Findings of the balance: tonnages as intervals, and what a link has or lacks."""

from collections.abc import Mapping

from khoosheh import names, words
from khoosheh.locale import text
from khoosheh.measures import balance
from khoosheh.register import Register

Row = Mapping[str, object]
UNIT, SIZE, DIGITS = "kt_per_year", 1000.0, 3


def span(register: Register, row: Row, name: str, lang: str) -> str:
    """Return an interval of tonnes a year, in thousands, rounded outward; 'not stated' where there is none."""
    low, high = (row[f"{name}_{end}_t_per_year"] for end in ("low", "high"))
    return tonnes(register, low, high, lang)


def tonnes(register: Register, low: object, high: object, lang: str) -> str:
    """Return tonnes a year in thousands, rounded outward; 'not stated' where both ends are missing."""
    return words.interval(*thousands(low, high), lang, names.of_unit(register, UNIT, lang))


def thousands(low: object, high: object) -> tuple[float | None, float | None]:
    """Return tonnes a year in thousands, rounded outward; a missing end stays missing."""
    low = None if words.missing(low) else float(low) / SIZE
    high = None if words.missing(high) else float(high) / SIZE
    if low is not None and high is not None:
        # the coefficients have three digits, so nothing made with them has more
        low, high = words.outward(low, high, DIGITS)
    return low, high


def verdict(register: Register, row: Row, lang: str) -> str:
    """Return what a link has too much of or lacks, or why nothing can be said."""
    code = row["verdict"]
    low, high = row["gap_low_t_per_year"], row["gap_high_t_per_year"]
    if code == balance.DEFICIT:
        low, high = -high, None if words.missing(low) else -low
    if code in (balance.SURPLUS, balance.DEFICIT):
        return text(lang, f"balance.{code}", amount=tonnes(register, low, high, lang))
    return text(lang, f"balance.{code}")


def capacity(register: Register, span_: tuple[float, float | None], planned: bool, lang: str) -> str:
    """Return the capacity of a stage, stated or with plans."""
    return text(lang, f"map.capacity.{'planned' if planned else 'stated'}", amount=tonnes(register, *span_, lang))


def flow(register: Register, row: Row, lang: str) -> str:
    """Return the words of a flow of :mod:`khoosheh.measures.flows`."""
    amount = tonnes(register, row["low_t_per_year"], row["high_t_per_year"], lang)
    return text(lang, f"map.flow.{row['kind']}", amount=amount)


def assumption(register: Register, amount: float | None, lang: str) -> str:
    """Return what a reader assumes of a stage, worded so that nobody takes it for a statement."""
    if amount is None:
        return text(lang, "whatif.operates")
    if amount == 0:
        return text(lang, "whatif.still")
    return text(lang, "whatif.capacity", amount=tonnes(register, amount, amount, lang))
