"""Writing a package of the made-up country into a folder."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from khoosheh.register import Dictionary
from khoosheh.register.descriptor import DESCRIPTOR
from khoosheh.register.descriptor_compat import read_shipped_descriptor
from khoosheh.register.descriptor_types import Descriptor
from khoosheh.register.loading import SHIPPED
from khoosheh.synthetic import cells, invented_names, places, projects, sources, statements, tables

# statements whose cells are in memory at the same time
CHUNK = 50_000
STATEMENTS = "statements"
COMPILED_ON = "1404-12-29"
NAME = "made-up-country-pendaran"


def write_synthetic_package(folder: Path, total: int, seed: int = 0) -> None:
    """Write a package of ``total`` (1 or more) statements into a folder; the same seed gives the same bytes.

    The descriptor is written last, so that an interrupted run leaves no package. Raises ``OSError``.
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    descriptor = build_synthetic_descriptor()
    where, stages = places.draw_places(rng), tables.build_synthetic_stages(rng)
    outline = statements.draw_outline(rng, total)
    drawn_projects = projects.draw_projects(rng, where, outline.count_project_statements(), stages)
    subjects = projects.add_stage_subjects(rng, drawn_projects, stages)
    drawn = statements.draw_statements(rng, outline, subjects, len(stages))
    rows = _build_small_tables(rng, where, stages) | {
        "projects": projects.build_synthetic_projects(drawn_projects, where, stages),
        "sources": sources.build_synthetic_sources(_list_used_sources(drawn)),
    }
    (folder / "geo").mkdir(parents=True, exist_ok=True)
    maps = {"provinces-map": places.build_province_map(), "counties-map": places.build_county_map(where)}
    texts = cells.Texts(rows["projects"], stages, Dictionary(descriptor))
    for resource in descriptor["resources"]:
        file, name = folder / resource["path"], resource["name"]
        if name in maps:
            file.write_text(json.dumps(maps[name]) + "\n", encoding="utf-8", newline="\n")
        elif name == STATEMENTS:
            _write_table(file, resource, _iterate_row_chunks(drawn, texts, _list_field_names(resource)))
        else:
            fields = _list_field_names(resource)
            _write_table(file, resource, [[[row.get(field, "") for field in fields] for row in rows[name]]])
    text = json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"
    (folder / DESCRIPTOR).write_text(text, encoding="utf-8", newline="\n")


def build_synthetic_descriptor() -> Descriptor:
    """Return the shipped descriptor, changed to describe the made-up country."""
    descriptor = read_shipped_descriptor(SHIPPED)
    title = invented_names.fill_name_pattern("register", invented_names.make_bare_province_name(places.OWN))
    for resource in descriptor["resources"]:
        # the shipped maps have licences of their sources, the made-up ones have none
        resource.pop("licenses", None)
    return {
        **descriptor, "name": NAME, "title": title[1], "labels": {"fa": title[0], "en": title[1]},
        "province": places.make_province_code(places.OWN), "compiled_on": COMPILED_ON,
    }  # fmt: skip


def _build_small_tables(rng: np.random.Generator, where: places.Places, stages: list[dict]) -> dict[str, list[dict]]:
    return {
        "chains": tables.build_synthetic_chains(),
        "stages": stages,
        "requirements": tables.build_synthetic_requirements(),
        "life_cycle": tables.build_synthetic_life_cycle(),
        "firms": tables.build_synthetic_firms(rng, where.counties_of(places.OWN)),
        "links": tables.build_synthetic_links(rng),
        "indicators": tables.build_synthetic_indicators(),
        "observations": tables.build_synthetic_observations(rng),
        "ranks": tables.build_synthetic_ranks(rng),
        "provinces": places.build_synthetic_provinces(),
        "counties": places.build_synthetic_counties(where),
        "exchange_rates": tables.build_synthetic_exchange_rates(),
        "price_index": tables.build_synthetic_price_index(),
    }


def _list_used_sources(drawn: statements.Statements) -> list[tuple[int, int]]:
    """Return the sources that have statements, as pairs of publisher and month, in chronological order."""
    codes = np.unique(drawn.month * statements.PUBLISHERS + drawn.publisher).tolist()
    return [(code % statements.PUBLISHERS, code // statements.PUBLISHERS) for code in codes]


def _list_field_names(resource: Mapping) -> list[str]:
    return [field["name"] for field in resource["schema"]["fields"]]


def _iterate_row_chunks(
    drawn: statements.Statements, texts: cells.Texts, fields: list[str]
) -> Iterable[Iterable[Sequence[str]]]:
    for first in range(0, len(drawn.measure), CHUNK):
        columns = cells.build_cell_columns(cells.slice_statements(drawn, first, first + CHUNK), texts, first)
        yield zip(*(columns[field] for field in fields), strict=True)


def _write_table(file: Path, resource: Mapping, chunks: Iterable[Iterable[Sequence]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as output:
        writer = csv.writer(output, lineterminator="\n")
        writer.writerow(_list_field_names(resource))
        for rows in chunks:
            writer.writerows(rows)
