"""How many bytes an answer takes: an estimate that is quick, and rather too large than too small.

Buffers of frames are told apart by their addresses, since frames that were cut from each other share them.
"""

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import partial
from itertools import islice
from types import FunctionType, MethodType, ModuleType
from typing import Any, NamedTuple, cast

import narwhals as nw
import numpy as np
import pandas as pd

# of a longer list, mapping or column of Python objects so many are measured, and stand for the others
SAMPLE = 64
# what a frame of pandas and each of its columns take beside buffers and index, as measured with pandas 3.1
FRAME_BYTES, COLUMN_BYTES = 3000, 1600
# an entry of a mapping that shows its dict only read-only
ENTRY_BYTES = 100


def measure_memory(value: object, without: object = None) -> dict[int, int]:
    """Return the bytes of all that ``value`` holds: those of each buffer by its address, the others by ``id(value)``.

    Followed are lists, tuples, sets, mappings, fields of objects, and what functions remember. What is met again
    counts once. Of more than ``SAMPLE`` parts so many are measured, evenly spread, and their mean counts for each.
    A slice counts the whole buffer, since it keeps it. Classes, modules, tables that stay with an engine, and
    ``without`` count nothing.
    """
    own, buffers = 0.0, dict[int, int]()
    met = {id(without)}
    # what is still to be measured, and how many each of it stands for
    rest: list[tuple[object, float]] = [(value, 1.0)]
    while rest:
        part, times = rest.pop()
        if id(part) in met or isinstance(part, type | ModuleType | nw.LazyFrame):
            continue
        met.add(id(part))
        found = _measure_part(part)
        own += times * found.own
        buffers |= {at: round(times * nbytes) for at, nbytes in found.buffers}
        for group in found.groups:
            few = list(islice(group, 0, None, -(-len(group) // SAMPLE) or 1))
            rest.extend((one, times * len(group) / len(few)) for one in few)
    return {id(value): round(own), **buffers}


class _Measured(NamedTuple):
    """``own``: the bytes of an object alone; ``buffers``: address and bytes; ``groups``: parts, like with like."""

    own: int
    buffers: Sequence[tuple[int, int]] = ()
    groups: Iterable[Collection[object]] = ()


def _measure_part(part: object) -> _Measured:
    if isinstance(part, nw.DataFrame | nw.Series):
        return _Measured(sys.getsizeof(part), (), [(part.to_native(),)])
    if isinstance(part, pd.DataFrame):
        columns = [_measure_column(column) for _, column in part.items()]
        return _Measured(
            FRAME_BYTES + int(part.index.memory_usage(deep=True)) + sum(one.own for one in columns),
            [buffer for one in columns for buffer in one.buffers],
            [group for one in columns for group in one.groups],
        )
    if isinstance(part, pd.Series):
        return _measure_column(part)
    if isinstance(part, np.ndarray):
        return _measure_array(part)
    if isinstance(part, pd.Index):
        return _Measured(int(part.memory_usage(deep=True)))
    more = ENTRY_BYTES * len(part) if isinstance(part, Mapping) and not isinstance(part, dict) else 0
    return _Measured(sys.getsizeof(part, 0) + more, (), _list_parts(part))


def _measure_column(column: pd.Series) -> _Measured:
    dtype = column.dtype
    if isinstance(dtype, np.dtype):
        return _measure_array(column.to_numpy())
    if isinstance(dtype, pd.StringDtype) and dtype.storage == "pyarrow":
        chunks = cast("Any", column.array).__arrow_array__().chunks
        every = [one for chunk in chunks for one in chunk.buffers() if one is not None]
        return _Measured(COLUMN_BYTES, [(one.address, one.size) for one in every])
    return _Measured(COLUMN_BYTES + int(column.array.nbytes))


def _measure_array(array: np.ndarray) -> _Measured:
    whole = array
    while isinstance(whole.base, np.ndarray):
        whole = whole.base
    buffer = (whole.__array_interface__["data"][0], whole.nbytes)
    return _Measured(COLUMN_BYTES, [buffer], [array.ravel()] if array.dtype == object else ())


def _list_parts(part: object) -> Iterator[Collection[object]]:
    """Return what an object holds, in groups of the same kind."""
    if isinstance(part, Mapping):
        yield part.keys()
        yield part.values()
    elif isinstance(part, list | tuple | Set):
        yield part
    elif isinstance(part, partial):
        yield part.func, part.args, part.keywords
    elif isinstance(part, FunctionType):
        yield list(_list_closure(part))
    elif isinstance(part, MethodType):
        yield (part.__self__,)
    elif is_dataclass(part):
        # vars() would give each object a dict
        yield [getattr(part, field.name, None) for field in fields(part)]
    else:
        yield getattr(part, "__dict__", {}).values()


def _list_closure(function: FunctionType) -> Iterator[object]:
    for cell in function.__closure__ or ():
        # a name that is not bound yet
        with suppress(ValueError):
            yield cell.cell_contents
