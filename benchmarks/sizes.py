"""``python -m benchmarks.sizes``: which engine takes how long on which size, as a Markdown table.

Made-up countries, as CSV and in Parquet, read by each engine in a process of its own; each question is asked once, as
by the first visitor. Spark needs ``requirements-spark.txt`` and Java.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.speed.servers import memory_kb
from khoosheh import board, register, scale
from khoosheh.engines import ENVIRONMENT, size
from khoosheh.measures.evidence import SEARCHED, search
from khoosheh.measures.scope import Selection
from khoosheh.register import columnar

MANY, MOST = 100_000, 1_000_000
# statements, form, engine; a million as CSV take a minute to read, which is why they are kept in Parquet
CASES = (
    (MANY, "csv", "pandas"), (MANY, "parquet", "pandas"), (MANY, "parquet", "duckdb"),
    (MOST, "parquet", "pandas"), (MOST, "parquet", "duckdb"), (MOST, "parquet", "local[2]"),
)  # fmt: skip
QUESTIONS = ("investment", "promises", "history of chains", "words found")
HEADINGS = ("register", "read by", "start", *QUESTIONS, "MB afterwards")


def main() -> None:
    """Write the registers, measure and print."""
    print(f"| {' | '.join(HEADINGS)} |\n{'|---' * len(HEADINGS)}|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for count, form, engine in CASES:
            found = _apart(_register(Path(folder), count, form), engine)
            print(f"| {count:,}, {form} | {engine} | {' | '.join(found)} |", flush=True)


def _register(folder: Path, count: int, form: str) -> Path:
    """Return a made-up country in a form, written where it is not there."""
    csv, parquet = (folder / f"{one}-{count}" for one in ("csv", "parquet"))
    if not csv.exists():
        scale.write(csv, count)
        columnar.write(parquet, register.load(csv), SEARCHED)
    return csv if form == "csv" else parquet


def _apart(path: Path, engine: str) -> list[str]:
    """Measure in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.sizes", str(path)]
    done = subprocess.run(command, env=os.environ | {ENVIRONMENT: engine}, capture_output=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def one(path: Path) -> Iterator[str]:
    """Yield what a register takes: seconds to begin and of each question, and the megabytes held at last."""
    began = time.perf_counter()
    found, everything = register.load(path), Selection()
    yield _seconds(began)
    words = board.table(found, "projects")["name_fa"][0]
    for ask in (
        lambda: board.amounts(found, everything),
        lambda: board.promises(found, everything),
        lambda: board.history(found, everything),
        lambda: size(search(board.everywhere(found, everything), words)),
    ):
        yield _timed(ask)
    yield f"{memory_kb(os.getpid()) / 1024:,.0f}"


def _timed(ask: Callable[[], object]) -> str:
    began = time.perf_counter()
    ask()
    return _seconds(began)


def _seconds(began: float) -> str:
    took = time.perf_counter() - began
    return f"{took:.2f}" if took < 1 else f"{took:.1f}"


if __name__ == "__main__":
    if sys.argv[1:]:
        print(json.dumps(list(one(Path(sys.argv[1])))))
    else:
        main()
