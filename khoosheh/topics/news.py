"""News: what became known between two days, by month and project; one entry a change."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

from khoosheh import calendar, labels, queries
from khoosheh.calendar import JalaliDate
from khoosheh.formatting import is_missing
from khoosheh.measures.changes import Pair
from khoosheh.measures.scope import Selection
from khoosheh.topics.registry import BY_ID, compare_days
from khoosheh.topics.request import FindingRequest, Row

Kind: TypeAlias = Literal["contradicts", "changed", "new"]
CONTRADICTS: Kind = "contradicts"
CHANGED: Kind = "changed"
NEW: Kind = "new"
# in the order in which a project shows them
KINDS: tuple[Kind, ...] = (CONTRADICTS, CHANGED, NEW)
# what a change is grouped by: the first of these fields that its row has; a stage belongs to its chain
SUBJECTS = ("project_id", "indicator_id", "chain_id", "county_id", "iso_3166_2")
# the column of the day after whose end time alone changes the verdict on a commitment
PASSED = {"no_later_word": "deadline_high_day", "open_or_past": "deadline_low_day"}


@dataclass(frozen=True)
class Change:
    """A figure that is new or differs, or a new statement that moves none.

    ``figure``: the name of the kind of figure, empty for a statement. ``words``: how it reads now; ``before``: how it
    read, empty where it is new. It leads to ``statement_ids``, or to the source ``source_id`` of a table.
    """

    kind: Kind
    figure: str
    words: str
    before: str
    statement_ids: str
    source_id: str = ""


@dataclass(frozen=True)
class MonthOfNews:
    """The changes of a month by the name of their subject; ``month`` is ``None`` where it is not known exactly."""

    month: JalaliDate | None
    changes: Mapping[str, Sequence[Change]]


def list_news(request: FindingRequest, since: date) -> list[MonthOfNews]:
    """Return the changes after ``since`` up to the day of the request, the latest month first."""
    # amounts by project, whatever dimension the address has from another page
    by_project = replace(request.selection, by=Selection.by)
    request = replace(request, question=replace(request.question, selection=by_project))
    added = queries.select_newly_known_statements(request.register, request.selection, since)
    statements = {row["statement_id"]: row for row in added.iter_rows(named=True)}
    contradicting = set(queries.list_contradicting_ids(request.register, request.selection, since))
    months: dict[JalaliDate | None, dict[str, list[Change]]] = defaultdict(lambda: defaultdict(list))
    moving: set[str] = set()
    for finding_id, pairs in compare_days(request.register, request.selection, since).items():
        for pair in map(_drop_unknown, pairs):
            if _reads_alike(request, finding_id, pair):
                continue
            new_ids = [key for key in str((pair[1] or {}).get("statement_ids", "")).split() if key in statements]
            moving.update(new_ids)
            change = _build_figure_change(request, finding_id, pair, bool(contradicting.intersection(new_ids)))
            month = _find_change_month(request, pair, [statements[key] for key in new_ids])
            months[month][_name_subject(request, pair[1] or pair[0] or {})].append(change)
    for key, row in statements.items():
        if key not in moving:
            kind = CONTRADICTS if key in contradicting else NEW
            change = Change(kind, "", row[f"claim_{request.lang}"], "", key)
            months[_find_statement_month(row)][_name_subject(request, row)].append(change)
    return [
        MonthOfNews(month, {name: sorted(changes, key=_rank_kind) for name, changes in months[month].items()})
        for month in sorted(months, key=lambda month: month.first_day if month else date.min, reverse=True)
    ]


def count_kinds(months: Sequence[MonthOfNews]) -> dict[Kind, int]:
    """Return how many changes there are of each kind, those that do not occur included."""
    kinds = [change.kind for month in months for changes in month.changes.values() for change in changes]
    return {kind: kinds.count(kind) for kind in KINDS}


def _drop_unknown(pair: Pair) -> Pair:
    """Return a pair without the row before, where that row says that nothing was stated."""
    before, after = pair
    return (None if before and after and before.get("known") == 0 else before, after)


def _reads_alike(request: FindingRequest, finding_id: str, pair: Pair) -> bool:
    """Tell whether both rows read the same: one more statement says what was known."""
    before, after = pair
    finding = BY_ID[finding_id]
    return bool(before and after) and finding.format_row(request, before) == finding.format_row(request, after)


def _rank_kind(change: Change) -> int:
    return KINDS.index(change.kind)


def _build_figure_change(request: FindingRequest, finding_id: str, pair: Pair, contradicts: bool) -> Change:
    before, after = pair
    finding, row = BY_ID[finding_id], after or before or {}
    subject, figure = _name_subject(request, row), request.t(f"changes.{finding_id}")
    if "definition" in row:
        figure = request.t("changes.by", figure=figure, definition=request.t(f"definition.{row['definition']}.name"))
    return Change(
        CONTRADICTS if contradicts else CHANGED if before else NEW,
        figure,
        _drop_subject(finding.format_row(request, after), subject),
        _drop_subject(finding.format_row(request, before), subject) if before else "",
        str(row["statement_ids"]),
        str(row.get("source_id") or ""),
    )


def _drop_subject(words: str, subject: str) -> str:
    """Return the words of a row without the name of its subject, below which they stand."""
    for mark in (" · ", ": "):
        if words.startswith(subject + mark):
            return words.removeprefix(subject + mark)
    return words


def _name_subject(request: FindingRequest, row: Row) -> str:
    """Return the name of the project that a row is about; else of the indicator, chain, county or province."""
    if "group" in row:
        return labels.find_group_label(request.register, request.selection.by, row["group"], request.lang)
    for field in SUBJECTS:
        if not is_missing(row.get(field)) and row[field]:
            return labels.find_row_label(request.register, labels.TABLES[field], row[field], request.lang)
    if row.get("stage_id"):
        return labels.find_row_label(request.register, "stages", row["stage_id"], request.lang)
    return labels.find_row_label(request.register, "provinces", request.register.province, request.lang)


def _find_change_month(request: FindingRequest, pair: Pair, statements: Sequence[Row]) -> JalaliDate | None:
    """Return the month of a change: of the last statement behind it, of a passed deadline, or of the source."""
    if statements:
        return _find_statement_month(max(statements, key=lambda row: row["said_last_day"]))
    row = pair[1] or {}
    passed = row.get(PASSED.get(str(row.get("verdict")), ""))
    if isinstance(passed, datetime):
        return calendar.add_months(calendar.to_jalali(passed.date() + timedelta(1)), 0)
    if row.get("source_id"):
        sources = queries.read_register_table(request.register, "sources").iter_rows(named=True)
        source = next(source for source in sources if source["source_id"] == row["source_id"])
        return calendar.find_common_month(source["published_first_day"].date(), source["published_last_day"].date())
    return None


def _find_statement_month(row: Row) -> JalaliDate | None:
    """Return the month in which a statement was certainly made; ``None`` where it may have been in several."""
    return calendar.find_common_month(row["said_first_day"].date(), row["said_last_day"].date())
