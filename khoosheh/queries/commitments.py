"""Queries about time: commitments, progress, and statements that became known between two days."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

from khoosheh import calendar
from khoosheh.calendar import JalaliDate
from khoosheh.measures import changes, commitment_board, commitments, evidence
from khoosheh.measures.rows import Table
from khoosheh.measures.scope import Selection
from khoosheh.queries.statements import (
    find_as_of_day,
    ignore_amount_filters,
    list_measure_codes,
    list_stage_states,
    select_province_statements,
    select_statements,
)
from khoosheh.register import Register, cached_per_register


@ignore_amount_filters
@cached_per_register
def query_commitments(register: Register, selection: Selection) -> Table:
    """Return the outcome of each commitment; see :func:`khoosheh.measures.commitments.track_commitments`."""
    values = register.dictionary.values("statements", "measure")
    reached_by = {code: str(info["reached_by"]) for code, info in values.items() if "reached_by" in info}
    known = select_statements(register, selection)
    return commitments.track_commitments(
        known,
        list_stage_states(register),
        find_as_of_day(register, selection),
        reached_by,
        _read_commitment_statements(register),
    )


@cached_per_register
def _read_commitment_statements(register: Register) -> dict[str, commitments.StatementRecord]:
    return commitments.read_statement_records(select_province_statements(register), list_stage_states(register))


@ignore_amount_filters
@cached_per_register
def query_commitment_board(register: Register, selection: Selection) -> Table:
    """Return the commitments of each subject; see :func:`khoosheh.measures.commitment_board.group_commitments`."""
    return commitment_board.group_commitments(
        query_commitments(register, selection), find_as_of_day(register, selection)
    )


@ignore_amount_filters
@cached_per_register
def query_physical_progress(register: Register, selection: Selection) -> Table:
    """Return stated physical progress; see :func:`khoosheh.measures.commitments.select_physical_progress`."""
    return commitments.select_physical_progress(select_statements(register, selection))


@ignore_amount_filters
@cached_per_register
def select_confidence_statements(register: Register, selection: Selection) -> Table:
    """Return the statements about the confidence in a delivery, newest first."""
    known = select_statements(register, selection)
    return evidence.select_measure_statements(known, ["delivery_confidence"])


@ignore_amount_filters
@cached_per_register
def group_statements_by_month(register: Register, selection: Selection) -> dict[JalaliDate, list[str]]:
    """Return statement ids by the Jalali month in which they were certainly made; others are left out."""
    months: dict[JalaliDate, list[str]] = defaultdict(list)
    known = select_statements(register, selection)
    for statement_id, first, last in known.select("statement_id", "said_first_day", "said_last_day").iter_rows():
        month = calendar.find_common_month(first.date(), last.date())
        if month:
            months[month].append(statement_id)
    return dict(months)


def find_day_before_news(register: Register, selection: Selection) -> date:
    """Return the last day before the latest Jalali month in which a statement of the selection was certainly made.

    Before the first statement it is the last day of the month before.
    """
    months = group_statements_by_month(register, selection)
    until = calendar.to_jalali(find_as_of_day(register, selection))
    latest = max(months, key=lambda month: month.first_day, default=until)
    return calendar.add_months(latest, -1).last_day


@ignore_amount_filters
@cached_per_register
def list_contradicting_ids(register: Register, selection: Selection, since: date) -> list[str]:
    """Return the statements that became known after ``since`` and contradict others about an amount or a place."""
    new = select_newly_known_statements(register, selection, since)
    measures = [*list_measure_codes(register, "investment"), "rank"]
    return changes.find_contradicting_ids(
        select_statements(register, selection), measures, set(new["statement_id"].to_list())
    )


@ignore_amount_filters
@cached_per_register
def select_newly_known_statements(register: Register, selection: Selection, since: date) -> Table:
    """Return the statements of the selection that became known after ``since``, newest first."""
    before = select_statements(register, replace(selection, as_of=since))
    return evidence.sort_newest_first(changes.find_new_statements(before, select_statements(register, selection)))
