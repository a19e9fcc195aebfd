"""``python -m benchmarks.capacity``: changes per second of one process, and of two behind nginx.

Prints Markdown; ``--write`` puts it into ``docs/performance.md``. Takes some minutes, ``--quick`` less than one on an
idle machine, with fewer views and one process only.
"""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager

from benchmarks.capacity import load, machine, page, replicas
from benchmarks.capacity.load import LoadResult
from benchmarks.capacity.replicas import Setup
from khoosheh import register
from khoosheh.register import Register

VIEWS, CHANGES, PACED_S = 40, 300, 15.0
QUICK_VIEWS, QUICK_CHANGES, QUICK_S = 10, 60, 4.0
# repetitions of views that were requested before
AGAIN = 4
CROWDS = {page.ONE: (10, 50), page.TWO: (50,)}


def main() -> None:
    """Measure, print and write."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.capacity", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="fewer views, one process only")
    asked.add_argument("--write", action="store_true", help=f"put the result into {page.PAGE.name}")
    given = asked.parse_args()
    found = dict(measure_capacity(given.quick))
    told = page.build_capacity_section(found)
    print(told)
    if given.write:
        page.write_capacity_section(told)


def measure_capacity(quick: bool) -> Iterator[tuple[tuple[str, str], LoadResult]]:
    """Yield the results with their setup and kind of change."""
    shipped = register.load_register()
    setups = (
        {page.ONE: replicas.start_single_process}
        if quick
        else {page.ONE: replicas.start_single_process, page.TWO: replicas.start_replica_pair}
    )
    for name, start in setups.items():
        for kind, found in _measure_setup(start(), CROWDS[name], shipped, quick):
            print(f"{name}, {kind}: {page.format_load_result(found)}", flush=True)
            yield (name, kind), found


def _measure_setup(
    started: AbstractContextManager[Setup], crowds: Sequence[int], shipped: Register, quick: bool
) -> Iterator[tuple[str, LoadResult]]:
    views, changes, seconds = (QUICK_VIEWS, QUICK_CHANGES, QUICK_S) if quick else (VIEWS, CHANGES, PACED_S)
    mixed, same = load.build_mixed_views(shipped, views), load.build_repeated_views(changes)
    with started as setup:
        machine.wait_until_idle(setup.processes)
        # views of the page that all measure: each replica works them out once
        load.measure_saturated(setup, load.build_repeated_views(4))
        yield page.SAME, load.measure_saturated(setup, same)
        yield page.FIRST, load.measure_saturated(setup, mixed)
        yield page.AGAIN, load.measure_saturated(setup, mixed * AGAIN)
        for many in crowds:
            yield f"{many}, {page.SAME}", load.measure_paced(setup, same, many, seconds)
            yield f"{many}, {page.AGAIN}", load.measure_paced(setup, mixed, many, seconds)


if __name__ == "__main__":
    main()
