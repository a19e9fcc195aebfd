"""The map of a chain: its stages in order, what was stated of each, and the flow from one stage to the next.

The map is HTML and not a chart: names are readable at any width, and each number is a link to its statements, which
the keyboard reaches as well.
"""

from collections.abc import Mapping

import narwhals as nw
import streamlit as st

from khoosheh import labels, queries
from khoosheh.measures import material_flows
from khoosheh.measures.capacity_balance import LinkBalanceRow, sum_stage_capacities
from khoosheh.measures.capacity_spread import CapacitySpreadRow
from khoosheh.measures.intervals import Interval
from khoosheh.measures.material_flows import Flow
from khoosheh.measures.rows import read_rows
from khoosheh.measures.scenario import Scenario
from khoosheh.measures.value_chains import StageStateRow
from khoosheh.topics.value_chains import balance_sentences
from khoosheh.topics.value_chains.matrix import classify_stage
from khoosheh.topics.value_chains.sentences import format_stage_state
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.layout.cached_render import cached_render
from khoosheh.ui.markup.tables import escape_html

# projects that a box of the map names at most
MOST_PROJECTS = 12
THICK_PX, THIN_PX = 26, 3


def render_chain_map(
    page: PageContext, chain: str, title: str, assumed: Scenario = (), *, sheet: bool = False
) -> None:
    """Draw the map of a chain; assumed capacities are marked as such. ``sheet``: whether the map fills a slide."""
    st.html(
        cached_render(
            page, ("map", chain, title, assumed, sheet), lambda: _build_map_html(page, chain, title, assumed, sheet)
        )
    )


def _build_map_html(page: PageContext, chain: str, title: str, assumed: Scenario, sheet: bool) -> str:
    register, selection = page.register, page.view.selection
    in_chain = nw.col("chain_id") == chain
    states = queries.query_scenario_states(register, selection, assumed).filter(in_chain)
    balances = queries.query_link_balances(register, selection, False, assumed).filter(in_chain)
    links = read_rows(balances, LinkBalanceRow)
    flows = material_flows.compute_chain_flows(links)
    inputs = {link["stage_id"]: link["input_stage_id"] for link in links}
    ladder = queries.list_stage_states(register)
    boxes, before = [], ""
    for row in read_rows(states, StageStateRow):
        stage = row["stage_id"]
        flow = _build_flow_html(page, flows[stage], inputs[stage], before) if stage in flows else ""
        certainty = "assumed" if stage in dict(assumed) else classify_stage(row, ladder)
        boxes.append(f'<li data-said="{certainty}">{flow}{_build_stage_html(page, row, dict(assumed))}</li>')
        before = stage
    kind = "khoosheh-chain khoosheh-sheet" if sheet else "khoosheh-chain"
    chain_map = f'<div class="{kind}"><ol aria-label="{escape_html(title)}">{"".join(boxes)}</ol></div>'
    return chain_map if sheet else f'{chain_map}<p class="khoosheh-key">{escape_html(page.t("map.key.flow"))}</p>'


def _build_flow_html(page: PageContext, flow: Flow, input_stage: str, before: str) -> str:
    """Return a flow as HTML; its input stage is named unless that is ``before``, the stage in the preceding box."""
    words = balance_sentences.format_flow_amount(page.register, flow, page.lang)
    if input_stage != before:
        stage = labels.find_row_label(page.register, "stages", input_stage, page.lang)
        words += f" ({page.t('map.from', stage=stage)})"
    low, high = (max(THIN_PX, round(THICK_PX * share)) for share in (flow["low_share"], flow["high_share"]))
    bar = f'<i style="--low: {low}px; --high: {high}px" aria-hidden="true"></i>'
    return f'<div class="khoosheh-flow" data-kind="{flow["kind"]}">{bar}<span>{escape_html(words)}</span></div>'


def _build_stage_html(page: PageContext, row: StageStateRow, assumed: Mapping[str, float | None]) -> str:
    stage = row["stage_id"]
    lines = [f"<strong>{escape_html(labels.find_row_label(page.register, 'stages', stage, page.lang))}</strong>"]
    if stage in assumed:
        words = balance_sentences.format_scenario_assumption(page.register, assumed[stage], page.lang)
        lines.append(f"<em>{escape_html(words)}</em>")
    else:
        lines.append(
            _build_progress_bar(row, len(queries.list_stage_states(page.register)) - 1) if row["known"] else ""
        )
        state = format_stage_state(page.register, row, queries.list_stage_states(page.register), page.lang)
        lines.append(_build_evidence_link(page, state, row["statement_ids"]))
        lines += _list_stage_capacities(page, stage)
    body = "".join(f"<p>{line}</p>" for line in lines if line)
    return f'<div class="khoosheh-stage">{body}{_build_project_list(page, stage)}</div>'


def _build_progress_bar(row: StageStateRow, top: int) -> str:
    """Return the state of a stage as a bar: full up to the certain rung, hatched up to the highest possible one.

    ``top``: the rung of operating.
    """
    low, high = (round(100 * rung / top) for rung in (row["low"], row["high"]))
    return f'<b class="khoosheh-rungs" style="--low: {low}%; --high: {high}%" aria-hidden="true"></b>'


def _build_evidence_link(page: PageContext, words: str, ids: str) -> str:
    return finding.build_evidence_link(page, words, ids) if ids else escape_html(words)


def _list_stage_capacities(page: PageContext, stage: str) -> list[str]:
    """Return links with the stated capacity of a stage and, where it differs, the capacity with plans."""
    lines: list[str] = []
    stated: Interval | None = None
    for planned in (False, True):
        plants = queries.query_plant_capacities(page.register, page.view.selection, planned).filter(
            nw.col("stage_id") == stage
        )
        capacity, ids = sum_stage_capacities(plants).get(stage, (None, ""))
        if capacity is not None and capacity != stated:
            words = balance_sentences.format_stage_capacity(page.register, capacity, planned, page.lang)
            if not planned:
                words, ids = _widen_to_all_sources(page, stage, capacity, words, ids)
            lines.append(_build_evidence_link(page, words, ids))
            stated = capacity
    return lines


def _widen_to_all_sources(page: PageContext, stage: str, latest: Interval, words: str, ids: str) -> tuple[str, str]:
    """Return the words and ids of all that was stated of a capacity where sources differ, else those given."""
    spreads = queries.query_capacity_spreads(page.register, page.view.selection).filter(nw.col("stage_id") == stage)
    for spread in read_rows(spreads, CapacitySpreadRow):
        ends = spread["low_t_per_year"], spread["high_t_per_year"]
        if spread["sources"] > 1 and ends != latest:
            words = balance_sentences.format_capacity_spread(
                page.register, ends, spread["sources"], latest, page.lang
            )
            ids = spread["statement_ids"]
    return words, ids


def _build_project_list(page: PageContext, stage: str) -> str:
    """Return the projects of a stage as a list of links, each to all statements about the project."""
    projects = (
        queries.read_register_table(page.register, "projects")
        .filter(nw.col("stage_id") == stage)["project_id"]
        .to_list()
    )
    ids = queries.group_ids_by_project(page.register, page.view.selection)
    # only projects with statements
    linked = [project for project in projects if (project,) in ids]
    items = []
    for project in linked[:MOST_PROJECTS]:
        name = labels.find_row_label(page.register, "projects", project, page.lang)
        items.append(f"<li>{_build_evidence_link(page, name, ids[project,])}</li>")
    if len(linked) > MOST_PROJECTS:
        items.append(f"<li>{escape_html(page.t('map.more', count=len(linked) - MOST_PROJECTS))}</li>")
    return f"<ul>{''.join(items)}</ul>" if items else ""
