"""What became known between two days, by month and project: one entry a change, with its statements."""

from collections.abc import Sequence
from itertools import islice

from khoosheh import calendar
from khoosheh.topics.news import Change, MonthOfNews
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding, finding_tables
from khoosheh.ui.markup import tables
from khoosheh.ui.markup.tables import escape_html


def build_news_html(page: PageContext, months: Sequence[MonthOfNews], most: int) -> str:
    """Return the changes as HTML, the first ``most`` of them."""
    left, sections = most, []
    for month in months:
        groups = []
        for subject, changes in month.changes.items():
            shown = "".join(_build_change_html(page, change) for change in islice(changes, left))
            left -= min(left, len(changes))
            if shown:
                groups.append(f"<section><h3><bdi>{escape_html(subject)}</bdi></h3><ul>{shown}</ul></section>")
        if groups:
            sections.append(f"<h2>{escape_html(_format_month(page, month))}</h2>{''.join(groups)}")
    return f'<div class="khoosheh-news">{"".join(sections)}</div>'


def _format_month(page: PageContext, month: MonthOfNews) -> str:
    return calendar.format_date(month.month, page.lang) if month.month else page.t("changes.undated")


def _build_change_html(page: PageContext, change: Change) -> str:
    figure = f"{escape_html(change.figure)}: " if change.figure else ""
    before = f"<small>{escape_html(page.t('changes.before', before=change.before))}</small> " if change.before else ""
    return (
        f'<li data-kind="{change.kind}"><b>{escape_html(page.t(f"changes.{change.kind}"))}</b> '
        f"<span>{figure}<bdi>{escape_html(change.words)}</bdi> {before}{_build_link(page, change)}</span></li>"
    )


def _build_link(page: PageContext, change: Change) -> str:
    if not change.statement_ids and change.source_id:
        cell = finding_tables.build_source_cell(page, change.source_id)
        return f"<small>{tables.build_external_link(cell.words, cell.href)}</small>"
    cell = finding.build_evidence_cell(page, change.statement_ids)
    if cell.query is None:
        return f"<small>{escape_html(cell.words)}</small>"
    return f"<small>{tables.build_page_link(cell.words, cell.query, cell.page)}</small>"
