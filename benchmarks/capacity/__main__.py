"""``python -m benchmarks.capacity``: how many changes a second one process answers, and two behind nginx.

Prints Markdown; ``--write`` puts it into ``docs/performance.md``. Takes some minutes, ``--quick`` less than one on an
idle machine, with fewer views and one process only.
"""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager

from benchmarks.capacity import load, machine, page, replicas
from benchmarks.capacity.load import Found
from benchmarks.capacity.replicas import Setup
from khoosheh import register
from khoosheh.register import Register

VIEWS, CHANGES, PACED_S = 40, 300, 15.0
QUICK_VIEWS, QUICK_CHANGES, QUICK_S = 10, 60, 4.0
# how often views that were asked before are asked again
AGAIN = 4
CROWDS = {page.ONE: (10, 50), page.TWO: (50,)}


def main() -> None:
    """Measure, print and write."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.capacity", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="fewer views, one process only")
    asked.add_argument("--write", action="store_true", help=f"put the result into {page.PAGE.name}")
    given = asked.parse_args()
    found = dict(measure(given.quick))
    told = page.section(found)
    print(told)
    if given.write:
        page.write(told)


def measure(quick: bool) -> Iterator[tuple[tuple[str, str], Found]]:
    """Yield what was measured, by setup and kind of change."""
    shipped = register.load()
    setups = {page.ONE: replicas.single} if quick else {page.ONE: replicas.single, page.TWO: replicas.pair}
    for name, start in setups.items():
        for kind, found in _of(start(), CROWDS[name], shipped, quick):
            print(f"{name}, {kind}: {page.brief(found)}", flush=True)
            yield (name, kind), found


def _of(
    started: AbstractContextManager[Setup], crowds: Sequence[int], shipped: Register, quick: bool
) -> Iterator[tuple[str, Found]]:
    views, changes, seconds = (QUICK_VIEWS, QUICK_CHANGES, QUICK_S) if quick else (VIEWS, CHANGES, PACED_S)
    mixed, same = load.mixed(shipped, views), load.one_page(changes)
    with started as setup:
        machine.await_rest(setup.processes)
        # views of the page that all measure: each replica works them out once
        load.saturate(setup, load.one_page(4))
        yield page.SAME, load.saturate(setup, same)
        yield page.FIRST, load.saturate(setup, mixed)
        yield page.AGAIN, load.saturate(setup, mixed * AGAIN)
        for many in crowds:
            yield f"{many}, {page.SAME}", load.paced(setup, same, many, seconds)
            yield f"{many}, {page.AGAIN}", load.paced(setup, mixed, many, seconds)


if __name__ == "__main__":
    main()
