"""Checks the maps of a package: GeoJSON whose shapes have the ids of a field of a table."""

import json
from collections.abc import Iterator

import pandas as pd

from khoosheh.register.faults import Fault


def check_map(path: str, text: str, known: pd.Series | None, where: dict[str, str]) -> Iterator[Fault]:
    """Yield the faults of a map: its form, shapes without an id, duplicate ids, ids that no row of the table has.

    ``text``: the file; ``known``: the ids of the table, ``None`` where they could not be read; ``where``: the 'table'
    and 'column' of these ids.
    """
    try:
        ids = [shape.get("id") for shape in json.loads(text)["features"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        yield Fault("bad_map", path)
        return
    rows = None if known is None else set(known.dropna())
    seen: set[str] = set()
    for place, given in enumerate(ids):
        if not isinstance(given, str | int) or isinstance(given, bool) or given == "":
            value = "" if given is None else str(given)
            yield Fault("shape_without_id", path, field=f"features.{place}.id", value=value)
        elif str(given) in seen:
            yield Fault("unique", path, field=f"features.{place}.id", value=str(given))
        elif rows is not None and str(given) not in rows:
            yield Fault("stray_shape", path, field="id", value=str(given), params=where)
        seen.add(str(given))
