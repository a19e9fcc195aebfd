"""Makes tables read-only.

pandas copies on write what is written through a table or a column, but the arrays that ``.array`` and ``.values``
return can be written in place. They are therefore replaced with read-only ones.
"""

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray


def lock_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the same table with read-only arrays."""
    columns = {
        name: pd.Series(_freeze_column(column), index=frame.index, copy=False) for name, column in frame.items()
    }
    return pd.DataFrame(columns, index=frame.index, copy=False)


def _freeze_column(column: pd.Series) -> ExtensionArray | np.ndarray:
    if isinstance(column.dtype, pd.StringDtype):
        # the buffers of Arrow cannot be written
        array: ExtensionArray = column.array
        return array
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
    # the memory belongs to bytes, so that not even the writeable flag of numpy makes it writable again
    return np.frombuffer(array.tobytes(), dtype=array.dtype)
