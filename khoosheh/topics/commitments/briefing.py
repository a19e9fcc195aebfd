"""What the topic of time says first: promises past due without a later word, and the latest month with news."""

from collections.abc import Iterator, Sequence

from khoosheh import calendar, queries
from khoosheh.measures.common import join_ids
from khoosheh.topics.briefing_line import BriefingLine
from khoosheh.topics.commitments import sentences
from khoosheh.topics.commitments.findings import TOPIC
from khoosheh.topics.commitments.statements import index_commitment_statements
from khoosheh.topics.request import FindingRequest, Row

# promises that the sentence names
NAMED = 2


def build_overdue_line(request: FindingRequest) -> BriefingLine | None:
    """Return the number of promises past due of which nothing was said since, and the longest overdue subjects."""
    table = queries.query_commitments(request.register, request.selection)
    rows = [row for row in table.iter_rows(named=True) if row["verdict"] == "no_later_word"]
    if not rows:
        return None
    rows.sort(key=lambda row: (row["deadline_high_day"], row["statement_id"]))
    named = list(_iter_named_promises(request, rows))[:NAMED]
    text = request.t("briefing.overdue", count=len(rows), named=request.t("list.semicolon").join(named))
    return BriefingLine(text, TOPIC, join_ids(row["statement_ids"] for row in rows))


def _iter_named_promises(request: FindingRequest, rows: Sequence[Row]) -> Iterator[str]:
    """Yield the first promise of each subject with its deadline."""
    statements = index_commitment_statements(request.register)
    seen = set()
    for row in rows:
        subject = sentences.format_commitment_subject(request.register, row, request.lang)
        if subject not in seen:
            seen.add(subject)
            due = sentences.format_deadline(statements[row["statement_id"]], request.lang)
            yield request.t("briefing.overdue.promise", subject=subject, due=due)


def build_news_line(request: FindingRequest) -> BriefingLine | None:
    """Return how many statements were made in the latest month in which one certainly was."""
    months = queries.group_statements_by_month(request.register, request.selection)
    if not months:
        return None
    latest = max(months, key=lambda month: month.first_day)
    ids = months[latest]
    text = request.t("briefing.news", count=len(ids), month=calendar.format_date(latest, request.lang))
    return BriefingLine(text, "evidence", join_ids(ids))
