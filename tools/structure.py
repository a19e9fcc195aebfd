"""Measures how the code of ``khoosheh/`` is built, and writes the numbers into docs/architecture.md.

    python -m tools.structure             measures all and writes the table; mypy takes the longest
    python -m tools.structure --check     exit 1 where the page says something else, the count of mypy apart

Shares are rounded to a whole per cent, so that a single function does not make the page stale.
"""

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import grimp

from tools import marked_section

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "khoosheh"
PAGE = ROOT / "docs" / "architecture.md"
SECTION = "structure"
LONG_FILE = 300
# counted by hand, from the commit that added the map of counties: two files of queries, two of the topic, the page,
# both catalogues, and the tests; the change log apart
NEW_CHART = "8"
ONE_WORD, CIRCLES = "function and method names of one word", "imports to remove until no package has a circle"
MEDIAN, P90 = "lines of a function, median", "lines of a function, 90th percentile"
PACKAGES, LONG = "packages", f"Python files of more than {LONG_FILE} lines"
MYPY, CHART = "errors that mypy finds", "files to touch for a new chart"

Function = ast.FunctionDef | ast.AsyncFunctionDef


def measure_code(folder: Path) -> dict[str, str]:
    """Return what one reading of the Python files below ``folder`` tells: row of the table, value."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.py"))]
    functions = [one for text in texts for one in find_functions(text)]
    lengths = [count_lines(one) for one in functions]
    named = [one.name for one in functions if not is_dunder(one.name)]
    single = sum(map(is_one_word, named))
    return {
        ONE_WORD: f"{single / len(named):.0%}",
        MEDIAN: f"{statistics.median(lengths):.0f}",
        P90: f"{statistics.quantiles(lengths, n=10, method='inclusive')[-1]:.0f}",
        PACKAGES: str(sum(1 for _ in folder.rglob("__init__.py"))),
        LONG: str(sum(len(text.splitlines()) > LONG_FILE for text in texts)),
    }


def find_functions(text: str) -> list[Function]:
    """Return all functions of a module: methods and functions within functions too."""
    return [one for one in ast.walk(ast.parse(text)) if isinstance(one, Function)]


def count_lines(function: Function) -> int:
    """Return how many lines a function takes from ``def`` on, docstring and blank lines among them."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def is_dunder(name: str) -> bool:
    """Return whether Python gives the name its meaning."""
    return name.startswith("__") and name.endswith("__")


def is_one_word(name: str) -> bool:
    """Return whether a name is one word; an underscore in front says that it is private and is no word."""
    return "_" not in name.strip("_")


def count_circles(package: str) -> int:
    """Return how many imports would have to go until no package below ``package`` has a circle among its parts."""
    graph = grimp.build_graph(package, cache_dir=None)
    packages = [one for one in graph.modules if graph.find_children(one)]
    return sum(len(graph.nominate_cycle_breakers(one)) for one in packages)


def count_mypy_errors() -> int:
    """Return how many errors mypy finds, as pyproject.toml sets it; raises ``RuntimeError`` where it does not run."""
    run = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True, check=False)
    found = re.search(r"^(?:Found (\d+) error|Success)", run.stdout, re.MULTILINE)
    if not found:
        raise RuntimeError(run.stderr or run.stdout)
    return int(found.group(1) or 0)


def measure_quickly() -> dict[str, str]:
    """Return all rows that take seconds."""
    return {**measure_code(ROOT / PACKAGE), CIRCLES: str(count_circles(PACKAGE)), CHART: NEW_CHART}


def build_table(rows: Mapping[str, str]) -> str:
    """Return the rows as a Markdown table."""
    lines = [("measured", "value"), ("---", "---"), *rows.items()]
    return "\n".join(f"| {name} | {value} |" for name, value in lines)


def read_table(lines: Iterable[str]) -> dict[str, str]:
    """Return the rows of a table that :func:`build_table` wrote."""
    cells = [line.strip("| ").split(" | ") for line in lines]
    return {one[0]: one[1] for one in cells[2:]}


def find_stale_rows(page: str) -> dict[str, str]:
    """Return the rows of the page that are not true any more, with what is measured now."""
    written = read_table(marked_section.read_section(page, SECTION).splitlines())
    return {name: value for name, value in measure_quickly().items() if written.get(name) != value}


def main(arguments: list[str]) -> int:
    """Write the table, or compare it with ``--check``."""
    page = PAGE.read_text(encoding="utf-8")
    if "--check" in arguments:
        stale = find_stale_rows(page)
        print("\n".join(f"{name}: {value} now" for name, value in stale.items()))
        return int(bool(stale))
    table = build_table({**measure_quickly(), MYPY: str(count_mypy_errors())})
    print(table)
    PAGE.write_text(marked_section.replace_section(page, SECTION, table), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
