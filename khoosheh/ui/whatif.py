"""What if: a reader assumes capacities of a chain's stages, and sees what would follow. Nobody stated any of it.

The assumptions stand in the address, so that a link shares them; the block is coloured and worded as what it is.
"""

from collections.abc import Sequence

import narwhals as nw
import streamlit as st

from khoosheh import board, findings, names
from khoosheh.findings import balance as of_balance
from khoosheh.findings import missing_links
from khoosheh.measures.scenario import Scenario
from khoosheh.ui import balance, chain_map, missing, show, table
from khoosheh.ui.context import PageContext
from khoosheh.ui.markdown import plain
from khoosheh.ui.table import Cell
from khoosheh.ui.view import MOST_KT, OPERATES
from khoosheh.words import missing as blank

STEP_KT = 50.0


def draw(page: PageContext, chain: str) -> None:
    """Draw the block of a chain that is tried or assumed about; else the button that opens it."""
    stages = board.table(page.register, "stages").filter(nw.col("chain_id") == chain).sort("seq")
    ids = stages["stage_id"].to_list()
    assumed = tuple(pair for pair in page.view.assumed if pair[0] in ids)
    if page.view.trial != chain and not assumed:
        st.button(page.t("whatif.open"), key=f"try-{chain}", icon=":material/science:", on_click=_open, args=(chain,))
        return
    with st.container(key=f"khoosheh-whatif-{chain}"):
        name = names.of_row(page.register, "chains", chain, page.lang)
        show.heading(page.t("whatif.title", chain=name), 3)
        st.markdown(plain(page.t("whatif.warning")))
        weighed = any(not blank(one) for one in stages["input_t_per_t_low"].to_list())
        _form(page, chain, ids, weighed)
        if assumed:
            _outcome(page, chain, assumed)
        st.button(page.t("whatif.close"), key=f"close-{chain}", on_click=_close, args=(ids,), icon=":material/close:")


def _open(chain: str) -> None:
    st.query_params["trial"] = chain


def _close(stages: Sequence[str]) -> None:
    _write({one: "" for one in stages})
    st.query_params.pop("trial", None)


def _write(changed: dict[str, str]) -> None:
    """Put assumptions into the address, those of other chains kept; an empty one is taken out."""
    pairs = (one.partition(":") for one in st.query_params.get("whatif", "").split(",") if one)
    kept = {stage: amount for stage, _, amount in pairs if stage not in changed}
    now = {stage: amount for stage, amount in {**kept, **changed}.items() if amount}
    if now:
        st.query_params["whatif"] = ",".join(f"{stage}:{amount}" for stage, amount in now.items())
    else:
        st.query_params.pop("whatif", None)


def _key(stage: str) -> str:
    return f"whatif-{stage}"


def _form(page: PageContext, chain: str, stages: Sequence[str], weighed: bool) -> None:
    """Ask for a capacity of each stage; of chains that are not counted in tonnes, whether it operates."""
    held = dict(one.split(":") for one in page.view.whatif)
    with st.form(f"whatif-form-{chain}", border=False):
        st.caption(page.t("whatif.ask.tonnes" if weighed else "whatif.ask.operates"))
        cells = st.grid(min(len(stages), 3), min_column_width=220)
        for stage in stages:
            with cells.cell():
                _field(page, stage, held.get(stage, ""), weighed)
        st.form_submit_button(page.t("whatif.see"), on_click=_submit, args=(chain, tuple(stages), weighed))


def _field(page: PageContext, stage: str, held: str, weighed: bool) -> None:
    label = names.of_row(page.register, "stages", stage, page.lang)
    if not weighed:
        st.session_state[_key(stage)] = bool(held) and held != "0"
        st.checkbox(plain(label), key=_key(stage))
        return
    st.session_state[_key(stage)] = float(held) if held and held != OPERATES else None
    st.number_input(
        plain(label), min_value=0.0, max_value=float(MOST_KT), step=STEP_KT, format="%g", key=_key(stage),
        placeholder=page.t("whatif.as_stated"),
    )  # fmt: skip


def _submit(chain: str, stages: Sequence[str], weighed: bool) -> None:
    given = {stage: st.session_state.get(_key(stage)) for stage in stages}
    if weighed:
        _write({stage: "" if value is None else f"{value:.12g}" for stage, value in given.items()})
    else:
        _write({stage: OPERATES if value else "" for stage, value in given.items()})
    st.query_params["trial"] = chain


def _outcome(page: PageContext, chain: str, assumed: Scenario) -> None:
    said = [_assumption(page, stage, amount) for stage, amount in assumed]
    st.markdown(plain(page.t("list.semicolon").join(said)))
    _compared(page, chain, assumed)
    chain_map.draw(page, chain, page.t("whatif.map"), assumed)
    missing.additions(page, chain, assumed)
    balance.assumed(page, chain, assumed)


def _assumption(page: PageContext, stage: str, amount: float | None) -> str:
    name = names.of_row(page.register, "stages", stage, page.lang)
    return page.t("whatif.one", stage=name, words=of_balance.assumption(page.register, amount, page.lang))


def _compared(page: PageContext, chain: str, assumed: Scenario) -> None:
    """Draw completion, the next link and the bottleneck: as stated, and under the assumptions."""
    sides = [_side(page, chain, ()), _side(page, chain, assumed)]
    headings = [page.t(f"column.{name}") for name in ("measure", "as_stated", "assumed")]
    rows = [[Cell(name), Cell(sides[0][name]), Cell(sides[1][name])] for name in sides[0]]
    table.draw(headings, rows, page.t("whatif.compared"))


def _side(page: PageContext, chain: str, assumed: Scenario) -> dict[str, str]:
    ask = (page.register, page.view.selection)
    mine = nw.col("chain_id") == chain
    ladder = board.ladder(page.register)
    found = {
        page.t(f"definition.{row['definition']}.name"): findings.completion_value(row, page.lang)
        for row in board.completion_if(*ask, assumed).filter(mine).iter_rows(named=True)
    }
    rows = list(board.additions(*ask, assumed).filter(mine).iter_rows(named=True))
    states = list(board.states_if(*ask, assumed).filter(mine).iter_rows(named=True))
    said = missing_links.next_link(page.register, rows, states, ladder, page.lang)
    found[page.t("missing.next.name")] = said
    links = board.links_of(*ask, chain, assumed)
    found[page.t("missing.tonnes.name")] = missing_links.bottleneck(page.register, links, page.lang)
    return found
