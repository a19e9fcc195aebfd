"""Flows between stages: worked out by hand for steel and copper."""

import pytest

from khoosheh import queries
from khoosheh.measures import material_flows
from khoosheh.measures.capacity_balance import LinkBalanceRow
from khoosheh.measures.rows import read_rows
from khoosheh.measures.scope import Selection


def of(register, chain: str, assumed=()) -> dict[str, material_flows.Flow]:
    links = queries.query_chain_links(register, Selection(), chain, assumed)
    return material_flows.compute_chain_flows(read_rows(links, LinkBalanceRow))


def test_flows_of_steel(shipped):
    found = of(shipped, "steel")
    assert {stage: flow["kind"] for stage, flow in found.items()} == {
        "steel-concentrate": "unsaid", "steel-pellet": "unsaid", "steel-sponge-iron": "outside",
        "steel-billet": "needed", "steel-sections": "given",
    }  # fmt: skip
    assert found["steel-sponge-iron"]["high_share"] == 1, "the largest flow, 1,740 kt of pellets"
    assert found["steel-billet"]["low_t_per_year"] == pytest.approx(460_000)
    assert found["steel-billet"]["high_share"] == pytest.approx(468 / 1740)
    assert found["steel-sections"]["low_share"] == pytest.approx(400 / 1740)
    assert found["steel-pellet"]["low_share"] == 0


def test_too_little_before_a_stage_is_short_and_not_thinner(shipped):
    found = of(shipped, "steel", (("steel-pellet", 1_000_000.0),))
    assert found["steel-sponge-iron"]["kind"] == "short"
    assert found["steel-sponge-iron"]["low_t_per_year"] == pytest.approx(1_740_000)


def test_figures_that_do_not_fit_are_drawn_without_a_tonnage(shipped):
    flow = of(shipped, "copper")["copper-concentrating"]
    assert flow["kind"] == "unlikely" and flow["low_t_per_year"] is None


def test_a_chain_without_tonnes_has_no_thickness(shipped):
    assert all(flow["high_share"] == 0 for flow in of(shipped, "water_agriculture").values())


def link(stage: str, need: tuple, supply: tuple, verdict: str) -> LinkBalanceRow:
    """Return a link with a need and a supply, and nothing else."""
    ends = {
        f"{name}_{end}_t_per_year": None for name in ("capacity", "makes", "gap") for end in ("low", "high")
    }  # fmt: skip
    ends |= dict(zip(("need_low_t_per_year", "need_high_t_per_year"), need, strict=True))
    ends |= dict(zip(("supply_low_t_per_year", "supply_high_t_per_year"), supply, strict=True))
    return {
        "chain_id": "x", "stage_id": stage, "input_stage_id": "ore", **ends, "verdict": verdict,
        "coefficient_source_id": None, "statement_ids": "",
    }  # fmt: skip


def test_the_kinds_of_flows_and_their_shares_of_the_largest():
    links = [
        link("enough", (10, 20), (40, 80), "surplus"),
        link("short", (30, 40), (10, 20), "deficit"),
        link("outside", (8, None), (None, None), "no_supply"),
        link("given", (None, None), (4, 16), "no_capacity"),
        link("at_least", (None, None), (2, None), "no_coefficient"),
        link("unlikely", (900, 900), (1, 1), "implausible"),
        link("unsaid", (None, None), (None, None), "no_capacity"),
        link("none", (0, 0), (5, 5), "surplus"),
    ]
    found = material_flows.compute_chain_flows(links)
    assert {stage: tuple(flow.values()) for stage, flow in found.items()} == {
        "enough": ("needed", 10, 20, 0.25, 0.5),
        "short": ("short", 30, 40, 0.75, 1),
        "outside": ("outside", 8, None, 0.2, 0.2),
        "given": ("given", 4, 16, 0.1, 0.4),
        "at_least": ("given", 2, None, 0.05, 0.05),
        "unlikely": ("unlikely", None, None, 0, 0),
        "unsaid": ("unsaid", None, None, 0, 0),
        "none": ("needed", 0, 0, 0, 0),
    }
    assert list(found["enough"]) == ["kind", "low_t_per_year", "high_t_per_year", "low_share", "high_share"]


def test_the_largest_flow_may_be_less_than_a_tonne_or_have_no_upper_end():
    half, open_ = link("half", (0.5, 0.5), (None, None), "no_supply"), link("open", (1, None), (9, 9), "surplus")
    unsaid = link("unsaid", (None, None), (None, None), "no_capacity")
    assert material_flows.compute_chain_flows([half, unsaid])["half"]["low_share"] == 1
    nothing = material_flows.compute_chain_flows([unsaid])["unsaid"]
    assert (nothing["low_share"], nothing["high_share"]) == (0, 0)
    found = material_flows.compute_chain_flows([half, open_])
    assert (found["half"]["high_share"], found["open"]["high_share"]) == (0.5, 1)
    assert material_flows.compute_chain_flows([]) == {}
