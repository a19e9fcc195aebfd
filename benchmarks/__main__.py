"""``python -m benchmarks``: loading and dates, as seconds and as ratios within this run.

A made-up country stands in for large registers; see ``khoosheh.scale``.
"""

import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.speed import report
from khoosheh import board, calendar, register, scale
from khoosheh.measures.scope import Selection

MANY = 100_000
DATES = 1_000_000


def seconds(work: Callable[[], object], runs: int = 3) -> float:
    """Return the median time of some runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Measure and print."""
    print(f"{platform.machine()}, Python {platform.python_version()}, pandas {pd.__version__}")
    folder = Path(tempfile.mkdtemp())
    written = seconds(lambda: scale.write(folder, MANY), 1)
    plain = seconds(lambda: pd.read_csv(folder / "statements.csv", dtype=str))
    shipped = seconds(register.load, 5)
    loaded = seconds(lambda: register.load(folder), 1)
    show(f"write {MANY:,} statements", written, plain)
    show("load the shipped package", shipped, plain)
    show(f"load {MANY:,} statements", loaded, plain)
    show(f"(plain pandas read of {MANY:,} rows)", plain, plain)
    days = pd.Series(np.random.default_rng(1).integers(0, 100_000, DATES))
    parts = calendar.jalali_parts(pd.Timestamp("1830-01-01") + pd.to_timedelta(days, "D"))
    texts = parts["year"].astype(str) + "/" + parts["month"].astype(str) + "/" + parts["day"].astype(str)
    show(f"read {DATES:,} dates", seconds(lambda: calendar.parse_many(texts)), plain)
    one = seconds(lambda: [calendar.parse(text) for text in texts.head(10_000)], 1) * DATES / 10_000
    show("(the same one by one, reckoned from 10,000)", one, plain)
    small, big = register.load(), register.load(folder)
    for ask in (board.amounts, board.places, board.completion, board.promises, board.uses):
        # A register remembers what it was asked: only the first time is work.
        show(f"{ask.__name__}, shipped", seconds(lambda ask=ask: ask(small, Selection()), 1), plain)
        show(f"{ask.__name__}, {MANY:,} statements", seconds(lambda ask=ask: ask(big, Selection()), 1), plain)
    report.write()
    print(f"the rest stands in {report.PAGE}")


def show(what: str, took: float, unit: float) -> None:
    """Print one figure."""
    print(f"{what:48} {took:8.3f} s {took / unit:9.2f} x plain read")


if __name__ == "__main__":
    main()
