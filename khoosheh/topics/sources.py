"""Sources: the title and address of the source of a row."""

from collections.abc import Mapping

from khoosheh.formatting import is_missing
from khoosheh.persian import isolate_direction
from khoosheh.queries import read_register_table
from khoosheh.register import Register, cached_per_register
from khoosheh.topics.request import FindingRequest, Row


def find_source_row(register: Register, source_id: str) -> Row:
    """Return a source as a row of the register; raises ``KeyError``."""
    return _index_sources(register)[source_id]


@cached_per_register
def _index_sources(register: Register) -> Mapping[str, Row]:
    return {row["source_id"]: row for row in read_register_table(register, "sources").iter_rows(named=True)}


def get_source_address(register: Register, source_id: str) -> str:
    """Return the web address of a source; empty where it has none."""
    address: str = find_source_row(register, source_id)["address"]
    return "" if is_missing(address) else address


def format_source_title(request: FindingRequest, source_id: str) -> str:
    """Return the title of a source; without a web address, also the place where it can be found."""
    source = find_source_row(request.register, source_id)
    title: str = source[f"title_{request.lang}"]
    locator = source["locator"]
    if not is_missing(source["address"]) or is_missing(locator):
        return title
    return request.t("source.located", title=title, locator=isolate_direction(locator))
