"""A package of the made-up country, written into a folder, chunk by chunk."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from khoosheh.register import Dictionary
from khoosheh.register.descriptor import DESCRIPTOR
from khoosheh.register.load import SHIPPED
from khoosheh.register.model import shipped
from khoosheh.scale import cells, names, places, projects, sources, statements, tables

CHUNK = 50_000
STATEMENTS = "statements"
COMPILED_ON = "1404-12-29"
NAME = "made-up-country-pendaran"


def write(folder: Path, total: int, seed: int = 0) -> None:
    """Write a package of ``total`` (1 or more) statements into a folder; the same seed writes the same bytes.

    The descriptor comes last, so that what was not finished is no package. Raises ``OSError``.
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    described = descriptor()
    where, stages = places.draw(rng), tables.stages(rng)
    told = statements.outline(rng, total)
    named = projects.draw(rng, where, told.told, stages)
    subjects = projects.with_stages(rng, named, stages)
    drawn = statements.draw(rng, told, subjects, len(stages))
    rows = _small(rng, where, stages) | {
        "projects": projects.rows(named, where, stages),
        "sources": sources.rows(_used(drawn)),
    }
    (folder / "geo").mkdir(parents=True, exist_ok=True)
    maps = {"provinces-map": places.province_map(), "counties-map": places.county_map(where)}
    texts = cells.Texts(rows["projects"], stages, Dictionary(described))
    for one in described["resources"]:
        file = folder / one["path"]
        if one["name"] in maps:
            file.write_text(json.dumps(maps[one["name"]]) + "\n", encoding="utf-8", newline="\n")
        elif one["name"] == STATEMENTS:
            _table(file, one, _chunks(drawn, texts, _fields(one)))
        else:
            _table(file, one, [([row.get(field, "") for field in _fields(one)] for row in rows[one["name"]])])
    text = json.dumps(described, ensure_ascii=False, indent=1) + "\n"
    (folder / DESCRIPTOR).write_text(text, encoding="utf-8", newline="\n")


def descriptor() -> dict:
    """Return the shipped descriptor as that of the made-up country."""
    found = shipped(SHIPPED)
    title = names.pattern("register", names.province(places.OWN))
    for one in found["resources"]:
        # These maps are nobody's but ours.
        one.pop("licenses", None)
    return {
        **found, "name": NAME, "title": title[1], "labels": {"fa": title[0], "en": title[1]},
        "province": places.code(places.OWN), "compiled_on": COMPILED_ON,
    }  # fmt: skip


def _small(rng: np.random.Generator, where: places.Places, stages: list[dict]) -> dict[str, list[dict]]:
    return {
        "chains": tables.chains(), "stages": stages, "requirements": tables.requirements(),
        "life_cycle": tables.life_cycle(), "firms": tables.firms(rng, where.counties_of(places.OWN)),
        "links": tables.links(rng), "indicators": tables.indicators(), "observations": tables.observations(rng),
        "ranks": tables.ranks(rng), "provinces": places.province_rows(), "counties": places.county_rows(where),
        "exchange_rates": tables.exchange_rates(), "price_index": tables.price_index(),
    }  # fmt: skip


def _used(drawn: statements.Statements) -> list[tuple[int, int]]:
    """Return the sources that have statements, as pairs of publisher and month, in order of time."""
    both = np.unique(drawn.month * statements.PUBLISHERS + drawn.publisher).tolist()
    return [(one % statements.PUBLISHERS, one // statements.PUBLISHERS) for one in both]


def _fields(resource: Mapping) -> list[str]:
    return [field["name"] for field in resource["schema"]["fields"]]


def _chunks(drawn: statements.Statements, texts: cells.Texts, fields: list[str]) -> Iterable[Iterable[Sequence[str]]]:
    for first in range(0, len(drawn.measure), CHUNK):
        found = cells.columns(cells.part(drawn, first, first + CHUNK), texts, first)
        yield zip(*(found[field] for field in fields), strict=True)


def _table(file: Path, resource: Mapping, chunks: Iterable[Iterable[Sequence]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(_fields(resource))
        for rows in chunks:
            writer.writerows(rows)
