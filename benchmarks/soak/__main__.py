"""``python -m benchmarks.soak``: an hour of visitors, written to ``docs/soak.md`` with a picture.

A run that is interrupted writes nothing.
"""

import argparse
import os
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.soak import report
from benchmarks.soak.crowd import Crowd
from benchmarks.soak.report import Soak
from benchmarks.speed import servers
from khoosheh import register

SAMPLE_S, MINUTE_S = 10.0, 60


def main() -> None:
    """Run the benchmark, print a line per minute, and write the report."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    asked.add_argument("--minutes", type=float, default=60)
    asked.add_argument("--visitors", type=int, default=10)
    asked.add_argument("--to", type=Path, default=report.DOCS, help="folder for soak.md and pictures/soak.png")
    given = asked.parse_args()
    report.write_soak_report(run_soak(given.minutes, given.visitors), given.to)


def run_soak(minutes: float, visitors: int) -> Soak:
    """Run visitors against the app as shipped; raises an error if the server ends."""
    with servers.serve_app() as server:
        crowd = Crowd(server.address, register.load_register(), visitors)
        held, began = [(0.0, server.memory_mb())], f"{datetime.now(UTC):%Y-%m-%d %H:%M}"
        loads = []
        crowd.come(minutes * MINUTE_S)
        for sample in range(1, int(minutes * MINUTE_S / SAMPLE_S) + 1):
            time.sleep(max(0.0, sample * SAMPLE_S - crowd.passed()))
            held.append((crowd.passed(), server.memory_mb()))
            loads.append(os.getloadavg()[0])
            if sample * SAMPLE_S % MINUTE_S == 0:
                _print_minute(crowd, held[-1])
        crowd.leave()
    for due, fault in crowd.met.errors:
        print(f"error at {due:.0f} s: {fault}", flush=True)
    return Soak(began, minutes, visitors, held, loads, crowd.met)


def _print_minute(crowd: Crowd, held: tuple[float, float]) -> None:
    """Print the results of the last minute."""
    at, megabytes = held
    taken, errors = crowd.met.between(at - MINUTE_S, at)
    half, most = (f"{report.compute_quantile(taken, share) * 1000:.0f}" for share in (0.5, 0.95))
    print(f"{at / MINUTE_S:5.1f} min {megabytes:7.1f} MB  p50 {half} ms  p95 {most} ms  errors {errors}", flush=True)


if __name__ == "__main__":
    main()
