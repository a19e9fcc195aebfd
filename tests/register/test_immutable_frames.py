"""Locked tables: the same values and types, in arrays that cannot be written."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from khoosheh.register.immutable_frames import lock_table

FRAME = pd.DataFrame({
    "text": pd.Series(["a", None, "nan"], dtype="str"),
    "whole": pd.Series([2**62 + 1, None, -3], dtype="Int64"),
    "flag": pd.Series([True, None, False], dtype="boolean"),
    "number": [0.5, None, 1.0],
    "day": pd.Series(["2024-01-01", None, "2024-01-02"], dtype="datetime64[us]"),
}).set_axis([5, 7, 9])  # fmt: skip


@pytest.mark.parametrize("rows", [3, 0])
def test_a_locked_table_is_equal_to_what_was_locked(rows):
    frame = FRAME.head(rows)
    assert_frame_equal(lock_table(frame), frame)


@pytest.mark.parametrize(("name", "value"), [("whole", 7), ("flag", True), ("number", 7.0), ("day", pd.Timestamp(0))])
def test_its_arrays_cannot_be_written(name, value):
    locked = lock_table(FRAME)
    with pytest.raises(ValueError, match="read-only"):
        locked[name].array[0] = value
    for inner in ("_data", "_mask", "_ndarray"):
        array = getattr(locked[name].array, inner, None)
        if isinstance(array, np.ndarray):
            with pytest.raises(ValueError, match="WRITEABLE"):
                array.setflags(write=True)


def test_the_arrays_of_what_was_locked_are_its_own():
    frame = FRAME.copy()
    locked = lock_table(frame)
    frame["number"].array[0] = 7.0
    assert locked["number"].iloc[0] == 0.5
