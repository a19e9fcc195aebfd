"""A small package of an invented province, made for tests. Nothing in it is true.

Nemunestan (XA-01) has two chains of three stages, five projects, three firms and a handful of statements
of every kind.
"""

import csv
import json
from functools import cache
from pathlib import Path

import pandas as pd

from khoosheh.register import Register, derived_columns
from khoosheh.register.dictionary import Dictionary

SHIPPED = Path(__file__).parents[1] / "data"
SQUARE = {"type": "Polygon", "coordinates": [[[50, 30], [50, 31], [51, 31], [51, 30], [50, 30]]]}

ROWS: dict[str, list[dict]] = {
    "sources": [
        {
            "source_id": f"paper-{number}", "title_fa": f"گزارش ساختگی {number}", "title_en": f"Made-up report {number}",
            "publisher_fa": "روزنامهٔ نمونه", "publisher_en": "Sample Daily", "quality": "primary_press",
            "address": "https://example.org/report", "published_from": "1402-05-10", "published_to": "1402-05-10",
        }
        for number in (1, 2)
    ],
    "chains": [
        {"chain_id": "tea", "seq": 1, "name_fa": "چای", "name_en": "Tea"},
        {"chain_id": "glass", "seq": 2, "name_fa": "شیشه", "name_en": "Glass"},
    ],
    "stages": [
        {"stage_id": f"{chain}-{seq}", "chain_id": chain, "seq": seq, "name_fa": fa, "name_en": en}
        for chain, names in (
            ("tea", (("باغ", "Garden"), ("خشک‌کردن", "Drying"), ("بسته‌بندی", "Packing"))),
            ("glass", (("ماسه", "Sand"), ("ذوب", "Melting"), ("شکل‌دهی", "Forming"))),
        )
        for seq, (fa, en) in enumerate(names, 1)
    ],
    "provinces": [
        {"iso_3166_2": "XA-01", "name_fa": "نمونستان", "name_en": "Nemunestan"},
        {"iso_3166_2": "XA-02", "name_fa": "خیالستان", "name_en": "Khialestan"},
        {"iso_3166_2": "XA-03", "name_fa": "پندارستان", "name_en": "Pendarestan"},
    ],
    "counties": [
        {"county_id": "bala", "iso_3166_2": "XA-01", "name_fa": "بالا", "name_en": "Bala", "osm_relation": 1},
        {"county_id": "pain", "iso_3166_2": "XA-01", "name_fa": "پایین", "name_en": "Pain", "osm_relation": 2},
    ],
    "projects": [
        {"project_id": one, "name_fa": fa, "name_en": en, "chain_id": chain, "stage_id": stage, "iso_3166_2": "XA-01",
         "county_id": county, "sector": sector}
        for one, fa, en, chain, stage, county, sector in (
            ("garden", "باغ چای بالا", "Bala tea garden", "tea", "tea-1", "bala", "A"),
            ("dryer", "کارخانهٔ چای‌خشک‌کنی", "Tea dryer", "tea", "tea-2", "bala", "C"),
            ("packer", "کارخانهٔ بسته‌بندی", "Packing plant", "tea", "tea-3", "pain", "C"),
            ("furnace", "کورهٔ شیشه", "Glass furnace", "glass", "glass-2", "pain", "C"),
            ("school", "دانشکدهٔ نمونه", "Sample college", "", "", "", "M"),
        )
    ],
    "requirements": [
        {"requirement_id": "lab", "seq": 1, "name_fa": "آزمایشگاه", "name_en": "A laboratory", "phase_id": "seed"}
    ],
    "life_cycle": [
        {"phase_id": one, "scale": scale, "seq": seq, "name_fa": fa, "name_en": en, "source_id": "paper-1",
         "proof_fa": f"نشانهٔ ساختگی {fa}", "proof_en": f"Made-up proof of {en}"}
        for one, scale, seq, fa, en in (
            ("seed", "life_cycle", 1, "بذر", "Seed"),
            ("tree", "life_cycle", 2, "درخت", "Tree"),
            ("star", "ecei_label", 1, "ستاره", "Star"),
        )
    ],
    "firms": [
        {"firm_id": one, "name_fa": fa, "name_en": en, "isic4": isic4, "county_id": county, "source_id": "paper-2",
         "is_knowledge_based": known, "exports": exports}
        for one, fa, en, isic4, county, known, exports in (
            ("tarh", "طرح نمونه", "Sample Design", "7110", "bala", "true", "false"),
            ("ban", "بن‌ساز", "Bonsaz", "4220 4290", "pain", "false", ""),
            ("rah", "راه نو", "Rah-e No", "", "", "", "true"),
        )
    ],
    "links": [
        {"link_id": "L1", "firm_id": "tarh", "partner_firm_id": "ban", "kind": "supplies", "source_id": "paper-2"},
        {"link_id": "L2", "firm_id": "ban", "partner_firm_id": "rah", "kind": "joint_project", "source_id": "paper-1"},
    ],
    "indicators": [
        {"indicator_id": "speed", "seq": 1, "name_fa": "شاخص سرعت", "name_en": "Speed index", "field_size": 10,
         "aspect": "growth", "direction": "first_is_best"},
        {"indicator_id": "height", "seq": 2, "name_fa": "شاخص بلندی", "name_en": "Height index", "field_size": "",
         "aspect": "level", "direction": "first_is_best"},
        {"indicator_id": "rain", "seq": 3, "name_fa": "بارش", "name_en": "Rain", "field_size": 3, "aspect": "level",
         "direction": "highest_is_best", "value_unit": "pct", "year_calendar": "jalali"},
    ],
    "observations": [
        {"indicator_id": "rain", "iso_3166_2": iso, "year": year, "value": value, "obs_status": "A",
         "source_id": "paper-1"}
        for year, values in ((1399, (10, 20, 30)), (1400, (25, 20, 30)), (1402, (40, 20, 40)))
        for iso, value in zip(("XA-01", "XA-02", "XA-03"), values, strict=True)
    ],
    "ranks": [
        {"indicator_id": "height", "iso_3166_2": iso, "period_from": "1401", "period_to": "1401", "tier": tier,
         "rank_low": low, "rank_high": high, "source_id": "paper-2"}
        for iso, tier, low, high in (("XA-01", 2, 2, 3), ("XA-02", 1, 1, 1), ("XA-03", 2, 2, 3))
    ],
    "exchange_rates": [
        {"currency": "USD", "rate_kind": "market", "year": year, "rate_irr_mean": mean, "rate_irr_low": low,
         "rate_irr_high": high, "source_id": "paper-1"}
        for year, low, mean, high in (("1401", 250000, 350000, 500000), ("1402", 400000, 500000, 600000))
    ],
    "price_index": [{"year_gregorian": 2020, "inflation_pct": 30.6, "index_2010_100": 719.5, "source_id": "paper-1"}],
}  # fmt: skip

STATEMENTS = [
    # id, project, stage, measure, low, high, unit, said from, said to, more
    ("M01", "garden", "", "cost_planned", 100, 100, "bn_irr", "1401-02-01", "1401-02-01", {}),
    ("M02", "garden", "", "cost_planned", 20, 20, "bn_toman", "1402-03", "1402-03", {}),
    ("M03", "dryer", "", "cost_planned", 300, 400, "bn_irr", "1401", "1402", {}),
    ("M04", "dryer", "", "cost_planned", 50, 50, "bn_irr", "1402-04-01", "1402-04-01", {"is_part": "true"}),
    ("M05", "packer", "", "cost_planned", 70, 70, "bn_irr", "1402-04-01", "1402-04-01", {"is_part": "true"}),
    ("M06", "furnace", "", "cost_planned", 3, 3, "m_eur", "1402-05-10", "1402-05-10", {}),
    ("M07", "garden", "", "cost_to_date", 1, 1, "hemat", "1402-05-10", "1402-05-10", {}),
    ("M08", "garden", "", "state", "", "", "", "1401-01", "1401-01", {"state_low": "building", "state_high": "building"}),
    ("M09", "garden", "", "state", "", "", "", "1402-02", "1402-02", {"state_low": "operating", "state_high": "operating"}),
    ("M10", "dryer", "", "state", "", "", "", "1402-02", "1402-02", {"state_low": "operating", "state_high": "operating"}),
    ("M11", "packer", "", "state", "", "", "", "1402-02", "1402-02",
     {"state_low": "licensed", "state_high": "commissioning", "due_state": "operating", "due_from": "1402", "due_to": "1403"}),
    ("M12", "furnace", "", "capacity", 9, 9, "kt_per_year", "1402-02-30", "1402-02-30", {}),
    ("M13", "furnace", "", "capacity", 900, 900, "kt_per_year", "1402-02-30", "1402-02-30", {"quality_flag": "implausible"}),
    ("M14", "", "", "rank", 1, 1, "place", "1402-06", "1402-06", {"indicator_id": "speed"}),
    ("M15", "", "", "rank_change", 4, 4, "places", "1402-06", "1402-06", {"indicator_id": "speed"}),
    ("M16", "", "", "tier", 2, 2, "tier", "1402-06", "1402-06", {"indicator_id": "height"}),
    ("M17", "garden", "", "jobs", 3000, "", "jobs", "1402-06", "1402-06", {}),
    ("M18", "school", "", "need", "", "", "", "1402-06", "1402-06", {"requirement_id": "lab"}),
    ("M19", "", "", "firms", 12, 12, "firms", "1402-06", "1402-06", {"iso_3166_2": "XA-02"}),
    ("M20", "", "glass-1", "state", "", "", "", "1402-06", "1402-06", {"state_low": "exploring", "state_high": "exploring"}),
]  # fmt: skip
NAMES = (
    "statement_id",
    "project_id",
    "stage_id",
    "measure",
    "value_low",
    "value_high",
    "unit",
    "said_from",
    "said_to",
)


def statement(row: tuple) -> dict:
    """Return a whole row of the table from the short form above."""
    return {
        "source_id": "paper-1", "obs_status": "A", "iso_3166_2": "XA-01", "speaker_fa": "خانم نمونه", "speaker_en": "Ms Sample",
        "claim_fa": f"گفتهٔ ساختگی {row[0]}", "claim_en": f"Made-up statement {row[0]}",
        **dict(zip(NAMES, row, strict=False)), **row[-1],
    }  # fmt: skip


def tables() -> dict[str, list[dict]]:
    """Return fresh rows of every table."""
    return {
        **{name: [dict(row) for row in rows] for name, rows in ROWS.items()},
        "statements": [*map(statement, STATEMENTS)],
    }


def descriptor() -> dict:
    """Return the shipped dictionary as that of the invented province."""
    found = json.loads((SHIPPED / "datapackage.json").read_text(encoding="utf-8"))
    labels = {"fa": "دفتر ساختگی نمونستان", "en": "Made-up register of Nemunestan"}
    return {
        **found,
        "name": "nemunestan",
        "province": "XA-01",
        "compiled_on": "1402-12-29",
        "labels": labels,
        "title": labels["en"],
    }


def write(folder: Path, rows: dict[str, list[dict]] | None = None) -> Path:
    """Write the package into ``folder`` and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "geo").mkdir(exist_ok=True)
    described = descriptor()
    (folder / "datapackage.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
    for resource in described["resources"]:
        if "schema" in resource:
            fields = [field["name"] for field in resource["schema"]["fields"]]
            write_table(folder / resource["path"], fields, (rows or tables())[resource["name"]])
    for name, ids in (("provinces", ["XA-01", "XA-02", "XA-03"]), ("counties", ["1", "2"])):
        features = [{"type": "Feature", "id": one, "properties": {}, "geometry": SQUARE} for one in ids]
        shapes = {"type": "FeatureCollection", "features": features}
        (folder / "geo" / f"{name}.geojson").write_text(json.dumps(shapes))
    return folder


def write_table(file: Path, fields: list[str], rows: list[dict]) -> None:
    """Write one table as CSV."""
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, fields, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(rows)


def unchecked(rows: dict[str, list[dict]]) -> Register:
    """Return the register that loading these rows would give, without files and without the checks of loading.

    For tests of measures: a third of the time, and also for rows that the checks refuse.
    """
    described = descriptor()
    names = [one["name"] for one in described["resources"] if "schema" in one]
    tables = {name: _typed(name, json.dumps(rows[name])).copy(deep=False) for name in names}
    return Register(SHIPPED, described, derived_columns.derive_columns(tables), {}, version=json.dumps(rows))


@cache
def _typed(name: str, rows: str) -> pd.DataFrame:
    """Return a table with the types of its schema; ``rows`` are JSON, so that tables nobody changed are made once."""
    dictionary = Dictionary(descriptor())
    fields = dictionary.fields(name)
    cells = [["" if row.get(field) is None else str(row[field]) for field in fields] for row in json.loads(rows)]
    frame = pd.DataFrame(cells, columns=list(fields), dtype="str")
    return derived_columns.convert_column_types({name: frame.where(frame != "")}, dictionary)[name]
