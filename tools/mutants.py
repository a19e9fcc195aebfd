"""Changes one module a line at a time, and tells which changes no test notices.

    python -m tools.mutants khoosheh/money.py                                  with the tests that mirror it
    python -m tools.mutants khoosheh/measures/scope.py tests/measures          with other tests

mutmut does the work, on a copy of the project in a temporary folder: of all that is written there nothing is left.
Mutants that survive are printed as differences; docs/mutants.md has those that were judged.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COPIED = shutil.ignore_patterns(".git", ".venv*", ".*_cache", "__pycache__", "site")
# mutmut copies these beside the package, where tests look for them
BESIDE = (
    "app.py", "pages", "data", "static", "tools", "testing", "benchmarks", "deploy", "docs", "README.md",
    ".streamlit",
)  # fmt: skip
WORKERS = "2"


def find_mirroring_tests(module: Path) -> list[Path]:
    """Return the tests that mirror a module of ``khoosheh/``: its own file, else those of its package."""
    inside = module.relative_to("khoosheh")
    candidates = [
        Path("tests", inside.parent, f"test_{inside.stem}.py"),
        Path("tests", inside.parent),
        Path("tests", f"test_{inside.parts[0].removesuffix('.py')}.py"),
    ]
    found = [path for path in candidates if (ROOT / path).exists() and path != Path("tests")]
    return found[:1]


def build_settings(module: Path, tests: list[Path]) -> str:
    """Return the section of mutmut for pyproject.toml."""
    return "\n".join([
        "[tool.mutmut]",
        'source_paths = ["khoosheh"]',
        f"only_mutate = {[module.as_posix()]}",
        f"also_copy = {[*BESIDE, 'pyproject.toml']}",
        'pytest_add_cli_args = ["-p", "no:cacheprovider"]',
        f"pytest_add_cli_args_test_selection = {[path.as_posix() for path in tests]}",
        "",
    ])  # fmt: skip


def list_survivors(folder: Path) -> list[str]:
    """Return the names of the mutants that survived, or that no test ran, in a folder where mutmut has run."""
    run = subprocess.run(
        [sys.executable, "-m", "mutmut", "results"], cwd=folder, capture_output=True, text=True, check=True
    )
    return [
        line.split(":")[0].strip()
        for line in run.stdout.splitlines()
        if line.strip().endswith(("survived", "no tests"))
    ]


def run_mutants(module: Path, tests: list[Path], folder: Path) -> list[str]:
    """Run all mutants of a module in a copy of the project; return the differences that no test notices."""
    shutil.copytree(ROOT, folder, ignore=COPIED, dirs_exist_ok=True)
    settings = folder / "pyproject.toml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}\n{build_settings(module, tests)}", encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "mutmut", "run", "--max-children", WORKERS],
        cwd=folder, stdout=subprocess.DEVNULL, check=True,
    )  # fmt: skip
    return [
        subprocess.run(
            [sys.executable, "-m", "mutmut", "show", name], cwd=folder, capture_output=True, text=True, check=True
        ).stdout
        for name in list_survivors(folder)
    ]


def main(arguments: list[str]) -> int:
    """Print the surviving mutants of a module; return 1 if there are any."""
    module = Path(arguments[0])
    tests = [Path(path) for path in arguments[1:]] or find_mirroring_tests(module)
    with tempfile.TemporaryDirectory() as folder:
        survivors = run_mutants(module, tests, Path(folder))
    print("\n".join(survivors))
    print(f"{module}: {len(survivors)} mutants survive {' '.join(map(str, tests))}")
    return int(bool(survivors))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
