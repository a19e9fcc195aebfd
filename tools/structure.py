"""Measure the structure of the code in ``khoosheh/``, and write the numbers into docs/architecture.md.

    python -m tools.structure             measures all and writes the table; mypy takes the longest
    python -m tools.structure --check     exit 1 if the page has other numbers; the count of mypy is not compared

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
    """Return the numbers that the text of the Python files below ``folder`` gives, by row of the table."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.py"))]
    functions = [function for text in texts for function in find_functions(text)]
    lengths = [count_lines(function) for function in functions]
    names = [function.name for function in functions if not is_dunder(function.name)]
    single = sum(map(is_one_word, names))
    return {
        ONE_WORD: f"{single / len(names):.0%}",
        MEDIAN: f"{statistics.median(lengths):.0f}",
        P90: f"{statistics.quantiles(lengths, n=10, method='inclusive')[-1]:.0f}",
        PACKAGES: str(sum(1 for _ in folder.rglob("__init__.py"))),
        LONG: str(sum(len(text.splitlines()) > LONG_FILE for text in texts)),
    }


def find_functions(text: str) -> list[Function]:
    """Return all functions of a module, methods and functions within functions included."""
    return [node for node in ast.walk(ast.parse(text)) if isinstance(node, Function)]


def count_lines(function: Function) -> int:
    """Return the number of lines of a function from ``def`` on, docstring and blank lines included."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def is_dunder(name: str) -> bool:
    """Return whether a name is one of Python's special names, such as ``__init__``."""
    return name.startswith("__") and name.endswith("__")


def is_one_word(name: str) -> bool:
    """Return whether a name is one word; a leading underscore only marks it as private."""
    return "_" not in name.strip("_")


def count_circles(package: str) -> int:
    """Return how many imports must be removed until no package below ``package`` has a circle among its parts."""
    graph = grimp.build_graph(package, cache_dir=None)
    packages = [module for module in graph.modules if graph.find_children(module)]
    return sum(len(graph.nominate_cycle_breakers(parent)) for parent in packages)


def count_mypy_errors() -> int:
    """Return the number of errors that mypy finds; raises ``RuntimeError`` if mypy does not run."""
    run = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True, check=False)
    summary = re.search(r"^(?:Found (\d+) error|Success)", run.stdout, re.MULTILINE)
    if not summary:
        raise RuntimeError(run.stderr or run.stdout)
    return int(summary.group(1) or 0)


def measure_quickly() -> dict[str, str]:
    """Return all rows of the table that take seconds to measure: all except the count of mypy."""
    return {**measure_code(ROOT / PACKAGE), CIRCLES: str(count_circles(PACKAGE)), CHART: NEW_CHART}


def build_table(rows: Mapping[str, str]) -> str:
    """Return the rows as a Markdown table."""
    lines = [("measured", "value"), ("---", "---"), *rows.items()]
    return "\n".join(f"| {name} | {value} |" for name, value in lines)


def read_table(lines: Iterable[str]) -> dict[str, str]:
    """Return the rows of a table that :func:`build_table` has built."""
    cells = [line.strip("| ").split(" | ") for line in lines]
    return {row[0]: row[1] for row in cells[2:]}


def find_stale_rows(page: str) -> dict[str, str]:
    """Return the rows of the page that are out of date, with their present values."""
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
