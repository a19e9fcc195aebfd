"""The slide of the cluster: its stated needs, and the evidence for each."""

from khoosheh import formatting, queries
from khoosheh.measures.cluster import NeedRow
from khoosheh.measures.rows import read_rows
from khoosheh.measures.scope import Selection
from khoosheh.topics.cluster import sentences as findings
from khoosheh.topics.cluster.columns import NEED_COLUMNS
from khoosheh.topics.columns import select_columns
from khoosheh.topics.request import FindingRequest
from khoosheh.topics.slide import Slide
from khoosheh.topics.slide_parts import build_slide_table, collect_statement_ids, join_sentences

PAGE = "cluster"


def build_slides(request: FindingRequest) -> list[Slide]:
    """Return the slide of needs; an empty list where no statement names a need."""
    rows = read_rows(queries.query_cluster_needs(request.register, request.selection), NeedRow)
    named = [row for row in rows if row["named"]]
    if not named:
        return []
    everything = Selection(as_of=request.selection.as_of)
    firms, links = (
        len(query(request.register, everything)) for query in (queries.query_firms, queries.select_firm_links)
    )
    published = bool(len(queries.read_register_table(request.register, "firms")))
    table = build_slide_table(
        request, select_columns(NEED_COLUMNS, "requirement", "named", "evidenced", "phase"), named
    )
    return [
        Slide(
            key=PAGE,
            page=PAGE,
            title=findings.format_cluster_summary(rows, firms, links, published=published, lang=request.lang),
            known=formatting.format_known_count(sum(row["evidenced"] > 0 for row in named), len(named), request.lang),
            note=join_sentences(request.t("cluster.lead")),
            table=table,
            statement_ids=collect_statement_ids(named),
        )
    ]
