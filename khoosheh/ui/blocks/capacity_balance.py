"""The balance of a chain as a table with a row for each link: as stated, and with plans."""

import narwhals as nw
import streamlit as st

from khoosheh import queries
from khoosheh.formatting import is_missing
from khoosheh.measures.rows import Table
from khoosheh.measures.scenario import Scenario
from khoosheh.topics.value_chains.findings import BALANCE
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding_tables


def render_chain_balance(page: PageContext, chain: str) -> None:
    """Draw the balance of a chain as stated and with plans; draw nothing where no link of it has a coefficient."""
    stated = _select_balance(page, chain, planned=False)
    if _has_coefficients(stated):
        with st.expander(page.t("balance.title.both")):
            _render_balance(page, chain, "stated", stated)
            _render_balance(page, chain, "planned", _select_balance(page, chain, planned=True))


def render_assumed_balance(page: PageContext, chain: str, scenario: Scenario) -> None:
    """Draw the balance of a chain under a reader's assumptions; draw nothing where no link has a coefficient."""
    balance = _select_balance(page, chain, scenario, planned=False)
    if _has_coefficients(balance):
        with st.expander(page.t("balance.title.assumed")):
            _render_balance(page, chain, "assumed", balance)


def _select_balance(page: PageContext, chain: str, scenario: Scenario = (), *, planned: bool) -> Table:
    balances = queries.query_link_balances(page.register, page.view.selection, planned, scenario)
    return balances.filter(nw.col("chain_id") == chain)


def _has_coefficients(balance: Table) -> bool:
    return not all(is_missing(source_id) for source_id in balance["coefficient_source_id"].to_list())


def _render_balance(page: PageContext, chain: str, name: str, balance: Table) -> None:
    st.caption(page.t(f"balance.lead.{name}"))
    title = page.t(f"balance.title.{name}")
    finding_tables.render_open_table(page, f"balance-{name}-{chain}", BALANCE.columns, balance, title)
