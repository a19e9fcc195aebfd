"""The register: the tables, maps and descriptor of one checked package."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import narwhals as nw
import pandas as pd
import pyarrow as pa

from khoosheh import engines
from khoosheh.engines import Frame
from khoosheh.register.descriptor_types import Descriptor, JsonValue
from khoosheh.register.dictionary import Dictionary, freeze_descriptor
from khoosheh.register.immutable_frames import lock_table
from khoosheh.register.maps import Geometry


class Register:
    """A checked package, which cannot be changed: callers get copies on write of its tables.

    A table too large for memory stays with its engine; see :mod:`khoosheh.engines`.
    """

    def __init__(
        self,
        path: Path,
        descriptor: Descriptor,
        tables: Mapping[str, pd.DataFrame],
        maps: Mapping[str, str],
        *,
        version: str = "",
        large: Mapping[str, Frame] | None = None,
    ) -> None:
        """Keep what was read and checked.

        ``path``: the folder of the package; ``tables``: typed, with derived columns; ``maps``: GeoJSON as text;
        ``version``: its checksum, computed where it is not given; ``large``: the tables that stay with an engine.
        """
        self.path = path
        self.dictionary = Dictionary(descriptor)
        self.version = version or compute_version(path, descriptor)
        self._descriptor, self._maps, self._large = descriptor, dict(maps), dict(large or {})
        self._tables = {name: lock_table(frame) for name, frame in tables.items()}
        # the same tables as measures read them, made when they are first asked for
        self._frames: dict[str, nw.DataFrame[pa.Table]] = {}

    @property
    def province(self) -> str:
        """The ISO 3166-2 code of the province that the package is about."""
        return self._descriptor["province"]

    @property
    def compiled_on(self) -> str:
        """The Jalali day on which the package was compiled."""
        return self._descriptor["compiled_on"]

    @property
    def descriptor(self) -> Descriptor:
        """The whole descriptor, read-only."""
        return freeze_descriptor(self._descriptor)

    @property
    def maps(self) -> list[str]:
        """The names of all maps."""
        return list(self._maps)

    @property
    def tables(self) -> list[str]:
        """The names of all tables."""
        return [name for name in self.dictionary.tables if name in self._tables or name in self._large]

    @property
    def nbytes(self) -> int:
        """The bytes of its tables and maps in memory, without the tables that stay with an engine."""
        tables = sum(int(frame.memory_usage(deep=True).sum()) for frame in self._tables.values())
        return tables + sum(len(shapes) for shapes in self._maps.values())

    @property
    def is_large(self) -> bool:
        """Whether tables of the register stay with an engine."""
        return bool(self._large)

    def label(self, lang: str) -> str:
        """Return the label of the package."""
        return self._descriptor["labels"][lang]

    def table(self, name: str) -> pd.DataFrame:
        """Return a table; changing what was returned does not change the register. Raises ``KeyError``.

        A table that stays with an engine is collected whole; use :meth:`frame` for a part of it.
        """
        if name in self._large:
            return engines.convert_arrow_types(engines.collect_frame(self._large[name]).to_native())
        return self._tables[name].copy(deep=False)

    def frame(self, name: str) -> Frame:
        """Return a table as a frame of its engine, to be filtered, grouped and joined there. Raises ``KeyError``."""
        if name in self._large:
            return self._large[name]
        if name not in self._frames:
            self._frames[name] = engines.make_arrow_frame(self._tables[name])
        return self._frames[name]

    def geojson(self, name: str) -> dict[str, JsonValue]:
        """Return a map of the package as GeoJSON, a new object each time; raises ``KeyError`` for an unknown name."""
        # the check of maps let nothing but an object with features pass
        return cast(dict[str, JsonValue], json.loads(self._maps[name]))

    def read_geometries(self, name: str) -> dict[str, Geometry]:
        """Return the outlines of a map's shapes by their ids; empty where the package has no such map."""
        if name not in self._maps:
            return {}
        return {str(shape["id"]): shape["geometry"] for shape in json.loads(self._maps[name])["features"]}


def compute_version(folder: Path, descriptor: Descriptor) -> str:
    """Return the SHA-256 of the descriptor and all files that it names; raises ``OSError``."""
    digest = hashlib.sha256()
    for name in ["datapackage.json", *sorted(resource["path"] for resource in descriptor["resources"])]:
        digest.update(name.encode())
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()
