"""The map of a chain: its stages in order, what was said of each, and what flows from one to the next.

Boxes of words with links in them, not a chart: names are read whole at any width, and every number leads to its
statements from the keyboard as well.
"""

from collections.abc import Mapping

import narwhals as nw
import streamlit as st

from khoosheh import board, findings, names
from khoosheh.findings import balance as of_balance
from khoosheh.measures import flows
from khoosheh.measures.balance import capacities_of
from khoosheh.measures.scenario import Scenario
from khoosheh.ui import show, table
from khoosheh.ui.context import PageContext
from khoosheh.ui.kept import kept
from khoosheh.ui.table import escape

# a box has no room for more names
MOST_PROJECTS = 12
THICK_PX, THIN_PX = 26, 3


def draw(page: PageContext, chain: str, title: str, assumed: Scenario = (), *, sheet: bool = False) -> None:
    """Draw the map of a chain; assumed capacities are marked as such. ``sheet``: it is enlarged to fill a slide."""
    st.html(kept(page, ("map", chain, title, assumed, sheet), lambda: _drawn(page, chain, title, assumed, sheet)))


def _drawn(page: PageContext, chain: str, title: str, assumed: Scenario, sheet: bool) -> str:
    ask = (page.register, page.view.selection)
    mine = nw.col("chain_id") == chain
    rows = board.states_if(*ask, assumed).filter(mine).iter_rows(named=True)
    links = list(board.balances(*ask, False, assumed).filter(mine).iter_rows(named=True))
    passing = flows.flows(links)
    givers = {row["stage_id"]: row["input_stage_id"] for row in links}
    boxes, before = [], ""
    for row in rows:
        stage = row["stage_id"]
        flow = _flow(page, passing[stage], givers[stage], before) if stage in passing else ""
        said = "assumed" if stage in dict(assumed) else _said(page, row)
        boxes.append(f'<li data-said="{said}">{flow}{_box(page, row, dict(assumed))}</li>')
        before = stage
    kind = "khoosheh-chain khoosheh-sheet" if sheet else "khoosheh-chain"
    return f'<div class="{kind}"><ol aria-label="{escape(title)}">{"".join(boxes)}</ol></div>'


def _said(page: PageContext, row: Mapping) -> str:
    """Return how sure the state is: 'operating', 'underway' (stated, not operating for certain) or 'unsaid'."""
    if not row["known"]:
        return "unsaid"
    return "operating" if row["low"] == len(board.ladder(page.register)) - 1 else "underway"


def _flow(page: PageContext, flow: Mapping, giver: str, before: str) -> str:
    words = of_balance.flow(page.register, flow, page.lang)
    if giver != before:
        words += f" ({page.t('map.from', stage=names.of_row(page.register, 'stages', giver, page.lang))})"
    low, high = (max(THIN_PX, round(THICK_PX * flow[f"{end}_share"])) for end in ("low", "high"))
    bar = f'<i style="--low: {low}px; --high: {high}px" aria-hidden="true"></i>'
    return f'<div class="khoosheh-flow" data-kind="{flow["kind"]}">{bar}<span>{escape(words)}</span></div>'


def _box(page: PageContext, row: Mapping, assumed: Mapping[str, float | None]) -> str:
    stage = row["stage_id"]
    lines = [f"<strong>{escape(names.of_row(page.register, 'stages', stage, page.lang))}</strong>"]
    if stage in assumed:
        lines.append(f"<em>{escape(of_balance.assumption(page.register, assumed[stage], page.lang))}</em>")
    else:
        lines.append(_rungs(row, len(board.ladder(page.register)) - 1) if row["known"] else "")
        state = findings.stage_state(page.register, row, board.ladder(page.register), page.lang)
        lines.append(_linked(page, state, row["statement_ids"]))
        lines += _capacities(page, stage)
    body = "".join(f"<p>{line}</p>" for line in lines if line)
    return f'<div class="khoosheh-stage">{body}{_projects(page, stage)}</div>'


def _rungs(row: Mapping, top: int) -> str:
    """Return how far a stage is as a bar: full up to what is certain, hatched up to what is possible."""
    low, high = (round(100 * row[end] / top) for end in ("low", "high"))
    return f'<b class="khoosheh-rungs" style="--low: {low}%; --high: {high}%" aria-hidden="true"></b>'


def _linked(page: PageContext, words: str, ids: str) -> str:
    return table.link(words, show.evidence_query(page, ids), "evidence") if ids else escape(words)


def _capacities(page: PageContext, stage: str) -> list[str]:
    lines = []
    for planned in (False, True):
        rows = board.plants(page.register, page.view.selection, planned).filter(nw.col("stage_id") == stage)
        span, ids = capacities_of(rows).get(stage, (None, ""))
        words = span and of_balance.capacity(page.register, span, planned, page.lang)
        if words and not (planned and lines and lines[0][1] == span):
            lines.append((_linked(page, words, ids), span))
    return [line for line, _ in lines]


def _projects(page: PageContext, stage: str) -> str:
    """Return the projects at a stage as a list; each leads to all that was said of it."""
    projects = board.table(page.register, "projects").filter(nw.col("stage_id") == stage)["project_id"].to_list()
    ids = board.ids_by_project(page.register, page.view.selection)
    told = [project for project in projects if (project,) in ids]
    items = []
    for project in told[:MOST_PROJECTS]:
        name = names.of_row(page.register, "projects", project, page.lang)
        items.append(f"<li>{_linked(page, name, ids[project,])}</li>")
    if len(told) > MOST_PROJECTS:
        items.append(f"<li>{escape(page.t('map.more', count=len(told) - MOST_PROJECTS))}</li>")
    return f"<ul>{''.join(items)}</ul>" if items else ""
