"""Views that visitors ask for, as varied as a register allows, the same in each run."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from khoosheh import board, calendar
from khoosheh.locale import LANGUAGES
from khoosheh.register import Register

PAGES = ("investment", "schedule", "value_chains", "ranking", "overview", "cluster")
# the share of fields that are left as they come
PLAIN = 0.4
# many ask for what others ask for as well; the share of changes that nobody may have asked for yet
COMMON, NEW = 40, 0.04


@dataclass(frozen=True)
class Asked:
    """One view: the page, and the fields of its address."""

    page: str
    query: dict[str, str]


def views(register: Register, seed: int) -> Iterator[Asked]:
    """Yield the views of one visitor without end; ``seed`` tells visitors apart."""
    choices = fields(register)
    shared = random.Random(COMMON)
    common = [_drawn(shared, choices) for _ in range(COMMON)]
    chance = random.Random(seed)
    while True:
        yield _drawn(chance, choices) if chance.random() < NEW else chance.choice(common)


def some(chance: random.Random, choices: Mapping[str, Sequence[str]], count: int) -> list[Asked]:
    """Return so many different views, drawn by lot."""
    found: dict[tuple, Asked] = {}
    while len(found) < count:
        one = _drawn(chance, choices)
        found.setdefault((one.page, *sorted(one.query.items())), one)
    return list(found.values())


def _drawn(chance: random.Random, choices: Mapping[str, Sequence[str]]) -> Asked:
    query = {name: chance.choice(values) for name, values in choices.items() if chance.random() > PLAIN}
    return Asked(chance.choice(PAGES), query)


def fields(register: Register) -> dict[str, list[str]]:
    """Return the fields of the address that visitors change, with the values these may take in a register."""
    codes = board.codes(register)
    return {name: codes[name] for name in ("chain", "unit", "by")} | {"asof": _months(register), "lang": [*LANGUAGES]}


def _months(register: Register) -> list[str]:
    """Return the Jalali months from the first statement to the register's day."""
    first, last = (calendar.parse(day[:7]) for day in (board.said_days(register)[0], register.compiled_on))
    return [str(month) for month in calendar.months_between(first, last)]
