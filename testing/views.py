"""Random but reproducible views that visitors request, as varied as a register allows."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from khoosheh import calendar, queries
from khoosheh.locale import LANGUAGES
from khoosheh.register import Register

PAGES = ("investment", "schedule", "value_chains", "ranking", "overview", "cluster")
# share of the fields that keep their defaults
PLAIN = 0.4
# views that all visitors share; share of changes to a random view instead
COMMON, NEW = 40, 0.04


@dataclass(frozen=True)
class ViewRequest:
    """One view: the page, and the fields of its address."""

    page: str
    query: dict[str, str]


def generate_views(register: Register, seed: int) -> Iterator[ViewRequest]:
    """Yield the views of one visitor without end; each visitor has another ``seed``."""
    choices = list_address_fields(register)
    shared = random.Random(COMMON)
    common = [_select_random_view(shared, choices) for _ in range(COMMON)]
    chance = random.Random(seed)
    while True:
        yield _select_random_view(chance, choices) if chance.random() < NEW else chance.choice(common)


def select_distinct_views(
    chance: random.Random, choices: Mapping[str, Sequence[str]], count: int
) -> list[ViewRequest]:
    """Return a number of different random views."""
    found: dict[tuple, ViewRequest] = {}
    while len(found) < count:
        one = _select_random_view(chance, choices)
        found.setdefault((one.page, *sorted(one.query.items())), one)
    return list(found.values())


def _select_random_view(chance: random.Random, choices: Mapping[str, Sequence[str]]) -> ViewRequest:
    query = {name: chance.choice(values) for name, values in choices.items() if chance.random() > PLAIN}
    return ViewRequest(chance.choice(PAGES), query)


def list_address_fields(register: Register) -> dict[str, list[str]]:
    """Return the fields of the address that visitors change, with the possible values of a register."""
    codes = queries.list_selection_codes(register)
    return {name: codes[name] for name in ("chain", "unit", "by")} | {
        "asof": _list_statement_months(register),
        "lang": [*LANGUAGES],
    }


def _list_statement_months(register: Register) -> list[str]:
    """Return the Jalali months from the first statement to the register's day."""
    first, last = (
        calendar.parse_jalali_date(day[:7])
        for day in (queries.list_statement_days(register)[0], register.compiled_on)
    )
    return [str(month) for month in calendar.list_months_between(first, last)]
