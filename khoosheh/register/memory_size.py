"""Estimates the bytes of an answer: quickly, and rather too many than too few.

Buffers of frames are identified by their addresses, since a slice of a frame shares the buffers of the frame.
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
import pyarrow as pa

# the number of members of a list, mapping or column of Python objects that are measured; others count as their mean
SAMPLE = 64
# bytes of a frame of pandas and of each of its columns beside buffers and index, measured with pandas 3.1
FRAME_BYTES, COLUMN_BYTES = 3000, 1600
# the same of a table of Arrow, whose objects no tracer of Python sees, measured with PyArrow 25
ARROW_TABLE_BYTES, ARROW_COLUMN_BYTES = 1000, 900
# bytes of an entry of a mapping that is not a dict, such as a read-only view of one
ENTRY_BYTES = 100


def measure_memory(value: object, without: object = None) -> dict[int, int]:
    """Return the bytes of all parts of ``value``: of each buffer by its address, of the others by ``id(value)``.

    Parts are the members of lists, tuples, sets and mappings, fields of objects, and variables of closures. Each part
    counts once. Of more than ``SAMPLE`` members, evenly spread ones are measured, and their mean counts for each. A
    slice counts its whole buffer, which it keeps alive. Classes, modules, tables that stay with an engine, and
    ``without`` count nothing.
    """
    own_bytes, buffers = 0.0, dict[int, int]()
    seen = {id(without)}
    # parts that are still to be measured, and the number of members that each represents
    rest: list[tuple[object, float]] = [(value, 1.0)]
    while rest:
        part, times = rest.pop()
        if id(part) in seen or isinstance(part, type | ModuleType | nw.LazyFrame):
            continue
        seen.add(id(part))
        measured = _measure_part(part)
        own_bytes += times * measured.own
        buffers |= {at: round(times * nbytes) for at, nbytes in measured.buffers}
        for group in measured.groups:
            sample = list(islice(group, 0, None, -(-len(group) // SAMPLE) or 1))
            rest.extend((member, times * len(group) / len(sample)) for member in sample)
    return {id(value): round(own_bytes), **buffers}


class _Measured(NamedTuple):
    """``own``: the bytes of an object alone; ``buffers``: address and bytes; ``groups``: parts of the same kind."""

    own: int
    buffers: Sequence[tuple[int, int]] = ()
    groups: Iterable[Collection[object]] = ()


def _measure_part(part: object) -> _Measured:
    if isinstance(part, nw.DataFrame | nw.Series):
        return _Measured(sys.getsizeof(part), (), [(part.to_native(),)])
    if isinstance(part, pa.Table | pa.ChunkedArray):
        return _measure_arrow(part)
    if isinstance(part, pd.DataFrame | pd.Series | pd.Index | np.ndarray):
        return _measure_pandas(part)
    entry_bytes = ENTRY_BYTES * len(part) if isinstance(part, Mapping) and not isinstance(part, dict) else 0
    return _Measured(sys.getsizeof(part, 0) + entry_bytes, (), _list_parts(part))


def _measure_arrow(part: pa.Table | pa.ChunkedArray) -> _Measured:
    if isinstance(part, pa.ChunkedArray):
        return _Measured(ARROW_COLUMN_BYTES, _list_buffers(part))
    buffers = [buffer for column in part.columns for buffer in _list_buffers(column)]
    return _Measured(ARROW_TABLE_BYTES + part.num_columns * ARROW_COLUMN_BYTES, buffers)


def _measure_pandas(part: pd.DataFrame | pd.Series | pd.Index | np.ndarray) -> _Measured:
    if isinstance(part, pd.Series):
        return _measure_column(part)
    if isinstance(part, np.ndarray):
        return _measure_array(part)
    if isinstance(part, pd.Index):
        return _Measured(int(part.memory_usage(deep=True)))
    columns = [_measure_column(series) for _, series in part.items()]
    return _Measured(
        FRAME_BYTES + int(part.index.memory_usage(deep=True)) + sum(column.own for column in columns),
        [buffer for column in columns for buffer in column.buffers],
        [group for column in columns for group in column.groups],
    )


def _measure_column(column: pd.Series) -> _Measured:
    dtype = column.dtype
    if isinstance(dtype, np.dtype):
        return _measure_array(column.to_numpy())
    if isinstance(dtype, pd.StringDtype) and dtype.storage == "pyarrow":
        return _Measured(COLUMN_BYTES, _list_buffers(cast("Any", column.array).__arrow_array__()))
    return _Measured(COLUMN_BYTES + int(column.array.nbytes))


def _list_buffers(column: pa.ChunkedArray) -> list[tuple[int, int]]:
    """Return address and bytes of the buffers of a column of Arrow."""
    buffers = [buffer for chunk in column.chunks for buffer in chunk.buffers() if buffer is not None]
    return [(buffer.address, buffer.size) for buffer in buffers]


def _measure_array(array: np.ndarray) -> _Measured:
    whole = array
    while isinstance(whole.base, np.ndarray):
        whole = whole.base
    buffer = (whole.__array_interface__["data"][0], whole.nbytes)
    return _Measured(COLUMN_BYTES, [buffer], [array.ravel()] if array.dtype == object else ())


def _list_parts(part: object) -> Iterator[Collection[object]]:
    """Yield the parts of an object, in groups of the same kind."""
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
        # the variable of a closure may have no value yet
        with suppress(ValueError):
            yield cell.cell_contents
