"""What is kept of drawings: made once a view, never another view's, and no more of it than there is room for."""

import random
from dataclasses import replace
from types import SimpleNamespace

from streamlit.testing.v1 import AppTest

from khoosheh import register
from khoosheh.figures.theme import Theme
from khoosheh.register.cache import AnswerStore
from khoosheh.ui.layout import cached_render
from khoosheh.ui.state.view import View
from testing import made_up

APP = made_up.SHIPPED.parent / "app.py"
ADDRESSES = [
    ("investment", {}),
    ("investment", {"lang": "en"}),
    ("investment", {"chain": "steel", "unit": "hemat"}),
    ("investment", {"chain": "steel", "unit": "hemat", "asof": "1403-06"}),
    ("value_chains", {"chain": "steel"}),
    ("value_chains", {"chain": "steel", "asof": "1403-06"}),
    ("ranking", {}),
    ("ranking", {"province": "IR-03"}),
    ("overview", {}),
    ("overview", {"chain": "steel", "asof": "1403-06"}),
    ("schedule", {"lang": "en"}),
    ("schedule", {"asof": "1403-06-01"}),
    ("cluster", {}),
    ("cluster", {"asof": "1403-06"}),
]


def asker(of: register.Register, view: View | None = None, theme: Theme | None = None) -> SimpleNamespace:
    return SimpleNamespace(register=of, view=view or View(), theme=theme or Theme())


def test_made_once_for_all_who_ask_for_the_same_view(invented_path):
    one, other, made = register.load_register(invented_path), register.load_register(invented_path), []

    def ask(page: SimpleNamespace, key: str = "map") -> str:
        return cached_render.cached_render(page, key, lambda: made.append(key) or f"drawing {len(made)}")

    first = ask(asker(one))
    assert ask(asker(one)) == first
    different = [
        ask(asker(other)),
        ask(asker(one), "bars"),
        ask(asker(one, theme=Theme("en"))),
        ask(asker(one, theme=Theme("fa", "dark"))),
        ask(asker(one, replace(View(), chain=("tea",)))),
        ask(asker(one, replace(View(), asof="1402"))),
    ]
    assert len({first, *different}) == len(different) + 1
    assert ask(asker(one)) == first


def test_what_was_asked_for_longest_ago_is_forgotten_first(invented_path, monkeypatch):
    monkeypatch.setattr(cached_render, "STORE", AnswerStore(30_000))
    page = asker(register.load_register(invented_path))
    made = []
    for key in "abacab":
        cached_render.cached_render(page, key, lambda key=key: made.append(key) or key * 10_000)
    assert made == ["a", "b", "c", "b"]


def drawn(page: str, query: dict[str, str]) -> list[str]:
    """Return the figures, maps and tables of a page as they travel to the browser."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.run()
    for name, value in query.items():
        app.query_params[name] = value
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return [str(one.proto) for kind in ("bidi_component", "html") for one in app.get(kind)]


def test_pages_are_the_same_as_without_it(monkeypatch):
    order = random.Random(1).sample(ADDRESSES, len(ADDRESSES))
    # first all are made, in the second round all are kept
    for address in order:
        drawn(*address)
    random.Random(2).shuffle(order)
    with_it = [drawn(*address) for address in order]
    monkeypatch.setattr(cached_render, "STORE", AnswerStore(0))
    fresh = {(page, str(query)): drawn(page, query) for page, query in ADDRESSES}
    for (page, query), found in zip(order, with_it, strict=True):
        assert found == fresh[page, str(query)], (page, query)
    assert all(any("figure" in one for one in found) for found in fresh.values())
