"""All findings, in the order of the pages, and functions over all of them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from khoosheh import queries
from khoosheh.engines import collect_frame
from khoosheh.measures import changes, evidence
from khoosheh.measures.changes import Pair
from khoosheh.measures.rows import Table
from khoosheh.measures.scope import Selection
from khoosheh.register import Register, cached_per_register
from khoosheh.topics.briefing_line import BriefingLine, MakeBriefingLine
from khoosheh.topics.cluster import findings as cluster
from khoosheh.topics.commitments import findings as commitments
from khoosheh.topics.commitments.briefing import build_news_line, build_overdue_line
from khoosheh.topics.finding import Finding, Query
from khoosheh.topics.investment import findings as investment
from khoosheh.topics.rankings import findings as rankings
from khoosheh.topics.rankings.briefing import build_move_line
from khoosheh.topics.request import FindingRequest, Row
from khoosheh.topics.value_chains import findings as value_chains
from khoosheh.topics.value_chains.briefing import build_next_link_line

FINDINGS: tuple[Finding, ...] = (
    *investment.FINDINGS,
    *rankings.FINDINGS,
    *value_chains.FINDINGS,
    *commitments.FINDINGS,
    *cluster.FINDINGS,
)
BY_ID: Mapping[str, Finding] = {finding.id: finding for finding in FINDINGS}
# what the overview says first, in this order
BRIEFING: tuple[MakeBriefingLine, ...] = (build_overdue_line, build_next_link_line, build_move_line, build_news_line)
COMPARED = tuple(finding for finding in FINDINGS if finding.compared)


def list_commands() -> dict[str, Query]:
    """Return the query of each name that ``khoosheh measure`` takes; 'evidence' returns the statements."""
    return {finding.id: finding.query for finding in FINDINGS if finding.command} | {
        "evidence": queries.select_statements
    }


def find_changed_rows(
    finding: Finding, before: tuple[Register, Selection], after: tuple[Register, Selection]
) -> list[Pair]:
    """Return the rows of a compared finding that differ between two registers or two selections."""
    comparison = finding.compared
    assert comparison is not None, finding.id
    old, new = (collect_frame(finding.query(register, selection)) for register, selection in (before, after))
    return changes.find_row_differences(old, new, comparison.keys, comparison.values, comparison.subject)


@cached_per_register
def compare_days(register: Register, selection: Selection, since: date) -> dict[str, list[Pair]]:
    """Return, by the id of each compared finding, the rows that differ between ``since`` and the selection's day."""
    before = replace(selection, as_of=since)
    return {finding.id: find_changed_rows(finding, (register, before), (register, selection)) for finding in COMPARED}


@cached_per_register
def find_pages_by_statement(register: Register, selection: Selection) -> dict[str, list[str]]:
    """Return the pages that use a statement, by the id of each statement about the province."""
    tables: dict[str, dict[str, Table]] = {}
    for finding in FINDINGS:
        if finding.uses:
            tables.setdefault(finding.topic, {})[finding.id] = collect_frame(finding.query(register, selection))
    pages: dict[str, list[str]] = {}
    for page, of_page in tables.items():
        for statement_id in evidence.list_statement_uses(of_page):
            pages.setdefault(statement_id, []).append(page)
    return pages


def list_statement_pages(register: Register, selection: Selection, row: Row) -> list[str]:
    """Return the pages that use a statement that was known on the day.

    All statements about other provinces and the country, most of a large register, are on the page of ranking.
    """
    others = [rankings.TOPIC] if row["iso_3166_2"] != register.province else []
    return find_pages_by_statement(register, selection).get(row["statement_id"], others)


def list_warm_queries(topic: str = "") -> list[Callable[[Register, Selection], object]]:
    """Return the queries that the server calls before anybody asks, in the order of the pages.

    ``topic``: only those of this topic; those of all topics where it has none.
    """
    warm = [finding for finding in FINDINGS if finding.warm]
    return [finding.query for finding in warm if finding.topic == topic] or [finding.query for finding in warm]


def build_briefing(request: FindingRequest) -> list[BriefingLine]:
    """Return what the topics say first; topics of which nothing was stated say nothing."""
    lines = (make_line(request) for make_line in BRIEFING)
    return [line for line in lines if line is not None]
