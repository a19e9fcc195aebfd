"""What all tests share: the shipped register and the made-up one, and which tests `make check` leaves to `make test`."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from khoosheh import register
from testing import made_up

HERE = Path(__file__).parent
# Folders and files of tests: they start processes or servers, wait for clocks, or load many registers. Single tests
# that need LibreOffice, nginx or Spark are marked where they stand.
MARKS = {
    "browser": ("browser",),
    "slow": (
        "deploy/test_watchdog.py",
        "engines",
        "exports/test_exports.py",
        "exports/test_package.py",
        "intake/test_csv_tables.py",
        "intake/test_hostile_files.py",
        "intake/test_mutations.py",
        "intake/test_reading.py",
        "intake/test_second_province.py",
        "intake/test_template.py",
        "measures/test_no_interval_is_upside_down.py",
        "measures/test_row_schemas.py",
        "publishing",
        "register/test_answer_cache.py",
        "register/test_cache_budget.py",
        "register/test_cells.py",
        "register/test_loading.py",
        "register/test_register_loading.py",
        "synthetic",
        "test_cli.py",
        "test_cli_files.py",
        "test_cli_publish.py",
        "test_cli_serve.py",
        "test_hostile_characters.py",
        "test_names_like_nothing.py",
        "test_temporary.py",
        "ui/layout/test_cached_render.py",
        "ui/pages",
        "ui/serving/test_warm_up.py",
        "ui/state/test_crowd.py",
        "uploads",
    ),
}


# Files whose tests share a server, an environment or a large package that takes many seconds to make: a file goes to
# one of the processes that tests are shared out among, so that it is made once.
TOGETHER = (
    "browser/test_base_path.py", "browser/test_hostile_words.py", "browser/test_installed.py",
    "browser/test_upload_endpoint.py", "exports/test_pptx_rendered.py", "intake/test_second_province.py",
    "synthetic/test_synthetic.py",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for mark, places in MARKS.items():
        _mark(items, places, lambda item, mark=mark: mark)
    _mark(items, TOGETHER, lambda item: pytest.mark.xdist_group(item.path.stem))


def _mark(items: list[pytest.Item], places: Iterable[str], mark_of: Callable) -> None:
    paths = {HERE / place for place in places}
    # who renames a file also renames it here: its tests would else lose their mark, and nobody would see it
    assert all(path.exists() for path in paths), [path for path in paths if not path.exists()]
    for item in items:
        if paths & {item.path, *item.path.parents}:
            item.add_marker(mark_of(item))


@pytest.fixture(scope="session")
def shipped() -> register.Register:
    return register.load_register(made_up.SHIPPED)


@pytest.fixture(scope="session")
def invented_path(tmp_path_factory) -> Path:
    return made_up.write(tmp_path_factory.mktemp("nemunestan"))


@pytest.fixture(scope="session")
def invented(invented_path) -> register.Register:
    return register.load_register(invented_path)
