"""Tables that nobody can change.

pandas copies on write only what is written through a table or a column; the arrays below, which ``.array`` and
``.values`` hand out, can be written in place. So they are made read-only.
"""

import numpy as np
import pandas as pd


def lock_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the same table over read-only arrays."""
    columns = {
        name: pd.Series(_freeze_column(column), index=frame.index, copy=False) for name, column in frame.items()
    }
    return pd.DataFrame(columns, index=frame.index, copy=False)


def _freeze_column(column: pd.Series) -> object:
    if isinstance(column.dtype, pd.StringDtype):
        # Arrow's buffers cannot be written.
        return column.array
    if isinstance(column.dtype, pd.Int64Dtype):
        return pd.arrays.IntegerArray(
            _freeze_array(column.fillna(0).to_numpy("int64")), _freeze_array(column.isna().to_numpy())
        )
    if isinstance(column.dtype, pd.BooleanDtype):
        return pd.arrays.BooleanArray(
            _freeze_array(column.fillna(False).to_numpy("bool")), _freeze_array(column.isna().to_numpy())
        )
    return _freeze_array(column.to_numpy())


def _freeze_array(array: np.ndarray) -> np.ndarray:
    # Bytes own the memory, so not even numpy's own flag makes it writable again.
    return np.frombuffer(array.tobytes(), dtype=array.dtype)
