"""The slide of the cluster: its stated needs, and the evidence for each."""

from collections.abc import Mapping

from khoosheh import board, names, words
from khoosheh.findings import cluster as findings
from khoosheh.locale import text
from khoosheh.measures.scope import Selection
from khoosheh.slides.asked import Asked, behind, lines, table
from khoosheh.slides.slide import Slide

PAGE = "cluster"
COLUMNS = ("requirement", "named", "evidenced", "phase")


def slides(asked: Asked) -> list[Slide]:
    """Return the slide of needs; none where nobody named a need."""
    rows = list(board.cluster_needs(asked.register, asked.selection).iter_rows(named=True))
    named = [row for row in rows if row["named"]]
    if not named:
        return []
    everything = Selection(as_of=asked.selection.as_of)
    firms, links = (len(ask(asked.register, everything)) for ask in (board.firms, board.links))
    published = bool(len(board.table(asked.register, "firms")))
    shown = table(asked, COLUMNS, (_cells(asked, row) for row in named))
    return [
        Slide(
            key=PAGE,
            page=PAGE,
            title=findings.title(rows, firms, links, published=published, lang=asked.lang),
            known=words.known_of(sum(row["evidenced"] > 0 for row in named), len(named), asked.lang),
            note=lines(asked.t("cluster.lead")),
            table=shown,
            statement_ids=behind(named),
        )
    ]


def _cells(asked: Asked, row: Mapping) -> tuple[str, ...]:
    return (
        names.of_row(asked.register, "requirements", row["requirement_id"], asked.lang),
        *(_count(row[f"{one}_ids"], asked.lang) for one in ("named", "evidence")),
        names.of_row(asked.register, "life_cycle", row["phase_id"], asked.lang),
    )


def _count(ids: str, lang: str) -> str:
    return text(lang, "evidence.count", count=len(ids.split())) if ids else text(lang, "value.not_stated")
