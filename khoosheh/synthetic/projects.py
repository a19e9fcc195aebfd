"""Drawing projects: their numbers of statements, places, and true dates of start and end.

Numbers of statements follow a power law: most projects have one to five, a few have hundreds. Statements about a
project are drawn from its true schedule, so that progress rises, and due dates are met or missed.
"""

from dataclasses import dataclass, fields

import numpy as np

from khoosheh.synthetic import invented_names, places
from khoosheh.synthetic.places import Places
from khoosheh.synthetic.tables import YEARS

# the share of projects with k statements is proportional to k to this power, up to MOST; 20 on average
POWER = -1.5
MOST = 900
# greatest share of a province's statements about projects that one project has
LARGEST = 0.25
COUNTY_FALL = -1.0
NO_COUNTY, NO_STAGE, NO_CHAIN = 0.2, 0.2, 0.1
MONTHS = 12 * len(YEARS)
NONE = -1


@dataclass(frozen=True)
class Projects:
    """Columns of all projects: numbers from 0, ``NONE`` where not stated; months from the first of ``YEARS``.

    ``announced``, ``begun``, ``done``: months; ``hope``: the share of the remaining time by which due dates are too
    early; ``budget_irr``: in rial; ``size``: deviation of its figures from the median, in standard deviations;
    ``statements``: their number.
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
    """Return the numbers of statements of projects, which add up to ``total``."""
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


def draw_projects(rng: np.random.Generator, where: Places, totals: np.ndarray, stages: list[dict]) -> Projects:
    """Draw the projects of all provinces; ``totals``: by province, the number of statements about its projects."""
    counts = [draw_project_sizes(rng, int(total)) for total in totals]
    province = np.repeat(np.arange(places.PROVINCES), [len(sizes) for sizes in counts])
    number = len(province)
    chains, sectors = _index_stage_chains(stages)
    stage = np.floor(rng.random(number) * len(stages)).astype(int)
    chain, sector = chains[stage], sectors[chains[stage]]
    unstated = rng.random(number)
    begun, done, announced = _draw_schedules(rng, number)
    columns = {
        "province": province, "county": _draw_counties(rng, where, province), "sector": sector,
        "chain": np.where(unstated < NO_CHAIN, NONE, chain),
        "stage": np.where(unstated < NO_CHAIN + NO_STAGE, NONE, stage),
        "announced": announced, "begun": begun, "done": done, "hope": 0.7 * rng.random(number) - 0.1,
        "budget_irr": 2e12 * np.exp(1.4 * rng.standard_normal(number)), "size": rng.standard_normal(number),
        "statements": np.concatenate(counts),
    }  # fmt: skip
    return Projects(**columns)


def add_stage_subjects(rng: np.random.Generator, projects: Projects, stages: list[dict]) -> Projects:
    """Return the projects followed by one subject for each stage, since statements can be about stages."""
    number, (chains, sectors) = len(stages), _index_stage_chains(stages)
    begun, done, announced = _draw_schedules(rng, number)
    more = {
        "province": np.full(number, NONE), "county": np.full(number, NONE), "sector": sectors[chains],
        "chain": chains, "stage": np.arange(number), "announced": np.minimum(announced, 0), "begun": begun,
        "done": done, "hope": rng.random(number) * 0.5, "budget_irr": np.full(number, 1e13),
        "size": rng.standard_normal(number), "statements": np.zeros(number, int),
    }  # fmt: skip
    return Projects(
        **{field.name: np.append(getattr(projects, field.name), more[field.name]) for field in fields(Projects)}
    )


def _index_stage_chains(stages: list[dict]) -> tuple[np.ndarray, np.ndarray]:
    """Return the index of each stage's chain, and the index of each chain's sector."""
    words = invented_names.load_synthetic_words()
    chains, sectors = words["chains"], list(words["sectors"])
    order = {chain["id"]: index for index, chain in enumerate(chains)}
    stage_chains = np.array([order[stage["chain_id"]] for stage in stages])
    return stage_chains, np.array([sectors.index(chain["sector"]) for chain in chains])


def _draw_schedules(rng: np.random.Generator, number: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    announced = np.floor(MONTHS * 0.85 * rng.random(number) - 24)
    begun = announced + 6 + np.floor(24 * rng.random(number))
    done = begun + 18 + np.floor(120 * rng.random(number))
    return begun, done, announced


def _draw_counties(rng: np.random.Generator, where: Places, province: np.ndarray) -> np.ndarray:
    """Draw the county of each project; the first counties of a province get most projects."""
    drawn, unstated = rng.random(len(province)), rng.random(len(province)) < NO_COUNTY
    county = np.full(len(province), NONE)
    for number in range(places.PROVINCES):
        selected, counties = province == number, where.counties_of(number)
        weights = np.arange(1, len(counties) + 1) ** COUNTY_FALL
        steps = np.cumsum(weights) / weights.sum()
        county[selected] = counties[np.searchsorted(steps, drawn[selected]).clip(max=len(counties) - 1)]
    return np.where(unstated, NONE, county)


def make_project_id(number: int) -> str:
    """Return the id of a project."""
    return f"project-{number + 1:06}"


def build_synthetic_projects(projects: Projects, where: Places, stages: list[dict]) -> list[dict]:
    """Return the rows of ``projects``."""
    chains = invented_names.load_synthetic_words()["chains"]
    codes = list(invented_names.load_synthetic_words()["sectors"])
    columns = (projects.province, projects.county, projects.chain, projects.stage, projects.sector)
    rows = []
    for number, (province, county, chain, stage, sector) in enumerate(
        zip(*(column.tolist() for column in columns), strict=True)
    ):
        place = (
            invented_names.make_bare_province_name(province)
            if county == NONE
            else places.find_bare_county_name(where, county)
        )
        kind = invented_names.load_synthetic_words()["sectors"][codes[sector]]
        name = invented_names.make_numbered_name(f"{kind[0]} {place[0]}", f"{place[1]} {kind[1]}", number + 1)
        rows.append(
            {"project_id": make_project_id(number), **invented_names.make_bilingual_cells("name", name),
             "iso_3166_2": places.make_province_code(province),
             "chain_id": "" if chain == NONE else chains[chain]["id"],
             "stage_id": "" if stage == NONE else stages[stage]["stage_id"],
             "county_id": "" if county == NONE else places.make_county_id(county), "sector": codes[sector]}
        )  # fmt: skip
    return rows
