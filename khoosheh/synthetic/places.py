"""The provinces and counties of the made-up country, and their maps: squares in the sea off 0° north 0° east."""

from dataclasses import dataclass

import numpy as np

from khoosheh.synthetic import invented_names

PROVINCES = 31
OWN = 6
# The share of all statements that are about the package's own province.
OWN_SHARE = 1 / 8
# The others: the one at place r has a share in proportion to r to the power of this.
FALL = -0.5
COUNTIES = (8, 16)
ACROSS = 6


@dataclass(frozen=True)
class Places:
    """The province of each county, as a number from 0."""

    province: np.ndarray

    def counties_of(self, province: int) -> np.ndarray:
        """Return the numbers of the counties of a province."""
        return np.flatnonzero(self.province == province)


def draw_places(rng: np.random.Generator) -> Places:
    """Draw how many counties each province has."""
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
    """Return the code of a province: XA is one of those that ISO 3166 leaves to its users."""
    return f"XA-{province + 1:02}"


def make_county_id(county: int) -> str:
    """Return the id of a county."""
    return f"county-{county + 1:03}"


def build_synthetic_provinces() -> list[dict]:
    """Return the rows of ``provinces``."""
    return [
        {
            "iso_3166_2": make_province_code(one),
            **invented_names.make_bilingual_cells(
                "name", invented_names.make_synthetic_name(*invented_names.make_bare_province_name(one))
            ),
        }
        for one in range(PROVINCES)
    ]


def build_synthetic_counties(places: Places) -> list[dict]:
    """Return the rows of ``counties``; relations below 0 are those that no map has."""
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
    """Return the names of a county as they stand within other names."""
    province = int(places.province[county])
    return invented_names.make_bare_county_name(province, county - int(places.counties_of(province)[0]))


def build_province_map() -> dict:
    """Return the shapes of the provinces: a square of one degree each."""
    return _build_feature_collection(
        {make_province_code(one): (*_compute_corner(one), 1.0, 1.0) for one in range(PROVINCES)}
    )


def build_county_map(places: Places) -> dict:
    """Return the shapes of the counties: strips of the squares of their provinces."""
    boxes = {}
    for province in range(PROVINCES):
        counties, (east, north) = places.counties_of(province), _compute_corner(province)
        width = round(1 / len(counties), 4)
        for place, county in enumerate(counties.tolist()):
            boxes[str(-1 - county)] = (round(east + place * width, 4), north, width, 1.0)
    return _build_feature_collection(boxes)


def _compute_corner(province: int) -> tuple[float, float]:
    return float(province % ACROSS), -float(province // ACROSS)


def _build_feature_collection(boxes: dict[str, tuple[float, float, float, float]]) -> dict:
    shapes = []
    for one, (east, north, width, height) in boxes.items():
        right, top = round(east + width, 4), north + height
        ring = [[east, north], [right, north], [right, top], [east, top], [east, north]]
        shapes.append(
            {
                "type": "Feature",
                "id": one,
                "properties": {},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    return {"type": "FeatureCollection", "features": shapes}
