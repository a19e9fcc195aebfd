"""The balance of a chain as a table: a row a link, stated and with plans."""

import narwhals as nw
import streamlit as st

from khoosheh import queries
from khoosheh.formatting import is_missing
from khoosheh.measures.scenario import Scenario
from khoosheh.topics.value_chains.findings import BALANCE
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding


def render_chain_balance(page: PageContext, chain: str) -> None:
    """Draw the balance of a chain; nothing where no link of it has a coefficient."""
    for planned in (False, True):
        data = queries.query_link_balances(page.register, page.view.selection, planned).filter(
            nw.col("chain_id") == chain
        )
        if any(not is_missing(one) for one in data["coefficient_source_id"].to_list()):
            _render_balance_table(page, chain, "planned" if planned else "stated", data)


def render_assumed_balance(page: PageContext, chain: str, scenario: Scenario) -> None:
    """Draw the balance of a chain under a reader's assumptions."""
    data = queries.query_link_balances(page.register, page.view.selection, False, scenario).filter(
        nw.col("chain_id") == chain
    )
    if any(not is_missing(one) for one in data["coefficient_source_id"].to_list()):
        _render_balance_table(page, chain, "assumed", data)


def _render_balance_table(page: PageContext, chain: str, name: str, data: nw.DataFrame) -> None:
    with st.expander(page.t(f"balance.title.{name}")):
        st.caption(page.t(f"balance.lead.{name}"))
        title = page.t(f"balance.title.{name}")
        finding.render_open_table(page, f"balance-{name}-{chain}", BALANCE.columns, data, title)
