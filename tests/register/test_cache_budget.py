"""One bound of bytes for all that is kept: of every register, with sizes that are near what memory is really taken."""

import ctypes
import gc
import inspect
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Barrier, Event
from types import MappingProxyType, SimpleNamespace

import narwhals as nw
import pandas as pd
import pyarrow as pa
import pytest

from khoosheh import queries, register
from khoosheh.figures.theme import Theme
from khoosheh.measures.scope import Selection
from khoosheh.register import Register, cached_per_register, memory_size
from khoosheh.register.memory_size import measure_memory
from khoosheh.topics import deck
from khoosheh.topics.request import Question
from khoosheh.ui.layout import cached_render
from khoosheh.ui.state.previews import Draft, Drafts
from khoosheh.ui.state.view import View

# an estimate is at most so many times what is measured, or measured so many times an estimate
FACTOR = 2
# of answers below this the estimate is dominated by what each object takes at least
SMALL = 10_000
VIEWS = [Selection()]
build_deck = cached_per_register(deck.build_slide_deck)


def list_questions() -> dict[str, Callable[[Register, Selection], object]]:
    """Return all questions of a register, or of a register and a selection, by their names."""
    found: dict[str, Callable[[Register, Selection], object]] = {}
    for name in queries.__all__:
        ask = getattr(queries, name)
        if not inspect.isfunction(ask):
            continue
        match [one.name for one in inspect.signature(ask).parameters.values()]:
            case ["register", "selection"]:
                found[name] = ask
            case ["register"]:
                found[name] = lambda of, _, ask=ask: ask(of)
    return found


QUESTIONS = list_questions()


def ask_all(of: Register) -> Iterator[object]:
    """Ask all questions and the deck, and draw something, in some views; yield after each."""
    for selection in VIEWS:
        for ask in QUESTIONS.values():
            yield ask(of, selection)
        yield build_deck(of, Question(selection), "fa")
    page = SimpleNamespace(register=of, view=View(), theme=Theme())
    for key in range(5):
        yield cached_render.cached_render(page, key, lambda key=key: f"{key} drawing" * 1000)


@pytest.fixture
def store(store, monkeypatch):
    """Return the store of answers, which drawings are kept in as well."""
    monkeypatch.setattr(cached_render, "STORE", store)
    return store


@pytest.fixture
def traced() -> Iterator[Callable[[], int]]:
    """Return what tells the bytes that Python, NumPy and Arrow have taken since it was first called."""

    def count_bytes() -> int:
        gc.collect()
        if not tracemalloc.is_tracing():
            tracemalloc.start()
        return tracemalloc.get_traced_memory()[0] + pa.total_allocated_bytes()

    yield count_bytes
    tracemalloc.stop()


def test_many_registers_and_previews_stay_within_the_bound(invented_path, store, traced):
    # what is made once for the process is no part of what is measured below
    first = register.load_register(invented_path)
    assert len(list(ask_all(first))) > 30
    most = 2 * store.nbytes
    assert most > 500_000
    del first
    gc.collect()
    assert len(store) == 0
    published = [register.load_register(invented_path) for _ in range(2)]
    previews = Drafts(most=10**9, most_of_owner=10**9)
    for visitor in range(2):
        assert previews.keep(str(visitor), Draft("a.xlsx", register.load_register(invented_path)))
    every = [*published, *(entry.held.register for entry in previews._entries.values())]
    before = traced()
    store.most = most
    asked = 0
    for of in every:
        for _ in ask_all(of):
            asked += 1
            assert store.nbytes <= most
    accounted, kept = store.nbytes, len(store)
    # some had to make room
    assert most / 2 < accounted and 0 < kept < asked
    assert accounted == sum(
        {what: size for one in store._entries.values() for what, size in one.bytes.items()}.values()
    )
    held = traced() - before
    assert most / FACTOR / 2 < held < FACTOR * most, (held, accounted)

    # the previews end, then all
    del every, of
    previews._entries.clear()
    gc.collect()
    left = {key[0]() for key in store._entries}
    assert left <= set(published)
    del left, published
    gc.collect()
    assert (len(store), store.nbytes, store._owners, store._held) == (0, 0, {}, {})


@dataclass(frozen=True)
class Row:
    """A row as slides have them."""

    words: str
    spans: tuple[float, ...]


ANSWERS = {
    **{name: inspect.unwrap(ask) for name, ask in QUESTIONS.items() if hasattr(ask, "__wrapped__") and name != "select_statements"},
    "codes": lambda of, _: inspect.unwrap(queries.list_selection_codes)(of),
    "province": lambda of, _: inspect.unwrap(queries.select_province_statements)(of),
    "deck": lambda of, _: deck.build_slide_deck(of, Question(), "fa"),
    "text": lambda of, _: "رقم" * 10_000,
    "rows": lambda of, _: [{"id": f"{at:09}", "value": float(at), "more": [f"{at}{of.province}"]} for at in range(5000)],
    "objects": lambda of, _: tuple(Row(f"row {at}", (at + 0.5, at + 0.7)) for at in range(5000)),
    "index": lambda of, _: MappingProxyType({f"{at:09}": f"some words of {at}" for at in range(20_000)}),
    "drawn": lambda of, _: partial(max, [f"row {at}" for at in range(3000)]),
    "arrow column": lambda of, _: queries.select_province_statements(of)["claim_fa"].to_native().cast("large_string"),
    "column": lambda of, _: nw.from_native(pd.DataFrame({"a": [f"{at} {at}" for at in range(9000)]}, dtype="object")),
    # a slice keeps all that it was cut from
    "slice": lambda of, _: nw.from_native(pd.DataFrame({"a": range(50_000), "b": 0.5}).head(3)),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_an_estimate_is_near_what_is_measured(invented, store, traced, name):
    # what it is made of is kept, and the answer is computed anew
    ask = ANSWERS[name]
    ask(invented, Selection())
    own = set(measure_memory(invented))
    traced()
    found = ask(invented, Selection())
    estimate = sum(nbytes for what, nbytes in measure_memory(found, invented).items() if what not in own)
    held = traced()
    estimate -= count_untraced_bytes(found)
    del found
    measured = held - traced()
    assert measured / FACTOR - SMALL < estimate < measured * FACTOR + SMALL, (estimate, measured)


def count_untraced_bytes(value: object) -> int:
    """Return the estimate of the objects of Arrow around the buffers of a table: no tracer of Python sees them."""
    if not isinstance(value, nw.DataFrame) or not isinstance(value.to_native(), pa.Table):
        return 0
    return memory_size.ARROW_TABLE_BYTES + len(value.columns) * memory_size.ARROW_COLUMN_BYTES


class Mallinfo(ctypes.Structure):
    """The figures of ``mallinfo2`` of the GNU C library."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in (
            "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost",
        )
    ]  # fmt: skip


def count_malloc_bytes() -> int:
    """Return the bytes that the C library has given out."""
    library = ctypes.CDLL(None)
    if not hasattr(library, "mallinfo2"):
        pytest.skip("this C library does not tell what it has allocated")
    library.mallinfo2.restype = Mallinfo
    gc.collect()
    return int(library.mallinfo2().uordblks)


def test_the_objects_of_arrow_take_about_what_is_estimated(invented):
    whole = queries.select_province_statements(invented)
    copies, before = [], count_malloc_bytes()
    copies = [whole.filter(nw.col("project_id") == "garden").to_native() for _ in range(300)]
    measured = (count_malloc_bytes() - before) / len(copies)
    estimate = memory_size.ARROW_TABLE_BYTES + len(whole.columns) * memory_size.ARROW_COLUMN_BYTES
    assert measured / FACTOR < estimate < measured * FACTOR


def test_a_table_of_the_register_itself_takes_nothing(invented, store):
    queries.read_register_table(invented, "statements")
    (entry,) = store._entries.values()
    # the objects around its buffers, and the question
    assert len(entry.bytes) == 2


def test_no_answer_keeps_its_register(invented_path, store):
    found = register.load_register(invented_path)
    assert len(list(ask_all(found))) > 30 and store.nbytes > 0
    del found
    gc.collect()
    assert len(store) == 0 and store.nbytes == 0


def test_what_is_too_large_to_be_kept_is_computed_once_for_all_who_wait(invented, store):
    store.most, readers, asked = 0, 8, []
    begun = Barrier(readers)
    waiting = Event()

    @cached_per_register
    def ask(of: Register) -> str:
        asked.append(of)
        waiting.wait(0.2)
        return "a"

    def reader(_: int) -> str:
        begun.wait()
        return ask(invented)

    with ThreadPoolExecutor(readers) as pool:
        assert list(pool.map(reader, range(readers))) == ["a"] * readers
    assert len(asked) == 1


def test_what_makes_room_never_is_what_is_being_computed(invented, store):
    store.most, asked, begun, go = 50_000, [], Event(), Event()

    @cached_per_register
    def ask(of: Register, word: str) -> str:
        asked.append(word)
        if word == "slow":
            begun.set()
            assert go.wait(10)
        return word * 5000

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(ask, invented, "slow")
        assert begun.wait(10)
        for at in range(20):
            ask(invented, str(at))
        second = pool.submit(ask, invented, "slow")
        go.set()
        assert first.result(10) is second.result(10)
    assert asked.count("slow") == 1
    ask(invented, "slow")
    assert asked.count("slow") == 1 and store.nbytes <= 50_000
