"""The small tables of the made-up country: chains, indicators and their values, rates, prices, the cluster."""

import numpy as np

from khoosheh.scale import names, places
from khoosheh.scale.names import both, made_up, pattern, words

YEARS = range(1390, 1405)
TABLES, RATES, HANDBOOK = "statistics", "bank", "handbook"
TIERED = "tiers"
TIER = 11
GREGORIAN = range(2008, 2026)
RATE_IRR = {"USD": 15_000, "EUR": 18_000}
# How much dearer a currency, and how much higher prices, are a year later.
DEARER, PRICES = 1.33, 1.25
KINDS = {"market": 1.0, "nima": 0.8}
SWING = 0.12
FIRMS, LINKS = 60, 90
LINK_KINDS = ("supplies", "subcontracts", "joint_project", "joint_venture", "other")


def chains() -> list[dict]:
    """Return the rows of ``chains``."""
    return [
        {"chain_id": one["id"], "seq": seq, **both("name", made_up(one["fa"], one["en"]))}
        for seq, one in enumerate(words()["chains"], 1)
    ]


def stages(rng: np.random.Generator) -> list[dict]:
    """Return the rows of ``stages``; what makes goods has a coefficient from its second stage on."""
    rows = []
    for chain in words()["chains"]:
        for seq, (fa, en, isic4, product_fa, product_en) in enumerate(chain["stages"], 1):
            row = {"stage_id": f"{chain['id']}-{seq}", "chain_id": chain["id"], "seq": seq, "isic4": isic4}
            row |= both("name", made_up(fa, en))
            low, more = 1 + rng.random(), rng.random() * 0.2
            if product_en:
                row |= both("product", made_up(product_fa, product_en))
            if product_en and seq > 1:
                row |= {"input_t_per_t_low": f"{low:.2f}", "input_t_per_t_high": f"{low + more:.2f}"}
                row |= both("coefficient_basis", made_up(*words()["basis"]))
                row |= {"coefficient_source_id": HANDBOOK}
            rows.append(row)
    return rows


def requirements() -> list[dict]:
    """Return the rows of ``requirements``: needs of the last chain, which is one of services."""
    phases = [one[0] for one in words()["phases"] if one[1] == "life_cycle"]
    return [
        {"requirement_id": one, "seq": seq, **both("name", made_up(fa, en)), "chain_id": words()["chains"][-1]["id"],
         "phase_id": phases[seq % len(phases)]}
        for seq, (one, fa, en) in enumerate(words()["requirements"], 1)
    ]  # fmt: skip


def life_cycle() -> list[dict]:
    """Return the rows of ``life_cycle``."""
    rows, seen = [], {}
    for one, scale, fa, en in words()["phases"]:
        seen[scale] = seen.get(scale, 0) + 1
        proof = made_up(*pattern("proof", (fa, en)))
        rows.append(
            {"phase_id": one, "scale": scale, "seq": seen[scale], **both("name", made_up(fa, en)),
             **both("proof", proof), "source_id": HANDBOOK}
        )  # fmt: skip
    return rows


def indicators() -> list[dict]:
    """Return the rows of ``indicators``."""
    office = next(one for one in words()["offices"] if one[0] == TABLES)
    rows = []
    for seq, one in enumerate(words()["indicators"], 1):
        row = {"indicator_id": one["id"], "seq": seq, "field_size": places.PROVINCES, "aspect": one["aspect"]}
        row |= {"direction": one["direction"], "value_unit": one.get("unit", "")}
        row |= {"year_calendar": "jalali" if "unit" in one else "", **both("name", made_up(one["fa"], one["en"]))}
        rows.append(row | both("publisher", made_up(*office[1:3])))
    return rows


def observations(rng: np.random.Generator) -> list[dict]:
    """Return the rows of ``observations``: each province has a level, and moves about it from year to year."""
    rows = []
    for one in (one for one in words()["indicators"] if "unit" in one):
        levels = rng.random(places.PROVINCES)
        for year in YEARS:
            shares = np.clip(0.85 * levels + 0.15 * rng.random(places.PROVINCES), 0, 1)
            values = one["low"] + shares * (one["high"] - one["low"])
            rows += [
                {"indicator_id": one["id"], "iso_3166_2": places.code(place), "year": year,
                 "value": f"{value:.{one['decimals']}f}", "obs_status": "A", "source_id": TABLES}
                for place, value in enumerate(values.tolist())
            ]  # fmt: skip
    return rows


def ranks(rng: np.random.Generator) -> list[dict]:
    """Return the rows of ``ranks``: three tiers, without places in them."""
    order, rows = np.argsort(rng.random(places.PROVINCES)).tolist(), []
    for place, province in enumerate(order):
        tier = place // TIER
        low, high = tier * TIER + 1, min((tier + 1) * TIER, places.PROVINCES)
        rows.append(
            {"indicator_id": TIERED, "iso_3166_2": places.code(province), "period_from": "1402", "period_to": "1402",
             "tier": tier + 1, "rank_low": low, "rank_high": high, "source_id": TABLES}
        )  # fmt: skip
    return rows


def rates() -> dict[str, np.ndarray]:
    """Return the mean market rate of each currency in rial, by year of ``YEARS``."""
    growth = DEARER ** np.arange(len(YEARS))
    return {currency: np.rint(start * growth) for currency, start in RATE_IRR.items()}


def exchange_rates() -> list[dict]:
    """Return the rows of ``exchange_rates``."""
    return [
        {"currency": currency, "rate_kind": kind, "year": year, "rate_irr_mean": round(mean * share),
         "rate_irr_low": round(mean * share * (1 - SWING)), "rate_irr_high": round(mean * share * (1 + SWING)),
         "source_id": RATES}
        for currency, means in rates().items()
        for kind, share in KINDS.items()
        for year, mean in zip(YEARS, means.tolist(), strict=True)
    ]  # fmt: skip


def price_index() -> list[dict]:
    """Return the rows of ``price_index``."""
    return [
        {"year_gregorian": year, "inflation_pct": f"{(PRICES - 1) * 100:.1f}",
         "index_2010_100": f"{100 * PRICES ** (year - 2010):.1f}", "source_id": RATES}
        for year in GREGORIAN
    ]  # fmt: skip


def firms(rng: np.random.Generator, counties: np.ndarray) -> list[dict]:
    """Return the rows of ``firms``, in ``counties`` of the own province; one in five does not say where."""
    classes, rows = [stage[2] for chain in words()["chains"] for stage in chain["stages"]], []
    for number in range(FIRMS):
        where, isic4, known, exporting, value = rng.random(5).tolist()
        name = pattern("firm", names.stem(number))
        row = {"firm_id": f"firm-{number + 1:02}", **both("name", names.numbered(*name, number + 1))}
        row |= {"isic4": classes[int(isic4 * len(classes))], "source_id": HANDBOOK}
        row |= {"county_id": places.county_id(counties[int(where / 0.8 * len(counties))]) if where < 0.8 else ""}
        row |= {"is_knowledge_based": _stated(known), "exports": _stated(exporting)}
        if row["exports"] == "true" and value < 0.5:
            row |= {"export_value_usd_per_year_low": round(10 ** (4 + 6 * value), -3)}
        rows.append({name: int(cell) if isinstance(cell, float) else cell for name, cell in row.items()})
    return rows


def _stated(share: float) -> str:
    return "true" if share < 0.3 else "false" if share < 0.7 else ""


def links(rng: np.random.Generator) -> list[dict]:
    """Return the rows of ``links``: few firms have most of them."""
    rows = []
    for number in range(LINKS):
        one, step, kind = rng.random(3).tolist()
        first = int(FIRMS * one**2)
        other = (first + 1 + int(step * (FIRMS - 1))) % FIRMS
        rows.append(
            {"link_id": f"link-{number + 1:02}", "firm_id": f"firm-{first + 1:02}",
             "partner_firm_id": f"firm-{other + 1:02}", "kind": LINK_KINDS[int(kind * len(LINK_KINDS))],
             "source_id": HANDBOOK}
        )  # fmt: skip
    return rows
