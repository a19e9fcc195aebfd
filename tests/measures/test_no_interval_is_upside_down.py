"""No measure returns a low end above its high end, whatever a register says."""

from datetime import date

import random_registers

from khoosheh import queries
from khoosheh.formatting import is_missing
from khoosheh.measures import material_flows, missing_links
from khoosheh.measures.capacity_balance import LinkBalanceRow
from khoosheh.measures.rows import read_rows
from khoosheh.measures.scope import Selection
from khoosheh.topics import registry

SELECTIONS = (
    Selection(),
    Selection(unit="m_usd_market", by="said_year"),
    Selection(unit="hemat", by="chain_id", as_of=date(2024, 6, 1)),
)


def pairs(columns: list[str]) -> list[tuple[str, str]]:
    """Return the columns that are the two ends of one interval: 'low' and 'high' as one part of their names."""
    parts = [(name, name.split("_")) for name in columns]
    found = [(name, "_".join("high" if part == "low" else part for part in of)) for name, of in parts if "low" in of]
    return [(low, high) for low, high in found if high in columns]


def upside_down(rows: list[dict]) -> list[tuple]:
    """Return the intervals of rows whose low end is above their high end; blank ends bound nothing, texts are codes."""
    found = [(low, row[low], row[high], row) for row in rows for low, high in pairs(list(row))]
    return [
        one
        for one in found
        if not any(is_missing(end) or isinstance(end, str) for end in one[1:3]) and one[1] > one[2]
    ]


def tables(register, selection):
    """Yield the name and the rows of every table that a page or a command gets from the measures."""
    for name, ask in ({one.id: one.query for one in registry.COMPARED} | registry.list_commands()).items():
        yield name, list(ask(register, selection).iter_rows(named=True))
    links = queries.query_link_balances(register, selection)
    yield "flows", list(material_flows.compute_chain_flows(read_rows(links, LinkBalanceRow)).values())
    yield "judged", missing_links.compute_link_covers(links)
    yield "additions", list(queries.query_stage_additions(register, selection).iter_rows(named=True))


def test_no_table_has_an_interval_upside_down():
    intervals = set()
    for seed in range(12):
        register = random_registers.register(seed)
        for name, rows in tables(register, SELECTIONS[seed % len(SELECTIONS)]):
            assert not upside_down(rows), f"register {seed}, {name}"
            intervals |= {(name, low) for row in rows for low, _ in pairs(list(row)) if not is_missing(row[low])}
    # the test is worth something only where such intervals were there
    tested = {name for name, _ in intervals}
    assert tested >= {"investment", "balance", "earned_value", "schedule", "stages", "ranking", "chains", "flows"}
    assert ("earned_value", "schedule_performance_low") in intervals
