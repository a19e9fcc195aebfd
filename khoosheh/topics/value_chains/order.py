"""The order of value chains: that of the register, so that a chain keeps its place and colour."""

from collections.abc import Iterable

from khoosheh import queries
from khoosheh.register import Register
from khoosheh.topics.request import Row


def list_ordered_chains(register: Register, rows: Iterable[Row]) -> list[str]:
    """Return the chains that rows are about, in the order of the register."""
    mine = {row["chain_id"] for row in rows}
    return [one for one in list_all_chains(register) if one in mine]


def list_all_chains(register: Register) -> list[str]:
    """Return all chains in the order of the register, so that a chain keeps its colour."""
    return queries.read_register_table(register, "chains").sort("seq")["chain_id"].to_list()
