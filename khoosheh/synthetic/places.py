"""The provinces and counties of the made-up country, and their maps: squares in the sea around 0° N 0° E."""

from dataclasses import dataclass

import numpy as np

from khoosheh.synthetic import invented_names

PROVINCES = 31
OWN = 6
# share of all statements that are about the package's own province
OWN_SHARE = 1 / 8
# the share of another province at rank r is proportional to r to this power
FALL = -0.5
COUNTIES = (8, 16)
ACROSS = 6


@dataclass(frozen=True)
class Places:
    """The province of each county; provinces and counties are numbered from 0."""

    province: np.ndarray

    def counties_of(self, province: int) -> np.ndarray:
        """Return the numbers of the counties of a province."""
        return np.flatnonzero(self.province == province)


def draw_places(rng: np.random.Generator) -> Places:
    """Draw the number of counties of each province."""
    low, high = COUNTIES
    sizes = low + np.floor(rng.random(PROVINCES) * (high - low + 1)).astype(int)
    return Places(np.repeat(np.arange(PROVINCES), sizes))


def compute_province_shares() -> np.ndarray:
    """Return the share of each province in all statements; they add up to 1."""
    weights = np.arange(1, PROVINCES + 1) ** FALL
    weights[OWN] = 0
    weights *= (1 - OWN_SHARE) / weights.sum()
    weights[OWN] = OWN_SHARE
    return weights


def make_province_code(province: int) -> str:
    """Return the code of a province: ISO 3166 reserves XA for private use."""
    return f"XA-{province + 1:02}"


def make_county_id(county: int) -> str:
    """Return the id of a county."""
    return f"county-{county + 1:03}"


def build_synthetic_provinces() -> list[dict]:
    """Return the rows of ``provinces``."""
    return [
        {
            "iso_3166_2": make_province_code(province),
            **invented_names.make_bilingual_cells(
                "name", invented_names.make_synthetic_name(*invented_names.make_bare_province_name(province))
            ),
        }
        for province in range(PROVINCES)
    ]


def build_synthetic_counties(places: Places) -> list[dict]:
    """Return the rows of ``counties``; their OSM relations are negative, as no real one is."""
    return [
        {
            "county_id": make_county_id(county),
            "iso_3166_2": make_province_code(province),
            **invented_names.make_bilingual_cells("name", make_county_name(places, county)),
            "osm_relation": -1 - county,
        }
        for county, province in enumerate(places.province.tolist())
    ]


def make_county_name(places: Places, county: int) -> invented_names.Names:
    """Return the names of a county."""
    return invented_names.make_synthetic_name(*find_bare_county_name(places, county))


def find_bare_county_name(places: Places, county: int) -> invented_names.Names:
    """Return the names of a county without the words that mark them as made up, for use within other names."""
    province = int(places.province[county])
    return invented_names.make_bare_county_name(province, county - int(places.counties_of(province)[0]))


def build_province_map() -> dict:
    """Return the shapes of the provinces: a square of one degree each."""
    return _build_feature_collection(
        {make_province_code(province): (*_compute_corner(province), 1.0, 1.0) for province in range(PROVINCES)}
    )


def build_county_map(places: Places) -> dict:
    """Return the shapes of the counties: strips of the squares of their provinces."""
    boxes: dict[str, tuple[float, float, float, float]] = {}
    for province in range(PROVINCES):
        counties, (east, north) = places.counties_of(province), _compute_corner(province)
        width = round(1 / len(counties), 4)
        for index, county in enumerate(counties.tolist()):
            boxes[str(-1 - county)] = (round(east + index * width, 4), north, width, 1.0)
    return _build_feature_collection(boxes)


def _compute_corner(province: int) -> tuple[float, float]:
    return float(province % ACROSS), -float(province // ACROSS)


def _build_feature_collection(boxes: dict[str, tuple[float, float, float, float]]) -> dict:
    shapes = []
    for shape_id, (east, north, width, height) in boxes.items():
        right, top = round(east + width, 4), north + height
        ring = [[east, north], [right, north], [right, top], [east, top], [east, north]]
        shapes.append(
            {
                "type": "Feature",
                "id": shape_id,
                "properties": {},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    return {"type": "FeatureCollection", "features": shapes}
