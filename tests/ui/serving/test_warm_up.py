"""What the first visitor would wait for is asked while the server starts, and its faults are left for the page to tell."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from khoosheh.register.cache import AnswerStore
from khoosheh.topics import registry
from khoosheh.ui.markup.page_list import PAGES
from khoosheh.ui.serving import warm_up
from khoosheh.ui.state import loading, neighbours

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    # a server that another test started in this process may answer ahead for the views that are shown here
    monkeypatch.setattr(neighbours.WARMER, "request", lambda shown: None)
    loading._load_cached_package.clear()
    yield
    loading._load_cached_package.clear()


def made(monkeypatch) -> list[str]:
    """Return a list of the questions that are answered anew from now on, which grows."""
    names, plain = [], AnswerStore.answer

    def answer(self, of, function, arguments, make):
        def told():
            names.append(function.__name__)
            return make()

        return plain(self, of, function, arguments, told)

    monkeypatch.setattr(AnswerStore, "answer", answer)
    return names


def test_what_was_asked_ahead_is_not_asked_again(invented_path, monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(invented_path))
    warm_up.start_cache_warming().join(60)
    names = made(monkeypatch)
    warm_up.warm_register_cache()
    assert names == []


@pytest.mark.parametrize("page", [one for one in PAGES if one not in {"data", "present"}])
def test_no_page_without_filters_asks_much_more(page, monkeypatch):
    """Given the shipped register, what is left to a first visitor is cheap."""
    warm_up.warm_register_cache()
    names = made(monkeypatch)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.run()
    app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
    assert not app.exception
    dear = {one.__name__ for one in registry.list_warm_queries()} | {
        "compare_days",
        "find_pages_by_statement",
        "_read_commitment_statements",
        "_select_state_statements",
        "_convert_all_amounts",
        "select_province_statements",
    }
    assert dear.isdisjoint(names), sorted(dear & set(names))


def test_a_faulty_package_is_left_to_the_page(tmp_path, monkeypatch, caplog):
    monkeypatch.setenv("KHOOSHEH_DATA", str(tmp_path / "none"))
    warm_up.warm_register_cache()
    assert "nothing was asked ahead" in caplog.text
