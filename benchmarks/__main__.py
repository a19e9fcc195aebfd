"""``python -m benchmarks``: times of loading, dates and queries, in seconds and as ratios to a plain read.

With ``--quick`` only the pages are compared with the rival's in the browser, in three minutes; nothing is written.

Large registers are those of a made-up country, see :mod:`khoosheh.synthetic`.
"""

import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.speed import report
from khoosheh import calendar, queries, register, synthetic
from khoosheh.measures.scope import Selection
from khoosheh.topics import registry

MANY = 100_000
DATES = 1_000_000


def measure_median_seconds(work: Callable[[], object], runs: int = 3) -> float:
    """Return the median time of some runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    if "--quick" in arguments:
        print(report.build_quick_comparison())
        return
    print(f"{platform.machine()}, Python {platform.python_version()}, pandas {pd.__version__}")
    folder = Path(tempfile.mkdtemp())
    written = measure_median_seconds(lambda: synthetic.write_synthetic_package(folder, MANY), 1)
    plain = measure_median_seconds(lambda: pd.read_csv(folder / "statements.csv", dtype=str))
    shipped = measure_median_seconds(register.load_register, 5)
    loaded = measure_median_seconds(lambda: register.load_register(folder), 1)
    print_measurement(f"write {MANY:,} statements", written, plain)
    print_measurement("load the shipped package", shipped, plain)
    print_measurement(f"load {MANY:,} statements", loaded, plain)
    print_measurement(f"(plain pandas read of {MANY:,} rows)", plain, plain)
    days = pd.Series(np.random.default_rng(1).integers(0, 100_000, DATES))
    parts = calendar.split_jalali_parts(pd.Timestamp("1830-01-01") + pd.to_timedelta(days, "D"))
    texts = parts["year"].astype(str) + "/" + parts["month"].astype(str) + "/" + parts["day"].astype(str)
    print_measurement(
        f"read {DATES:,} dates", measure_median_seconds(lambda: calendar.parse_jalali_dates(texts)), plain
    )
    one = (
        measure_median_seconds(lambda: [calendar.parse_jalali_date(text) for text in texts.head(10_000)], 1)
        * DATES
        / 10_000
    )
    print_measurement("(the same one by one, reckoned from 10,000)", one, plain)
    small, big = register.load_register(), register.load_register(folder)
    for ask in (
        queries.query_investment_amounts,
        queries.query_province_rankings,
        queries.query_chain_completion,
        queries.query_commitments,
        registry.find_pages_by_statement,
    ):
        # a register caches its answers: only the first call computes
        print_measurement(
            f"{ask.__name__}, shipped", measure_median_seconds(lambda ask=ask: ask(small, Selection()), 1), plain
        )
        print_measurement(
            f"{ask.__name__}, {MANY:,} statements",
            measure_median_seconds(lambda ask=ask: ask(big, Selection()), 1),
            plain,
        )
    report.write_performance_report()
    print(f"the rest stands in {report.PAGE}")


def print_measurement(what: str, took: float, unit: float) -> None:
    """Print one figure."""
    print(f"{what:48} {took:8.3f} s {took / unit:9.2f} x plain read")


if __name__ == "__main__":
    main(sys.argv[1:])
