"""A store of its own for what a test asks."""

import pytest

from khoosheh.limits import MIB
from khoosheh.register import cache


@pytest.fixture
def store(monkeypatch) -> cache.AnswerStore:
    """Return an empty store with much room, which questions are kept in from now on."""
    fresh = cache.AnswerStore(100 * MIB)
    monkeypatch.setattr(cache, "STORE", fresh)
    return fresh
