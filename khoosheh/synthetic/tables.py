"""The small tables of the made-up country: chains, indicators with values, exchange rates, prices, firms."""

import numpy as np

from khoosheh.synthetic import invented_names, places
from khoosheh.synthetic.invented_names import (
    fill_name_pattern,
    load_synthetic_words,
    make_bilingual_cells,
    make_synthetic_name,
)

YEARS = range(1390, 1405)
TABLES, RATES, HANDBOOK = "statistics", "bank", "handbook"
TIERED = "tiers"
TIER = 11
GREGORIAN = range(2008, 2026)
RATE_IRR = {"USD": 15_000, "EUR": 18_000}
# yearly factors of exchange rates and of prices
DEARER, PRICES = 1.33, 1.25
KINDS = {"market": 1.0, "nima": 0.8}
SWING = 0.12
FIRMS, LINKS = 60, 90
LINK_KINDS = ("supplies", "subcontracts", "joint_project", "joint_venture", "other")


def build_synthetic_chains() -> list[dict]:
    """Return the rows of ``chains``."""
    return [
        {
            "chain_id": entry["id"],
            "seq": seq,
            **make_bilingual_cells("name", make_synthetic_name(entry["fa"], entry["en"])),
        }
        for seq, entry in enumerate(load_synthetic_words()["chains"], 1)
    ]


def build_synthetic_stages(rng: np.random.Generator) -> list[dict]:
    """Return the rows of ``stages``; stages with a product have a coefficient, except the first of a chain."""
    rows = []
    for chain in load_synthetic_words()["chains"]:
        for seq, (fa, en, isic4, product_fa, product_en) in enumerate(chain["stages"], 1):
            row = {"stage_id": f"{chain['id']}-{seq}", "chain_id": chain["id"], "seq": seq, "isic4": isic4}
            row |= make_bilingual_cells("name", make_synthetic_name(fa, en))
            low, more = 1 + rng.random(), rng.random() * 0.2
            if product_en:
                row |= make_bilingual_cells("product", make_synthetic_name(product_fa, product_en))
            if product_en and seq > 1:
                row |= {"input_t_per_t_low": f"{low:.2f}", "input_t_per_t_high": f"{low + more:.2f}"}
                row |= make_bilingual_cells(
                    "coefficient_basis", make_synthetic_name(*load_synthetic_words()["basis"])
                )
                row |= {"coefficient_source_id": HANDBOOK}
            rows.append(row)
    return rows


def build_synthetic_requirements() -> list[dict]:
    """Return the rows of ``requirements``: needs of the last chain, which provides services."""
    phases = [entry[0] for entry in load_synthetic_words()["phases"] if entry[1] == "life_cycle"]
    return [
        {"requirement_id": entry, "seq": seq, **make_bilingual_cells("name", make_synthetic_name(fa, en)),
         "chain_id": load_synthetic_words()["chains"][-1]["id"], "phase_id": phases[seq % len(phases)]}
        for seq, (entry, fa, en) in enumerate(load_synthetic_words()["requirements"], 1)
    ]  # fmt: skip


def build_synthetic_life_cycle() -> list[dict]:
    """Return the rows of ``life_cycle``."""
    rows: list[dict] = []
    seen: dict[str, int] = {}
    for entry, scale, fa, en in load_synthetic_words()["phases"]:
        seen[scale] = seen.get(scale, 0) + 1
        proof = make_synthetic_name(*fill_name_pattern("proof", (fa, en)))
        rows.append(
            {"phase_id": entry, "scale": scale, "seq": seen[scale],
             **make_bilingual_cells("name", make_synthetic_name(fa, en)),
             **make_bilingual_cells("proof", proof), "source_id": HANDBOOK}
        )  # fmt: skip
    return rows


def build_synthetic_indicators() -> list[dict]:
    """Return the rows of ``indicators``."""
    office = next(entry for entry in load_synthetic_words()["offices"] if entry[0] == TABLES)
    rows = []
    for seq, entry in enumerate(load_synthetic_words()["indicators"], 1):
        row = {"indicator_id": entry["id"], "seq": seq, "field_size": places.PROVINCES, "aspect": entry["aspect"]}
        row |= {"direction": entry["direction"], "value_unit": entry.get("unit", "")}
        row |= {
            "year_calendar": "jalali" if "unit" in entry else "",
            **make_bilingual_cells("name", make_synthetic_name(entry["fa"], entry["en"])),
        }
        rows.append(row | make_bilingual_cells("publisher", make_synthetic_name(*office[1:3])))
    return rows


def build_synthetic_observations(rng: np.random.Generator) -> list[dict]:
    """Return the rows of ``observations``: each province has a level around which its values vary by year."""
    rows = []
    for entry in (entry for entry in load_synthetic_words()["indicators"] if "unit" in entry):
        levels = rng.random(places.PROVINCES)
        for year in YEARS:
            shares = np.clip(0.85 * levels + 0.15 * rng.random(places.PROVINCES), 0, 1)
            values = entry["low"] + shares * (entry["high"] - entry["low"])
            rows += [
                {"indicator_id": entry["id"], "iso_3166_2": places.make_province_code(place), "year": year,
                 "value": f"{value:.{entry['decimals']}f}", "obs_status": "A", "source_id": TABLES}
                for place, value in enumerate(values.tolist())
            ]  # fmt: skip
    return rows


def build_synthetic_ranks(rng: np.random.Generator) -> list[dict]:
    """Return the rows of ``ranks``: three tiers, within which provinces have no rank of their own."""
    order, rows = np.argsort(rng.random(places.PROVINCES)).tolist(), []
    for place, province in enumerate(order):
        tier = place // TIER
        low, high = tier * TIER + 1, min((tier + 1) * TIER, places.PROVINCES)
        rows.append(
            {"indicator_id": TIERED, "iso_3166_2": places.make_province_code(province),
             "period_from": "1402", "period_to": "1402",
             "tier": tier + 1, "rank_low": low, "rank_high": high, "source_id": TABLES}
        )  # fmt: skip
    return rows


def compute_market_rates() -> dict[str, np.ndarray]:
    """Return the mean market rate of each currency in rial, an array by year of ``YEARS``."""
    growth = DEARER ** np.arange(len(YEARS))
    return {currency: np.rint(start * growth) for currency, start in RATE_IRR.items()}


def build_synthetic_exchange_rates() -> list[dict]:
    """Return the rows of ``exchange_rates``."""
    return [
        {"currency": currency, "rate_kind": kind, "year": year, "rate_irr_mean": round(mean * share),
         "rate_irr_low": round(mean * share * (1 - SWING)), "rate_irr_high": round(mean * share * (1 + SWING)),
         "source_id": RATES}
        for currency, means in compute_market_rates().items()
        for kind, share in KINDS.items()
        for year, mean in zip(YEARS, means.tolist(), strict=True)
    ]  # fmt: skip


def build_synthetic_price_index() -> list[dict]:
    """Return the rows of ``price_index``."""
    return [
        {"year_gregorian": year, "inflation_pct": f"{(PRICES - 1) * 100:.1f}",
         "index_2010_100": f"{100 * PRICES ** (year - 2010):.1f}", "source_id": RATES}
        for year in GREGORIAN
    ]  # fmt: skip


def build_synthetic_firms(rng: np.random.Generator, counties: np.ndarray) -> list[dict]:
    """Return the rows of ``firms`` in ``counties`` of the own province; one in five states no county."""
    classes, rows = [stage[2] for chain in load_synthetic_words()["chains"] for stage in chain["stages"]], []
    for number in range(FIRMS):
        where, isic4, known, exporting, value = rng.random(5).tolist()
        name = fill_name_pattern("firm", invented_names.pick_name_stem(number))
        row = {
            "firm_id": f"firm-{number + 1:02}",
            **make_bilingual_cells("name", invented_names.make_numbered_name(*name, number + 1)),
        }
        row |= {"isic4": classes[int(isic4 * len(classes))], "source_id": HANDBOOK}
        row |= {"county_id": places.make_county_id(counties[int(where / 0.8 * len(counties))]) if where < 0.8 else ""}
        row |= {"is_knowledge_based": _format_stated_flag(known), "exports": _format_stated_flag(exporting)}
        if row["exports"] == "true" and value < 0.5:
            row |= {"export_value_usd_per_year_low": round(10 ** (4 + 6 * value), -3)}
        rows.append({name: int(cell) if isinstance(cell, float) else cell for name, cell in row.items()})
    return rows


def _format_stated_flag(share: float) -> str:
    return "true" if share < 0.3 else "false" if share < 0.7 else ""


def build_synthetic_links(rng: np.random.Generator) -> list[dict]:
    """Return the rows of ``links``, most of which are those of few firms."""
    rows = []
    for number in range(LINKS):
        start, step, kind = rng.random(3).tolist()
        first = int(FIRMS * start**2)
        other = (first + 1 + int(step * (FIRMS - 1))) % FIRMS
        rows.append(
            {"link_id": f"link-{number + 1:02}", "firm_id": f"firm-{first + 1:02}",
             "partner_firm_id": f"firm-{other + 1:02}", "kind": LINK_KINDS[int(kind * len(LINK_KINDS))],
             "source_id": HANDBOOK}
        )  # fmt: skip
    return rows
