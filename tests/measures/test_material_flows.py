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
