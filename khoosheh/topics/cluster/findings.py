"""The needs of the cluster, its phases, its firms and their links, and stages without firms."""

from khoosheh import queries
from khoosheh.topics.cluster import columns, sentences
from khoosheh.topics.cluster.slides import build_slides
from khoosheh.topics.finding import Finding

TOPIC = "cluster"

NEEDS = Finding(
    "cluster_needs",
    TOPIC,
    queries.query_cluster_needs,
    columns.NEED_COLUMNS,
    slides=build_slides,
    command=True,
    sheet=True,
    warm=True,
    uses=True,
)
PHASES = Finding("phases", TOPIC, queries.query_cluster_phases, columns.PHASE_COLUMNS, sheet=True)
FIRMS = Finding("firms", TOPIC, queries.query_firms, columns.FIRM_COLUMNS, command=True, sheet=True)
LINKS = Finding(
    "links",
    TOPIC,
    queries.select_firm_links,
    columns.LINK_COLUMNS,
    row_text=lambda request, row: sentences.format_firm_link(request.register, row, request.lang),
    sheet=True,
)
SPECIALITIES = Finding(
    "specialities",
    TOPIC,
    queries.query_stage_specialities,
    columns.SPECIALITY_COLUMNS,
    sentence=lambda request, rows: sentences.format_gaps_summary(rows, request.lang),
    command=True,
    sheet=True,
)
FINDINGS = (NEEDS, PHASES, FIRMS, LINKS, SPECIALITIES)
