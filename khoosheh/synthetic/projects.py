"""Projects: how many statements each has, where it stands, and when it really starts and ends.

The number of statements of a project falls as a power: most have one to five, a few have hundreds. What is said of a
project follows from its true schedule, so that progress rises and promises are kept or missed as in life.
"""

from dataclasses import dataclass, fields

import numpy as np

from khoosheh.synthetic import invented_names, places
from khoosheh.synthetic.places import Places
from khoosheh.synthetic.tables import YEARS

# The share of projects with k statements is in proportion to k to the power of this, up to MOST; 20 on average.
POWER = -1.5
MOST = 900
# No project of a province has more than this share of what is said of its projects.
LARGEST = 0.25
COUNTY_FALL = -1.0
NO_COUNTY, NO_STAGE, NO_CHAIN = 0.2, 0.2, 0.1
MONTHS = 12 * len(YEARS)
NONE = -1


@dataclass(frozen=True)
class Projects:
    """Columns of all projects; numbers from 0, ``NONE`` where not stated. Months count from the first of ``YEARS``.

    ``announced``, ``begun``, ``done``: months; ``hope``: the share of the time left that promises leave out;
    ``budget_irr``; ``size``: how many standard deviations its figures lie off the middle; ``statements``: how many.
    """

    province: np.ndarray
    county: np.ndarray
    chain: np.ndarray
    stage: np.ndarray
    sector: np.ndarray
    announced: np.ndarray
    begun: np.ndarray
    done: np.ndarray
    hope: np.ndarray
    budget_irr: np.ndarray
    size: np.ndarray
    statements: np.ndarray


def draw_project_sizes(rng: np.random.Generator, total: int) -> np.ndarray:
    """Return numbers of statements of projects, in order of drawing; they add up to ``total``."""
    if not total:
        return np.zeros(0, int)
    most = min(MOST, max(5, int(total * LARGEST)))
    weights = np.arange(1, most + 1) ** POWER
    steps = np.cumsum(weights) / weights.sum()
    drawn = np.zeros(0, int)
    while drawn.sum() < total:
        drawn = np.append(drawn, 1 + np.searchsorted(steps, rng.random(1 + total // 8)).clip(max=most - 1))
    ends = np.cumsum(drawn)
    kept = drawn[: np.searchsorted(ends, total) + 1].copy()
    kept[-1] -= kept.sum() - total
    return kept


def draw_projects(rng: np.random.Generator, where: Places, told: np.ndarray, stages: list[dict]) -> Projects:
    """Draw the projects of all provinces; ``told``: how many statements are about the projects of each."""
    counts = [draw_project_sizes(rng, int(one)) for one in told]
    province = np.repeat(np.arange(places.PROVINCES), [len(one) for one in counts])
    number = len(province)
    chains, sectors = _index_stage_chains(stages)
    stage = np.floor(rng.random(number) * len(stages)).astype(int)
    chain, sector = chains[stage], sectors[chains[stage]]
    lost = rng.random(number)
    begun, done, announced = _draw_schedules(rng, number)
    columns = {
        "province": province, "county": _draw_counties(rng, where, province), "sector": sector,
        "chain": np.where(lost < NO_CHAIN, NONE, chain), "stage": np.where(lost < NO_CHAIN + NO_STAGE, NONE, stage),
        "announced": announced, "begun": begun, "done": done, "hope": 0.7 * rng.random(number) - 0.1,
        "budget_irr": 2e12 * np.exp(1.4 * rng.standard_normal(number)), "size": rng.standard_normal(number),
        "statements": np.concatenate(counts),
    }  # fmt: skip
    return Projects(**columns)


def add_stage_subjects(rng: np.random.Generator, projects: Projects, stages: list[dict]) -> Projects:
    """Return the projects and, after them, one nameless subject for each stage: stages are told of as well."""
    number, (chains, sectors) = len(stages), _index_stage_chains(stages)
    begun, done, announced = _draw_schedules(rng, number)
    more = {
        "province": np.full(number, NONE), "county": np.full(number, NONE), "sector": sectors[chains],
        "chain": chains, "stage": np.arange(number), "announced": np.minimum(announced, 0), "begun": begun,
        "done": done, "hope": rng.random(number) * 0.5, "budget_irr": np.full(number, 1e13),
        "size": rng.standard_normal(number), "statements": np.zeros(number, int),
    }  # fmt: skip
    return Projects(**{one.name: np.append(getattr(projects, one.name), more[one.name]) for one in fields(Projects)})


def _index_stage_chains(stages: list[dict]) -> tuple[np.ndarray, np.ndarray]:
    """Return the chain of each stage, and the place of each chain's sector."""
    chains, sectors = (
        invented_names.load_synthetic_words()["chains"],
        list(invented_names.load_synthetic_words()["sectors"]),
    )
    order = {one["id"]: place for place, one in enumerate(chains)}
    of_stage = np.array([order[one["chain_id"]] for one in stages])
    return of_stage, np.array([sectors.index(one["sector"]) for one in chains])


def _draw_schedules(rng: np.random.Generator, number: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    announced = np.floor(MONTHS * 0.85 * rng.random(number) - 24)
    begun = announced + 6 + np.floor(24 * rng.random(number))
    done = begun + 18 + np.floor(120 * rng.random(number))
    return begun, done, announced


def _draw_counties(rng: np.random.Generator, where: Places, province: np.ndarray) -> np.ndarray:
    """Draw counties: the first ones of each province have most projects."""
    drawn, unstated = rng.random(len(province)), rng.random(len(province)) < NO_COUNTY
    found = np.full(len(province), NONE)
    for one in range(places.PROVINCES):
        mine, counties = province == one, where.counties_of(one)
        weights = np.arange(1, len(counties) + 1) ** COUNTY_FALL
        steps = np.cumsum(weights) / weights.sum()
        found[mine] = counties[np.searchsorted(steps, drawn[mine]).clip(max=len(counties) - 1)]
    return np.where(unstated, NONE, found)


def make_project_id(number: int) -> str:
    """Return the id of a project."""
    return f"project-{number + 1:06}"


def build_synthetic_projects(projects: Projects, where: Places, stages: list[dict]) -> list[dict]:
    """Return the rows of ``projects``."""
    chains = invented_names.load_synthetic_words()["chains"]
    codes = list(invented_names.load_synthetic_words()["sectors"])
    columns = (projects.province, projects.county, projects.chain, projects.stage, projects.sector)
    found = []
    for number, (province, county, chain, stage, sector) in enumerate(
        zip(*(one.tolist() for one in columns), strict=True)
    ):
        place = (
            invented_names.make_bare_province_name(province)
            if county == NONE
            else places.find_bare_county_name(where, county)
        )
        kind = invented_names.load_synthetic_words()["sectors"][codes[sector]]
        name = invented_names.make_numbered_name(f"{kind[0]} {place[0]}", f"{place[1]} {kind[1]}", number + 1)
        found.append(
            {"project_id": make_project_id(number), **invented_names.make_bilingual_cells("name", name),
             "iso_3166_2": places.make_province_code(province),
             "chain_id": "" if chain == NONE else chains[chain]["id"],
             "stage_id": "" if stage == NONE else stages[stage]["stage_id"],
             "county_id": "" if county == NONE else places.make_county_id(county), "sector": codes[sector]}
        )  # fmt: skip
    return found
