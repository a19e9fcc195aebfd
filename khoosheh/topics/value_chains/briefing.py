"""What the topic of value chains says first: the next missing link of the chain that is furthest."""

import narwhals as nw

from khoosheh import queries
from khoosheh.measures.common import join_ids
from khoosheh.measures.missing_links import StageAdditionRow
from khoosheh.measures.rows import read_rows
from khoosheh.measures.value_chains import READINESS, CompletionRow, StageStateRow
from khoosheh.topics.briefing_line import BriefingLine
from khoosheh.topics.request import FindingRequest
from khoosheh.topics.value_chains.findings import TOPIC
from khoosheh.topics.value_chains.missing_link_sentences import format_next_link


def build_next_link_line(request: FindingRequest) -> BriefingLine | None:
    """Return the next missing link of the chain of which most is certainly ready, among those that lack one."""
    register, selection = request.register, request.selection
    completion = read_rows(queries.query_chain_completion(register, selection), CompletionRow)
    additions = queries.query_stage_additions(register, selection)
    lacking = set(additions["chain_id"].to_list())
    candidates = [
        row for row in completion
        if row["definition"] == READINESS and row["known"] and row["chain_id"] in lacking
    ]  # fmt: skip
    if not candidates:
        return None
    chain = max(candidates, key=lambda row: row["low"])["chain_id"]
    in_chain = nw.col("chain_id") == chain
    states = read_rows(queries.query_stage_states(register, selection).filter(in_chain), StageStateRow)
    text = format_next_link(
        register,
        read_rows(additions.filter(in_chain), StageAdditionRow),
        states,
        queries.list_stage_states(register),
        request.lang,
    )
    return BriefingLine(text, TOPIC, join_ids(row["statement_ids"] for row in states), {"chain": chain})
