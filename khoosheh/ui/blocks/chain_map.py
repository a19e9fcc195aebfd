"""The map of a chain: its stages in order, what was said of each, and what flows from one to the next.

Boxes of words with links in them, not a chart: names are read whole at any width, and every number leads to its
statements from the keyboard as well.
"""

from collections.abc import Mapping

import narwhals as nw
import streamlit as st

from khoosheh import labels, queries
from khoosheh.measures import material_flows
from khoosheh.measures.capacity_balance import LinkBalanceRow, sum_stage_capacities
from khoosheh.measures.rows import read_rows
from khoosheh.measures.scenario import Scenario
from khoosheh.topics.value_chains import balance_sentences as of_balance
from khoosheh.topics.value_chains.sentences import format_stage_state
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.layout.cached_render import cached_render
from khoosheh.ui.markup import tables
from khoosheh.ui.markup.tables import escape_html

# a box has no room for more names
MOST_PROJECTS = 12
THICK_PX, THIN_PX = 26, 3


def render_chain_map(
    page: PageContext, chain: str, title: str, assumed: Scenario = (), *, sheet: bool = False
) -> None:
    """Draw the map of a chain; assumed capacities are marked as such. ``sheet``: it is enlarged to fill a slide."""
    st.html(
        cached_render(
            page, ("map", chain, title, assumed, sheet), lambda: _build_map_html(page, chain, title, assumed, sheet)
        )
    )


def _build_map_html(page: PageContext, chain: str, title: str, assumed: Scenario, sheet: bool) -> str:
    ask = (page.register, page.view.selection)
    mine = nw.col("chain_id") == chain
    rows = queries.query_scenario_states(*ask, assumed).filter(mine).iter_rows(named=True)
    links = read_rows(queries.query_link_balances(*ask, False, assumed).filter(mine), LinkBalanceRow)
    passing = material_flows.compute_chain_flows(links)
    givers = {row["stage_id"]: row["input_stage_id"] for row in links}
    boxes, before = [], ""
    for row in rows:
        stage = row["stage_id"]
        flow = _build_flow_html(page, passing[stage], givers[stage], before) if stage in passing else ""
        said = "assumed" if stage in dict(assumed) else _classify_stage_state(page, row)
        boxes.append(f'<li data-said="{said}">{flow}{_build_stage_html(page, row, dict(assumed))}</li>')
        before = stage
    kind = "khoosheh-chain khoosheh-sheet" if sheet else "khoosheh-chain"
    return f'<div class="{kind}"><ol aria-label="{escape_html(title)}">{"".join(boxes)}</ol></div>'


def _classify_stage_state(page: PageContext, row: Mapping) -> str:
    """Return how sure the state is: 'operating', 'underway' (stated, not operating for certain) or 'unsaid'."""
    if not row["known"]:
        return "unsaid"
    return "operating" if row["low"] == len(queries.list_stage_states(page.register)) - 1 else "underway"


def _build_flow_html(page: PageContext, flow: Mapping, giver: str, before: str) -> str:
    words = of_balance.format_flow_amount(page.register, flow, page.lang)
    if giver != before:
        words += f" ({page.t('map.from', stage=labels.find_row_label(page.register, 'stages', giver, page.lang))})"
    low, high = (max(THIN_PX, round(THICK_PX * flow[f"{end}_share"])) for end in ("low", "high"))
    bar = f'<i style="--low: {low}px; --high: {high}px" aria-hidden="true"></i>'
    return f'<div class="khoosheh-flow" data-kind="{flow["kind"]}">{bar}<span>{escape_html(words)}</span></div>'


def _build_stage_html(page: PageContext, row: Mapping, assumed: Mapping[str, float | None]) -> str:
    stage = row["stage_id"]
    lines = [f"<strong>{escape_html(labels.find_row_label(page.register, 'stages', stage, page.lang))}</strong>"]
    if stage in assumed:
        lines.append(
            f"<em>{escape_html(of_balance.format_scenario_assumption(page.register, assumed[stage], page.lang))}</em>"
        )
    else:
        lines.append(
            _build_progress_bar(row, len(queries.list_stage_states(page.register)) - 1) if row["known"] else ""
        )
        state = format_stage_state(page.register, row, queries.list_stage_states(page.register), page.lang)
        lines.append(_build_evidence_link(page, state, row["statement_ids"]))
        lines += _list_stage_capacities(page, stage)
    body = "".join(f"<p>{line}</p>" for line in lines if line)
    return f'<div class="khoosheh-stage">{body}{_build_project_list(page, stage)}</div>'


def _build_progress_bar(row: Mapping, top: int) -> str:
    """Return how far a stage is as a bar: full up to what is certain, hatched up to what is possible."""
    low, high = (round(100 * row[end] / top) for end in ("low", "high"))
    return f'<b class="khoosheh-rungs" style="--low: {low}%; --high: {high}%" aria-hidden="true"></b>'


def _build_evidence_link(page: PageContext, words: str, ids: str) -> str:
    return (
        tables.build_page_link(words, finding.build_evidence_query(page, ids), "evidence")
        if ids
        else escape_html(words)
    )


def _list_stage_capacities(page: PageContext, stage: str) -> list[str]:
    lines = []
    for planned in (False, True):
        rows = queries.query_plant_capacities(page.register, page.view.selection, planned).filter(
            nw.col("stage_id") == stage
        )
        span, ids = sum_stage_capacities(rows).get(stage, (None, ""))
        words = span and of_balance.format_stage_capacity(page.register, span, planned, page.lang)
        if words and not (planned and lines and lines[0][1] == span):
            lines.append((_build_evidence_link(page, words, ids), span))
    return [line for line, _ in lines]


def _build_project_list(page: PageContext, stage: str) -> str:
    """Return the projects at a stage as a list; each leads to all that was said of it."""
    projects = (
        queries.read_register_table(page.register, "projects")
        .filter(nw.col("stage_id") == stage)["project_id"]
        .to_list()
    )
    ids = queries.group_ids_by_project(page.register, page.view.selection)
    told = [project for project in projects if (project,) in ids]
    items = []
    for project in told[:MOST_PROJECTS]:
        name = labels.find_row_label(page.register, "projects", project, page.lang)
        items.append(f"<li>{_build_evidence_link(page, name, ids[project,])}</li>")
    if len(told) > MOST_PROJECTS:
        items.append(f"<li>{escape_html(page.t('map.more', count=len(told) - MOST_PROJECTS))}</li>")
    return f"<ul>{''.join(items)}</ul>" if items else ""
