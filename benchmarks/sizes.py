"""``python -m benchmarks.sizes``: times of the engines on registers of two sizes, as a Markdown table.

Made-up countries in CSV and in Parquet are read by each engine in a new process; each question is asked once, as by
the first visitor. Spark needs ``requirements-spark.txt`` and Java.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from khoosheh import queries, register, synthetic
from khoosheh.engines import ENVIRONMENT, count_rows
from khoosheh.measures.evidence import SEARCHED, filter_by_query
from khoosheh.measures.scope import Selection
from khoosheh.register import parquet_package
from testing.servers import read_memory_kb

MANY, MOST = 100_000, 1_000_000
# statements, format, engine; no million in CSV, which takes a minute to read
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
            found = _measure_in_subprocess(_prepare_register(Path(folder), count, form), engine)
            print(f"| {count:,}, {form} | {engine} | {' | '.join(found)} |", flush=True)


def _prepare_register(folder: Path, count: int, form: str) -> Path:
    """Return the package of a made-up country in a format, written if it does not exist."""
    csv, parquet = (folder / f"{one}-{count}" for one in ("csv", "parquet"))
    if not csv.exists():
        synthetic.write_synthetic_package(csv, count)
        parquet_package.write_columnar_package(parquet, register.load_register(csv), SEARCHED)
    return csv if form == "csv" else parquet


def _measure_in_subprocess(path: Path, engine: str) -> list[str]:
    """Run the measurement in a new process and return its results."""
    command = [sys.executable, "-m", "benchmarks.sizes", str(path)]
    done = subprocess.run(command, env=os.environ | {ENVIRONMENT: engine}, capture_output=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def measure_register(path: Path) -> Iterator[str]:
    """Yield the seconds of loading and of each question, and the megabytes of memory at the end."""
    began = time.perf_counter()
    found, everything = register.load_register(path), Selection()
    yield _format_elapsed_seconds(began)
    words = queries.read_register_table(found, "projects")["name_fa"][0]
    for ask in (
        lambda: queries.query_investment_amounts(found, everything),
        lambda: queries.query_commitments(found, everything),
        lambda: queries.query_completion_history(found, everything),
        lambda: count_rows(filter_by_query(queries.select_all_known_statements(found, everything), words)),
    ):
        yield _time_query(ask)
    yield f"{read_memory_kb(os.getpid()) / 1024:,.0f}"


def _time_query(ask: Callable[[], object]) -> str:
    began = time.perf_counter()
    ask()
    return _format_elapsed_seconds(began)


def _format_elapsed_seconds(began: float) -> str:
    took = time.perf_counter() - began
    return f"{took:.2f}" if took < 1 else f"{took:.1f}"


if __name__ == "__main__":
    if sys.argv[1:]:
        print(json.dumps(list(measure_register(Path(sys.argv[1])))))
    else:
        main()
