"""Scenarios: a reader assumes capacities of a chain's stages, and the page shows what would follow from them.

The address contains the assumptions, so that a link shares them. Colours and texts of the block mark them as
assumptions, which nobody stated.
"""

from collections.abc import Sequence

import narwhals as nw
import streamlit as st

from khoosheh import labels, queries
from khoosheh.formatting import is_missing
from khoosheh.measures.missing_links import StageAdditionRow
from khoosheh.measures.rows import read_rows
from khoosheh.measures.scenario import Scenario
from khoosheh.measures.value_chains import CompletionRow, StageStateRow
from khoosheh.topics.value_chains import balance_sentences, missing_link_sentences
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
    """Draw the block of a chain if it is open or has assumptions; else the button that opens it."""
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
        in_tonnes = any(not is_missing(coefficient) for coefficient in stages["input_t_per_t_low"].to_list())
        _render_assumption_form(page, chain, ids, in_tonnes)
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
    address_bar.rerun_view()


def _close_scenario(stages: Sequence[str]) -> None:
    _write_assumptions(dict.fromkeys(stages, ""))
    st.query_params.pop("trial", None)
    address_bar.rerun_view()


def _write_assumptions(changed: dict[str, str]) -> None:
    """Write the ``changed`` amounts by stage to the address, and remove empty ones; other stages are unchanged."""
    written = address_bar.read_field("scenario").split(",")
    parts = (assumption.partition(":") for assumption in written if assumption)
    unchanged = {stage: amount for stage, _, amount in parts if stage not in changed}
    assumptions = [f"{stage}:{amount}" for stage, amount in {**unchanged, **changed}.items() if amount]
    address_bar.write_field("scenario", ",".join(assumptions))


def _make_widget_key(stage: str) -> str:
    return f"whatif-{stage}"


def _render_assumption_form(page: PageContext, chain: str, stages: Sequence[str], in_tonnes: bool) -> None:
    """Draw a field for the capacity of each stage; of a chain that is not counted in tonnes, for its operation."""
    current = dict(assumption.split(":") for assumption in page.view.scenario)
    with st.form(f"whatif-form-{chain}", border=False):
        st.caption(page.t("whatif.ask.tonnes" if in_tonnes else "whatif.ask.operates"))
        cells = st.grid(min(len(stages), 3), min_column_width=220)
        for stage in stages:
            with cells.cell():
                _render_assumption_field(page, stage, current.get(stage, ""), in_tonnes)
        st.form_submit_button(
            page.t("whatif.see"), on_click=_submit_assumptions, args=(chain, tuple(stages), in_tonnes)
        )


def _render_assumption_field(page: PageContext, stage: str, current: str, in_tonnes: bool) -> None:
    """Draw the field of a stage; ``current``: the assumption in the address, '' for none."""
    label = labels.find_row_label(page.register, "stages", stage, page.lang)
    if not in_tonnes:
        st.session_state[_make_widget_key(stage)] = bool(current) and current != "0"
        st.checkbox(escape_markdown(label), key=_make_widget_key(stage))
        return
    st.session_state[_make_widget_key(stage)] = float(current) if current and current != OPERATES else None
    st.number_input(
        escape_markdown(label), min_value=0.0, max_value=float(MOST_KT), step=STEP_KT, format="%g",
        key=_make_widget_key(stage), placeholder=page.t("whatif.as_stated"),
    )  # fmt: skip


def _submit_assumptions(chain: str, stages: Sequence[str], in_tonnes: bool) -> None:
    values = {stage: st.session_state.get(_make_widget_key(stage)) for stage in stages}
    if in_tonnes:
        _write_assumptions({stage: "" if value is None else f"{value:.12g}" for stage, value in values.items()})
    else:
        _write_assumptions({stage: OPERATES if value else "" for stage, value in values.items()})
    st.query_params["trial"] = chain
    address_bar.rerun_view()


def _render_scenario_outcome(page: PageContext, chain: str, assumed: Scenario) -> None:
    texts = [_format_assumption(page, stage, amount) for stage, amount in assumed]
    st.markdown(escape_markdown(page.t("list.semicolon").join(texts)))
    _render_comparison(page, chain, assumed)
    chain_map.render_chain_map(page, chain, page.t("whatif.map"), assumed)
    next_missing_link.render_single_additions(page, chain, assumed)
    capacity_balance.render_assumed_balance(page, chain, assumed)


def _format_assumption(page: PageContext, stage: str, amount: float | None) -> str:
    name = labels.find_row_label(page.register, "stages", stage, page.lang)
    words = balance_sentences.format_scenario_assumption(page.register, amount, page.lang)
    return page.t("whatif.one", stage=name, words=words)


def _render_comparison(page: PageContext, chain: str, assumed: Scenario) -> None:
    """Draw a table of completion, next link and bottleneck: as stated, and under the assumptions."""
    sides = [_build_comparison_column(page, chain, ()), _build_comparison_column(page, chain, assumed)]
    headings = [page.t(f"column.{name}") for name in ("measure", "as_stated", "assumed")]
    rows = [[Cell(name), Cell(sides[0][name]), Cell(sides[1][name])] for name in sides[0]]
    tables.render_table(headings, rows, page.t("whatif.compared"))


def _build_comparison_column(page: PageContext, chain: str, assumed: Scenario) -> dict[str, str]:
    """Return the cells of a column of the comparison by the headings of their rows."""
    register, selection = page.register, page.view.selection
    in_chain = nw.col("chain_id") == chain
    ladder = queries.list_stage_states(register)
    completion = queries.query_scenario_completion(register, selection, assumed).filter(in_chain)
    cells = {
        page.t(f"definition.{row['definition']}.name"): format_completion_value(row, page.lang)
        for row in read_rows(completion, CompletionRow)
    }
    additions = queries.query_stage_additions(register, selection, assumed).filter(in_chain)
    states = queries.query_scenario_states(register, selection, assumed).filter(in_chain)
    cells[page.t("missing.next.name")] = missing_link_sentences.format_next_link(
        register, read_rows(additions, StageAdditionRow), read_rows(states, StageStateRow), ladder, page.lang
    )
    links = queries.query_chain_links(register, selection, chain, assumed)
    cells[page.t("missing.tonnes.name")] = missing_link_sentences.format_chain_bottleneck(register, links, page.lang)
    return cells
