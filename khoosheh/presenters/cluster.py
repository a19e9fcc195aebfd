"""The slide of the cluster: its stated needs, and the evidence for each."""

from collections.abc import Mapping

from khoosheh import formatting, labels, queries
from khoosheh.locale import format_message
from khoosheh.measures.scope import Selection
from khoosheh.narrative import cluster as findings
from khoosheh.presenters.question import SlideRequest, build_slide_table, collect_statement_ids, join_sentences
from khoosheh.presenters.slide import Slide

PAGE = "cluster"
COLUMNS = ("requirement", "named", "evidenced", "phase")


def build_slides(asked: SlideRequest) -> list[Slide]:
    """Return the slide of needs; none where nobody named a need."""
    rows = list(queries.query_cluster_needs(asked.register, asked.selection).iter_rows(named=True))
    named = [row for row in rows if row["named"]]
    if not named:
        return []
    everything = Selection(as_of=asked.selection.as_of)
    firms, links = (len(ask(asked.register, everything)) for ask in (queries.query_firms, queries.select_firm_links))
    published = bool(len(queries.read_register_table(asked.register, "firms")))
    shown = build_slide_table(asked, COLUMNS, (_build_need_cells(asked, row) for row in named))
    return [
        Slide(
            key=PAGE,
            page=PAGE,
            title=findings.format_cluster_summary(rows, firms, links, published=published, lang=asked.lang),
            known=formatting.format_known_count(sum(row["evidenced"] > 0 for row in named), len(named), asked.lang),
            note=join_sentences(asked.t("cluster.lead")),
            table=shown,
            statement_ids=collect_statement_ids(named),
        )
    ]


def _build_need_cells(asked: SlideRequest, row: Mapping) -> tuple[str, ...]:
    return (
        labels.find_row_label(asked.register, "requirements", row["requirement_id"], asked.lang),
        *(_format_evidence_count(row[f"{one}_ids"], asked.lang) for one in ("named", "evidence")),
        labels.find_row_label(asked.register, "life_cycle", row["phase_id"], asked.lang),
    )


def _format_evidence_count(ids: str, lang: str) -> str:
    return (
        format_message(lang, "evidence.count", count=len(ids.split()))
        if ids
        else format_message(lang, "value.not_stated")
    )
