"""What if: a reader assumes capacities of a chain's stages, and sees what would follow. Nobody stated any of it.

The assumptions stand in the address, so that a link shares them; the block is coloured and worded as what it is.
"""

from collections.abc import Sequence

import narwhals as nw
import streamlit as st

from khoosheh import labels, queries
from khoosheh.formatting import is_missing as blank
from khoosheh.measures.scenario import Scenario
from khoosheh.topics.value_chains import balance_sentences as of_balance
from khoosheh.topics.value_chains import missing_link_sentences
from khoosheh.topics.value_chains.sentences import format_completion_value
from khoosheh.ui.blocks import capacity_balance, chain_map, next_missing_link
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.markup import tables
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.markup.tables import Cell
from khoosheh.ui.state import address_bar
from khoosheh.ui.state.view import MOST_KT, OPERATES

STEP_KT = 50.0


def render_scenario(page: PageContext, chain: str) -> None:
    """Draw the block of a chain that is tried or assumed about; else the button that opens it."""
    stages = queries.read_register_table(page.register, "stages").filter(nw.col("chain_id") == chain).sort("seq")
    ids = stages["stage_id"].to_list()
    assumed = tuple(pair for pair in page.view.assumed if pair[0] in ids)
    if page.view.trial != chain and not assumed:
        st.button(
            page.t("whatif.open"),
            key=f"try-{chain}",
            icon=":material/science:",
            on_click=_open_scenario,
            args=(chain,),
        )
        return
    with st.container(key=f"khoosheh-whatif-{chain}"):
        name = labels.find_row_label(page.register, "chains", chain, page.lang)
        finding.render_heading(page.t("whatif.title", chain=name), 3)
        st.markdown(escape_markdown(page.t("whatif.warning")))
        weighed = any(not blank(one) for one in stages["input_t_per_t_low"].to_list())
        _render_assumption_form(page, chain, ids, weighed)
        if assumed:
            _render_scenario_outcome(page, chain, assumed)
        st.button(
            page.t("whatif.close"),
            key=f"close-{chain}",
            on_click=_close_scenario,
            args=(ids,),
            icon=":material/close:",
        )


def _open_scenario(chain: str) -> None:
    st.query_params["trial"] = chain


def _close_scenario(stages: Sequence[str]) -> None:
    _write_assumptions({one: "" for one in stages})
    st.query_params.pop("trial", None)


def _write_assumptions(changed: dict[str, str]) -> None:
    """Put assumptions into the address, those of other chains kept; an empty one is taken out."""
    pairs = (one.partition(":") for one in address_bar.read_field("scenario").split(",") if one)
    kept = {stage: amount for stage, _, amount in pairs if stage not in changed}
    now = {stage: amount for stage, amount in {**kept, **changed}.items() if amount}
    address_bar.write_field("scenario", ",".join(f"{stage}:{amount}" for stage, amount in now.items()))


def _make_widget_key(stage: str) -> str:
    return f"whatif-{stage}"


def _render_assumption_form(page: PageContext, chain: str, stages: Sequence[str], weighed: bool) -> None:
    """Ask for a capacity of each stage; of chains that are not counted in tonnes, whether it operates."""
    held = dict(one.split(":") for one in page.view.scenario)
    with st.form(f"whatif-form-{chain}", border=False):
        st.caption(page.t("whatif.ask.tonnes" if weighed else "whatif.ask.operates"))
        cells = st.grid(min(len(stages), 3), min_column_width=220)
        for stage in stages:
            with cells.cell():
                _render_assumption_field(page, stage, held.get(stage, ""), weighed)
        st.form_submit_button(
            page.t("whatif.see"), on_click=_submit_assumptions, args=(chain, tuple(stages), weighed)
        )


def _render_assumption_field(page: PageContext, stage: str, held: str, weighed: bool) -> None:
    label = labels.find_row_label(page.register, "stages", stage, page.lang)
    if not weighed:
        st.session_state[_make_widget_key(stage)] = bool(held) and held != "0"
        st.checkbox(escape_markdown(label), key=_make_widget_key(stage))
        return
    st.session_state[_make_widget_key(stage)] = float(held) if held and held != OPERATES else None
    st.number_input(
        escape_markdown(label), min_value=0.0, max_value=float(MOST_KT), step=STEP_KT, format="%g",
        key=_make_widget_key(stage), placeholder=page.t("whatif.as_stated"),
    )  # fmt: skip


def _submit_assumptions(chain: str, stages: Sequence[str], weighed: bool) -> None:
    given = {stage: st.session_state.get(_make_widget_key(stage)) for stage in stages}
    if weighed:
        _write_assumptions({stage: "" if value is None else f"{value:.12g}" for stage, value in given.items()})
    else:
        _write_assumptions({stage: OPERATES if value else "" for stage, value in given.items()})
    st.query_params["trial"] = chain


def _render_scenario_outcome(page: PageContext, chain: str, assumed: Scenario) -> None:
    said = [_format_assumption(page, stage, amount) for stage, amount in assumed]
    st.markdown(escape_markdown(page.t("list.semicolon").join(said)))
    _render_comparison(page, chain, assumed)
    chain_map.render_chain_map(page, chain, page.t("whatif.map"), assumed)
    next_missing_link.render_single_additions(page, chain, assumed)
    capacity_balance.render_assumed_balance(page, chain, assumed)


def _format_assumption(page: PageContext, stage: str, amount: float | None) -> str:
    name = labels.find_row_label(page.register, "stages", stage, page.lang)
    return page.t(
        "whatif.one", stage=name, words=of_balance.format_scenario_assumption(page.register, amount, page.lang)
    )


def _render_comparison(page: PageContext, chain: str, assumed: Scenario) -> None:
    """Draw completion, the next link and the bottleneck: as stated, and under the assumptions."""
    sides = [_build_comparison_column(page, chain, ()), _build_comparison_column(page, chain, assumed)]
    headings = [page.t(f"column.{name}") for name in ("measure", "as_stated", "assumed")]
    rows = [[Cell(name), Cell(sides[0][name]), Cell(sides[1][name])] for name in sides[0]]
    tables.render_table(headings, rows, page.t("whatif.compared"))


def _build_comparison_column(page: PageContext, chain: str, assumed: Scenario) -> dict[str, str]:
    ask = (page.register, page.view.selection)
    mine = nw.col("chain_id") == chain
    ladder = queries.list_stage_states(page.register)
    found = {
        page.t(f"definition.{row['definition']}.name"): format_completion_value(row, page.lang)
        for row in queries.query_scenario_completion(*ask, assumed).filter(mine).iter_rows(named=True)
    }
    rows = list(queries.query_stage_additions(*ask, assumed).filter(mine).iter_rows(named=True))
    states = list(queries.query_scenario_states(*ask, assumed).filter(mine).iter_rows(named=True))
    said = missing_link_sentences.format_next_link(page.register, rows, states, ladder, page.lang)
    found[page.t("missing.next.name")] = said
    links = queries.query_chain_links(*ask, chain, assumed)
    found[page.t("missing.tonnes.name")] = missing_link_sentences.format_chain_bottleneck(
        page.register, links, page.lang
    )
    return found
