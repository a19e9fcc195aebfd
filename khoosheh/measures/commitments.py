"""Commitments: what later statements say became of each promise.

A commitment is a statement with a due date or a promised state. Its *deadline* is the last day of the printed date: a
commitment for 1405 is overdue after the last day of 1405. Where the year itself is not certain ('this year' in an
undated report), the deadline lies between the last day of the first such year and that of the last.

A statement *reaches* a commitment where it is about the same subject, was not certainly made before it, and says at
least what was promised. It says *not yet* where it says less. A statement about a part of a project reaches or delays
a commitment about a part only where measure, unit and value are equal, since nothing else tells that both mean the
same part.

Verdicts, of which the first that applies holds:

``kept``, ``kept_late``, ``kept_or_late``
    reached by the earliest deadline; certainly after the latest; or one of both.
``moved``
    a statement certainly made later has another deadline for the same thing.
``late``
    a statement certainly made after the deadline says not yet.
``no_date``
    no due date was stated.
``open``, ``open_or_past``
    the deadline has not passed; it may have passed.
``no_later_word``
    the deadline has passed, and no statement tells what became of the commitment.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import NamedTuple, TypedDict

import narwhals as nw

from khoosheh.calendar import count_months_apart
from khoosheh.engines import Frame, collect_frame
from khoosheh.measures import common
from khoosheh.measures.commitment_matching import moves_deadline, reaches_commitment, says_not_yet
from khoosheh.measures.commitment_statements import (
    StatementRecord,
    SubjectHistory,
    group_statements,
    read_statement_records,
)
from khoosheh.measures.rows import Table, build_table, read_rows

__all__ = [
    "CommitmentRow",
    "ProgressRow",
    "StatementRecord",
    "read_statement_records",
    "select_physical_progress",
    "track_commitments",
]


class CommitmentRow(TypedDict):
    """One commitment and its ``verdict``, one of those that the module lists.

    ``deadline_low_day``, ``deadline_high_day``: the earliest and latest deadline. ``slip``: how much later than
    promised, in whole Jalali months rounded outward; a missing high end means 'at least', negative is earlier.
    ``reached_low_day``, ``reached_high_day``: the days between which it was reached, missing where it was not.
    ``moved_ids``: later commitments to the same thing with other deadlines; ``later_ids``: all later statements about
    the subject; ``statement_ids``: the commitment and the statements that the verdict is based on.
    """

    statement_id: str
    project_id: str | None
    stage_id: str | None
    chain_id: str | None
    measure: str
    due_state: str | None
    said_first_day: datetime
    said_last_day: datetime
    due_first_day: datetime | None
    deadline_low_day: datetime | None
    deadline_high_day: datetime | None
    verdict: str
    slip_low_months: float | None
    slip_high_months: float | None
    reached_low_day: datetime | None
    reached_high_day: datetime | None
    moved_ids: str
    later_ids: str
    statement_ids: str


class ProgressRow(TypedDict):
    """One stated physical progress of a whole project, in per cent; a missing high end means 'at least'."""

    project_id: str
    said_first_day: datetime
    said_last_day: datetime
    low_pct: float
    high_pct: float | None
    statement_ids: str


class _StatementId(TypedDict):
    statement_id: str


class _Outcome(NamedTuple):
    """A verdict, the statements it is based on, slips in months, and the days between which it was reached."""

    verdict: str
    statements: Sequence[StatementRecord] = ()
    slip_low: int | None = None
    slip_high: int | None = None
    reached: tuple[date, date] | None = None


def track_commitments(
    statements: Frame,
    ladder: Sequence[str],
    day: date,
    reached_by: Mapping[str, str] | None = None,
    records: Mapping[str, StatementRecord] | None = None,
) -> Table:
    """Return what became of each commitment, by deadline and statement id: rows of :class:`CommitmentRow`.

    ``statements``: those known on ``day``; ``ladder``: the states in order. ``reached_by``: for the code of a planned
    measure, the code of the measure that states its execution. ``records``: the result of
    :func:`read_statement_records` for these statements or more, where the caller keeps it.
    """
    plausible = common.plausible_statements(statements)
    ids = collect_frame(plausible.select("statement_id"))
    known = read_statement_records(plausible, ladder) if records is None else records
    considered = [known[row["statement_id"]] for row in read_rows(ids, _StatementId)]
    by_subject = group_statements(considered, lambda statement: statement.subject)
    by_stage = group_statements(considered, lambda statement: statement.stage_id)
    rows: list[CommitmentRow] = []
    for commitment in (statement for statement in considered if statement.is_commitment):
        # a commitment of a stage, of no named project, is reached by any project of the stage
        is_of_stage = commitment.stage_id and not commitment.project_id
        same_stage = by_stage[commitment.stage_id] if is_of_stage else SubjectHistory([])
        rows.append(_track_commitment(commitment, by_subject[commitment.subject], same_stage, day, reached_by or {}))
    rows.sort(key=lambda row: (row["deadline_high_day"] or datetime.max, row["statement_id"]))
    return build_table(rows, CommitmentRow, ids)


def _track_commitment(
    commitment: StatementRecord,
    same_subject: SubjectHistory,
    same_stage: SubjectHistory,
    day: date,
    reached_by: Mapping[str, str],
) -> CommitmentRow:
    comparable = same_subject.list_comparable(commitment, reached_by)
    of_stage = same_stage.list_comparable(commitment, reached_by)
    reaching = [
        statement
        for statement in {each.statement_id: each for each in [*comparable, *of_stage]}.values()
        if statement.said_last_day >= commitment.said_first_day
        and reaches_commitment(statement, commitment, reached_by)
    ]
    delaying = [statement for statement in comparable if says_not_yet(statement, commitment, reached_by)]
    moves = [statement for statement in same_subject.dated if moves_deadline(statement, commitment)]
    if reaching:
        outcome = _judge_reached(commitment, reaching, delaying)
    else:
        outcome = _judge_unreached(commitment, delaying, moves, day)
    later = same_subject.list_later(commitment.said_last_day)
    return _build_commitment_row(commitment, outcome, moves, later)


def _judge_reached(
    commitment: StatementRecord, reaching: Sequence[StatementRecord], delaying: Sequence[StatementRecord]
) -> _Outcome:
    reached_by_day = min(statement.said_last_day for statement in reaching)
    # where it was not yet reached on some day of an interval, it was not reached when the interval began
    before = [statement for statement in delaying if statement.said_first_day <= reached_by_day]
    not_before = max([commitment.said_first_day, *(statement.said_first_day for statement in before)])
    outcome = _Outcome(
        "kept",
        [*(statement for statement in reaching if statement.said_last_day == reached_by_day), *before],
        reached=(not_before, reached_by_day),
    )
    if commitment.deadline is None or reached_by_day <= commitment.deadline[0]:
        return outcome
    earliest, latest = commitment.deadline
    slip_high = count_months_apart(earliest, reached_by_day)[1]
    if not_before > latest:
        slip_low = count_months_apart(latest, not_before)[0]
        return outcome._replace(verdict="kept_late", slip_low=slip_low, slip_high=slip_high)
    return outcome._replace(verdict="kept_or_late", slip_high=slip_high)


def _judge_unreached(
    commitment: StatementRecord, delaying: Sequence[StatementRecord], moves: Sequence[StatementRecord], day: date
) -> _Outcome:
    if commitment.deadline is None:
        return _Outcome("no_date")
    earliest, latest = commitment.deadline
    overdue = [statement for statement in delaying if statement.said_first_day > latest]
    least_slip = max((count_months_apart(latest, statement.said_first_day)[0] for statement in overdue), default=None)
    if moves:
        low, high = _compute_moved_slip((earliest, latest), moves)
        slip_low = low if least_slip is None else max(low, least_slip)
        return _Outcome("moved", moves, slip_low, max(high, slip_low))
    if overdue:
        return _Outcome("late", overdue, least_slip)
    if day <= earliest:
        return _Outcome("open")
    return _Outcome("open_or_past" if day <= latest else "no_later_word")


def _compute_moved_slip(deadline: tuple[date, date], moves: Sequence[StatementRecord]) -> tuple[int, int]:
    """Return the least and greatest slip, in months, from a deadline to those of the newest moves."""
    newest = [move for move in moves if not any(other.said_first_day > move.said_last_day for other in moves)]
    slips = [
        (count_months_apart(deadline[1], move.deadline[0])[0], count_months_apart(deadline[0], move.deadline[1])[1])
        for move in newest
        if move.deadline is not None
    ]
    return min(low for low, _ in slips), max(high for _, high in slips)


def _build_commitment_row(
    commitment: StatementRecord,
    outcome: _Outcome,
    moves: Sequence[StatementRecord],
    later: Sequence[StatementRecord],
) -> CommitmentRow:
    earliest, latest = commitment.deadline or (None, None)
    reached_low, reached_high = outcome.reached or (None, None)
    return {
        "statement_id": commitment.statement_id,
        "project_id": commitment.project_id or None,
        "stage_id": commitment.stage_id or None,
        "chain_id": commitment.chain_id or None,
        "measure": commitment.measure,
        "due_state": commitment.due_state or None,
        "said_first_day": datetime.combine(commitment.said_first_day, time.min),
        "said_last_day": datetime.combine(commitment.said_last_day, time.min),
        "due_first_day": _start_of_day(commitment.due_first_day),
        "deadline_low_day": _start_of_day(earliest),
        "deadline_high_day": _start_of_day(latest),
        "verdict": outcome.verdict,
        "slip_low_months": outcome.slip_low,
        "slip_high_months": outcome.slip_high,
        "reached_low_day": _start_of_day(reached_low),
        "reached_high_day": _start_of_day(reached_high),
        "moved_ids": _join_statement_ids(moves),
        "later_ids": _join_statement_ids(later),
        "statement_ids": _join_statement_ids([commitment, *outcome.statements]),
    }


def _start_of_day(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time.min)


def _join_statement_ids(statements: Iterable[StatementRecord]) -> str:
    return " ".join(sorted({statement.statement_id for statement in statements}))


def select_physical_progress(statements: Frame) -> Table:
    """Return each stated physical progress of whole projects: rows of :class:`ProgressRow`, by project and day.

    Nothing is interpolated between statements.
    """
    stated = common.plausible_statements(statements).filter(
        nw.col("measure") == "physical_progress",
        nw.col("unit") == "pct",
        ~nw.col("project_id").is_null(),
        ~nw.col("value_low").is_null(),
        ~nw.col("is_part").fill_null(False),
    )
    rows = stated.select(
        "project_id",
        "said_first_day",
        "said_last_day",
        nw.col("value_low").alias("low_pct"),
        nw.col("value_high").alias("high_pct"),
        nw.col("statement_id").alias("statement_ids"),
    )
    return collect_frame(rows).sort("project_id", "said_last_day", "statement_ids")
