"""Sizes of answers: each part counts once, by what it is, and a sample stands for many of the same kind."""

import sys
from collections import OrderedDict
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType, SimpleNamespace

import narwhals as nw
import numpy as np
import pandas as pd

from khoosheh.register.memory_size import COLUMN_BYTES, ENTRY_BYTES, FRAME_BYTES, SAMPLE, measure_memory

WORD = "a word of some length"


def size(*parts: object) -> int:
    return sum(sys.getsizeof(part) for part in parts)


def own(value: object, without: object = None) -> int:
    """Return the bytes of a value that has no buffers."""
    [(key, nbytes)] = measure_memory(value, without).items()
    assert key == id(value)
    return nbytes


def test_each_part_of_a_value_counts_once():
    twice = [WORD, WORD, (WORD,), {WORD}, None]
    assert own(twice) == size(twice, WORD, twice[2], twice[3])
    circle: list = [WORD]
    circle.append(circle)
    assert own(circle) == size(circle, WORD)


def test_mappings_count_their_keys_and_values_and_those_that_are_no_dict_their_entries():
    words = {"key of a mapping": WORD, "another key": 0.5}
    assert own(words) == size(words, *words, WORD, 0.5)
    view = MappingProxyType(words)
    assert own(view) == size(view, *words, WORD, 0.5) + 2 * ENTRY_BYTES
    ordered = OrderedDict(words)
    assert own(ordered) == size(ordered, *words, WORD, 0.5)


@dataclass(slots=True)
class Slots:
    """A dataclass without a dict; ``more`` may have no value yet."""

    word: str
    more: object


def test_objects_count_their_fields_functions_what_they_hold():
    slots, names = Slots(WORD, 0.5), SimpleNamespace(word=WORD)
    assert own(slots) == size(slots, WORD, 0.5)
    del slots.more
    assert own(slots) == size(slots, WORD)
    assert own(names) == size(names, WORD)

    def tell() -> str:
        return f"{given} {later}"

    given = [WORD]
    # a variable that has no value yet
    assert own(tell) == size(tell, given, WORD)
    later = 0.5
    assert own(tell) == size(tell, given, WORD, later)
    bound = partial(tell, "an argument", key="a keyword")
    assert own(bound) == size(
        bound, tell, given, WORD, later, bound.args, "an argument", bound.keywords, "key", "a keyword"
    )
    method = given.count
    assert own(method) == size(method)
    method = slots.__repr__
    assert own(method) >= size(method, slots, WORD)


class Odd:
    """An object that does not tell its size."""

    def __sizeof__(self) -> int:
        raise TypeError


def test_what_does_not_tell_its_size_counts_its_parts_alone():
    odd = Odd()
    assert own(odd) == 0
    odd.word = WORD
    assert own(odd) == size(WORD)


def test_classes_modules_tables_of_engines_and_what_is_told_count_nothing():
    lazy = nw.from_native(pd.DataFrame({"a": [1]})).lazy()
    for nothing in (str, sys, lazy):
        assert own(nothing) == 0
        assert own([nothing, WORD]) == size([nothing, WORD], WORD)
    held = [WORD]
    assert own([held, 0.5], held) == size([held, 0.5], 0.5)


def test_of_many_members_some_stand_for_all():
    alike = [f"{at:09}" for at in range(10 * SAMPLE)]
    assert own(alike) == size(alike) + len(alike) * size(alike[0])
    few = [f"{at:09}" for at in range(SAMPLE)]
    few[1] = WORD * 99
    assert own(few) == size(few, *few)
    # every second is measured
    mixed = [part for at in range(SAMPLE) for part in (f"{at:09}", WORD * 99)]
    assert own(mixed) == size(mixed) + len(mixed) * size(mixed[0])
    nested = [[word] for word in mixed]
    assert own(nested) == size(nested) + len(nested) * size([WORD], mixed[0])
    assert own([]) == size([])


def test_arrays_count_their_whole_buffer_by_its_address():
    array = np.arange(100.0)
    for part in (array, array[::2], array[5:].reshape(5, 19)):
        assert measure_memory(part) == {id(part): COLUMN_BYTES, array.__array_interface__["data"][0]: 800}
    objects = np.array([WORD, 0.5], dtype=object)
    found = measure_memory(objects)
    assert found == {id(objects): COLUMN_BYTES + size(WORD, 0.5), objects.__array_interface__["data"][0]: 16}


def test_frames_count_their_columns_index_and_buffers():
    frame = pd.DataFrame(
        {
            "number": [0.5, 1.0],
            "whole": pd.array([1, 2], dtype="Int64"),
            "text": pd.array(["a", "b"], dtype="str"),
            "any": np.array([WORD, 0.5], dtype=object),
        }
    )
    frame.index = pd.Index([WORD, 0.5], dtype=object)
    found = measure_memory(frame)
    nbytes = found.pop(id(frame))
    index, whole = int(frame.index.memory_usage(deep=True)), int(frame["whole"].array.nbytes)
    assert nbytes == FRAME_BYTES + index + 4 * COLUMN_BYTES + whole + size(WORD, 0.5)
    text = [part for chunk in frame["text"].array.__arrow_array__().chunks for part in chunk.buffers() if part]
    assert {part.address: part.size for part in text}.items() <= found.items()
    assert found[frame["number"].to_numpy().__array_interface__["data"][0]] == 16
    assert found[frame["any"].to_numpy().__array_interface__["data"][0]] == 16
    assert len(found) == 2 + len(text)
    around = nw.from_native(frame)
    assert measure_memory(around)[id(around)] == size(around) + nbytes
    column = nw.from_native(frame["number"], series_only=True)
    assert measure_memory(column)[id(column)] == size(column) + COLUMN_BYTES
    named = pd.Index([WORD, 0.5], dtype=object)
    assert own(named) == int(named.memory_usage(deep=True))


def test_of_a_buffer_that_several_share_each_counts_once():
    frame = pd.DataFrame({"number": np.arange(1000.0)})
    both = measure_memory([frame, frame.head(3)])
    assert sum(nbytes for key, nbytes in both.items() if key != id(both)) < 2 * 8000 + FRAME_BYTES * 3
    assert list(both.values()).count(8000) == 1
