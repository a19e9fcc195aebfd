"""The matrix of chains and stages: a row a chain, a cell a stage, in the order of reading.

It is a table in HTML and not a chart, as the map of a chain is (docs/decisions): names wrap, screen readers read rows
and headings, a row leads to its chain, and each number is a link to its statements.
"""

from collections.abc import Sequence

import streamlit as st

from khoosheh import labels, queries
from khoosheh.formatting import is_missing
from khoosheh.measures import material_flows
from khoosheh.measures.chain_matrix import MatrixCellRow
from khoosheh.measures.rows import read_rows
from khoosheh.topics.value_chains import balance_sentences
from khoosheh.topics.value_chains.matrix import (
    UNDERWAY,
    classify_stage,
    format_matrix_capacity,
    format_next_stage,
)
from khoosheh.topics.value_chains.order import list_ordered_chains
from khoosheh.topics.value_chains.sentences import format_stage_state
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.layout.cached_render import cached_render
from khoosheh.ui.markup import addresses, tables
from khoosheh.ui.markup.tables import escape_html

PAGE = "value_chains"
# the heading of the chain that its page shows whole
ANCHOR = "chain"
# of certain states, of letters on them, and of the ring of the next link, on a light and on a dark ground
COLOURS = {
    "light": "--sure: 0 111 79; --on-sure: #fff; --ring: #0072B2",
    "dark": "--sure: 31 191 143; --on-sure: #0d1a15; --ring: #56B4E9",
}
# inputs that are marked between two stages: the capacity before is too small, or none was stated in the province
MARKED_INPUTS = (material_flows.SHORT, material_flows.OUTSIDE)
# the steps of the ladder that the key of the matrix shows beside 'operating' and 'not stated'
KEY_STATES = ("commissioning", "building", "licensed")


def render_chain_matrix(page: PageContext, title: str, chosen: str = "", *, sheet: bool = False) -> None:
    """Draw the matrix; ``chosen``: the chain shown below it; ``sheet``: whether it fills a slide."""
    st.html(
        cached_render(page, ("matrix", title, chosen, sheet), lambda: _build_matrix_html(page, title, chosen, sheet))
    )


def _build_matrix_html(page: PageContext, title: str, chosen: str, sheet: bool) -> str:
    rows = read_rows(queries.query_chain_matrix(page.register, page.view.selection), MatrixCellRow)
    by_chain = {
        chain: [row for row in rows if row["chain_id"] == chain] for chain in list_ordered_chains(page.register, rows)
    }
    most = max(len(stages) for stages in by_chain.values())
    headings = [page.t("column.chain_id"), *(page.t("matrix.place", seq=place + 1) for place in range(most))]
    head = "".join(f'<th scope="col">{escape_html(words)}</th>' for words in headings)
    body = "".join(_build_row_html(page, chain, stages, chosen) for chain, stages in by_chain.items())
    kind = "khoosheh-matrix khoosheh-sheet" if sheet else "khoosheh-matrix"
    return (
        f'<div class="{kind}" style="--most: {most}; {COLOURS[page.scheme]}">'
        f"<table><caption>{escape_html(title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        f"{_build_key_html(page)}</div>"
    )


def _build_row_html(page: PageContext, chain: str, stages: Sequence[MatrixCellRow], chosen: str) -> str:
    name = labels.find_row_label(page.register, "chains", chain, page.lang)
    address = f"{addresses.build_page_address(page.view.filters(detail=chain), PAGE)}#{ANCHOR}"
    link = tables.build_link(name, address)
    words = escape_html(format_next_stage(page.register, stages, page.lang))
    cells = "".join(_build_cell_html(page, row) for row in stages)
    current = ' aria-current="true"' if chain == chosen else ""
    return f'<tr{current}><th scope="row">{link}<small>{words}</small></th>{cells}</tr>'


def _build_cell_html(page: PageContext, row: MatrixCellRow) -> str:
    ladder = queries.list_stage_states(page.register)
    name = labels.find_row_label(page.register, "stages", row["stage_id"], page.lang)
    state = format_stage_state(page.register, row, ladder, page.lang)
    lines = [f"<strong>{escape_html(name)}</strong>"]
    if row["known"]:
        lines.append(_build_rungs_html(row["low"], row["high"], len(ladder) - 1))
    lines.append(_build_evidence_line(page, state, row["state_statement_ids"]))
    if not is_missing(row["capacity_low_t_per_year"]):
        words = format_matrix_capacity(page.register, row, page.lang)
        lines.append(_build_evidence_line(page, words, row["capacity_statement_ids"]))
    look = f'data-said="{classify_stage(row, ladder)}" style="--rung: {row["low"] / (len(ladder) - 1):g}"'
    look += " data-next" if row["is_next"] else ""
    body = _build_input_html(page, row) + "".join(lines)
    return f'<td title="{escape_html(f"{name}: {state}")}"><div {look}>{body}</div></td>'


def _build_rungs_html(low: float, high: float, top: int) -> str:
    """Return the ladder of states as a bar in steps: full up to the certain rung, hatched up to the possible one."""
    ends = (f"--{end}: {round(100 * rung / top)}%" for end, rung in (("low", low), ("high", high)))
    return f'<b class="khoosheh-rungs" style="{"; ".join(ends)}; --steps: {top}" aria-hidden="true"></b>'


def _build_evidence_line(page: PageContext, words: str, ids: str) -> str:
    if not ids:
        return f"<span>{escape_html(words)}</span>"
    return finding.build_evidence_link(page, words, ids)


def _build_input_html(page: PageContext, row: MatrixCellRow) -> str:
    """Return the mark before a stage whose input is short, or of whose input no capacity was stated."""
    if row["input_kind"] not in MARKED_INPUTS:
        return ""
    flow = {
        "kind": row["input_kind"],
        "low_t_per_year": row["input_low_t_per_year"],
        "high_t_per_year": row["input_high_t_per_year"],
    }
    words = escape_html(balance_sentences.format_flow_amount(page.register, flow, page.lang))
    return f'<i data-kind="{row["input_kind"]}" title="{words}"><span>{words}</span></i>'


def _build_key_html(page: PageContext) -> str:
    """Return the key of the matrix: a small cell for each look, and its words."""
    ladder = queries.list_stage_states(page.register)
    top = len(ladder) - 1
    parts = [_build_key_part('data-said="operating"', _find_state_label(page, ladder[-1]), (top, top, top))]
    for state in KEY_STATES:
        if state in ladder:
            rung = ladder.index(state)
            look = f'data-said="{UNDERWAY}" style="--rung: {rung / top:g}"'
            parts.append(_build_key_part(look, _find_state_label(page, state), (rung, rung, top)))
    building = ladder.index("building") if "building" in ladder else 0
    look = f'data-said="{UNDERWAY}" style="--rung: {building / top:g}"'
    parts.append(_build_key_part(look, page.t("matrix.key.possible"), (building, top, top)))
    parts.append(_build_key_part('data-said="unsaid"', page.t("value.not_stated")))
    parts.append(_build_key_part('data-said="unsaid" data-next', page.t("missing.next.name")))
    for kind in MARKED_INPUTS:
        words = escape_html(page.t(f"matrix.key.{kind}"))
        parts.append(f'<li><i data-kind="{kind}" aria-hidden="true"></i>{words}</li>')
    return f"<ul>{''.join(parts)}</ul>"


def _build_key_part(look: str, words: str, rungs: tuple[int, int, int] | None = None) -> str:
    bar = _build_rungs_html(*rungs) if rungs else ""
    return f'<li><span {look} aria-hidden="true">{bar}</span>{escape_html(words)}</li>'


def _find_state_label(page: PageContext, state: str) -> str:
    return labels.find_value_label(page.register, "statements", "state_low", state, page.lang)
