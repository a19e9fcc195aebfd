"""Maps of a package: GeoJSON whose shapes have the ids of a field of a table."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Literal, TypeAlias, TypedDict

import pandas as pd

from khoosheh.register.faults import Fault

# a closed ring has at least three corners, and ends where it begins
LEAST_POSITIONS = 4


class Polygon(TypedDict):
    """A polygon of GeoJSON: its outer ring, then its holes; positions are longitude, latitude and maybe height."""

    type: Literal["Polygon"]
    coordinates: Sequence[Sequence[Sequence[float]]]


class MultiPolygon(TypedDict):
    """Several polygons of GeoJSON."""

    type: Literal["MultiPolygon"]
    coordinates: Sequence[Sequence[Sequence[Sequence[float]]]]


Geometry: TypeAlias = Polygon | MultiPolygon


def check_map(path: str, text: str, known: pd.Series | None, where: dict[str, str]) -> Iterator[Fault]:
    """Yield the faults of a map: its form, shapes without an outline or id, duplicate ids, ids that no row has.

    ``text``: the file; ``known``: the ids of the table, ``None`` where they could not be read; ``where``: the 'table'
    and 'column' of these ids.
    """
    try:
        shapes = [(shape.get("id"), shape.get("geometry")) for shape in json.loads(text)["features"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        yield Fault("bad_map", path)
        return
    rows = None if known is None else set(known.dropna())
    seen: set[str] = set()
    for place, (given, geometry) in enumerate(shapes):
        if not _is_outline(geometry):
            yield Fault("shape_without_outline", path, field=f"features.{place}.geometry")
        if not isinstance(given, str | int) or isinstance(given, bool) or given == "":
            value = "" if given is None else str(given)
            yield Fault("shape_without_id", path, field=f"features.{place}.id", value=value)
        elif str(given) in seen:
            yield Fault("unique", path, field=f"features.{place}.id", value=str(given))
        elif rows is not None and str(given) not in rows:
            yield Fault("stray_shape", path, field="id", value=str(given), params=where)
        seen.add(str(given))


def _is_outline(geometry: Any) -> bool:
    """Return whether a value from JSON is a :data:`Geometry` whose rings are closed and lie on the globe."""
    try:
        polygons = {"Polygon": lambda given: [given], "MultiPolygon": list}[geometry["type"]](geometry["coordinates"])
        rings = [ring for polygon in polygons for ring in polygon]
        return bool(polygons) and all(polygons) and all(map(_is_closed_ring, rings))
    except (KeyError, TypeError, ValueError):
        return False


def _is_closed_ring(ring: Any) -> bool:
    """Return whether a ring lies on the globe and ends where it begins; raises ``TypeError`` for what is no ring."""
    on_globe = all(
        isinstance(degrees, int | float) and abs(degrees) <= most
        for longitude, latitude, *_ in ring
        for degrees, most in ((longitude, 180), (latitude, 90))
    )
    return on_globe and len(ring) >= LEAST_POSITIONS and ring[0] == ring[-1]
