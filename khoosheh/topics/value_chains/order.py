"""The order of value chains: that of the register, so that a chain keeps its place and colour."""

from collections.abc import Iterable

from khoosheh import queries
from khoosheh.register import Register
from khoosheh.topics.request import Row


def list_ordered_chains(register: Register, rows: Iterable[Row]) -> list[str]:
    """Return the chains that rows are about, in the order of the register."""
    chain_ids = {row["chain_id"] for row in rows}
    return [chain_id for chain_id in list_all_chains(register) if chain_id in chain_ids]


def list_all_chains(register: Register) -> list[str]:
    """Return all chains in the order of the register, so that a chain keeps its colour."""
    return queries.read_register_table(register, "chains").sort("seq")["chain_id"].to_list()
