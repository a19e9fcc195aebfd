"""Statements as commitments need them: typed records, and the history of what was said about one subject."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, TypedDict, TypeVar

from khoosheh.engines import Frame, collect_frame
from khoosheh.measures.intervals import Interval
from khoosheh.measures.rows import list_columns, read_rows

KeyT = TypeVar("KeyT", bound=Hashable)


class _StatementInput(TypedDict):
    """The columns of the register's statements that commitments read."""

    statement_id: str
    project_id: str | None
    stage_id: str | None
    chain_id: str | None
    measure: str
    unit: str | None
    said_first_day: datetime
    said_last_day: datetime
    due_first_day: datetime | None
    deadline_low_day: datetime | None
    deadline_high_day: datetime | None
    due_state: str | None
    state_low: str | None
    state_high: str | None
    value_low: float | None
    value_high: float | None
    is_part: bool | None


class StatementRecord(NamedTuple):
    """One statement; missing ids, units and states are empty.

    ``deadline``: the earliest and latest day that it may mean. ``target``: the rung of the promised state; ``rungs``:
    the lowest and highest rung of the stated one, from 0. ``value``: the stated figure, in ``unit``; a missing high
    end means 'at least'.
    """

    statement_id: str
    project_id: str
    stage_id: str
    chain_id: str
    measure: str
    unit: str
    said_first_day: date
    said_last_day: date
    due_first_day: date | None
    deadline: tuple[date, date] | None
    due_state: str
    target: int | None
    rungs: tuple[int, int] | None
    value: Interval | None
    is_part: bool

    @property
    def is_commitment(self) -> bool:
        """Whether the statement has a due date or a promised state."""
        return self.target is not None or self.deadline is not None

    @property
    def subject(self) -> tuple[str, str]:
        """What the statement is about: its project, and its stage or else its chain."""
        return self.project_id, self.stage_id or self.chain_id


class SubjectHistory:
    """All statements about one subject, indexed so that no search goes through all of them for every commitment.

    ``dated``: the statements with a deadline.
    """

    def __init__(self, statements: Sequence[StatementRecord]) -> None:
        """Index the statements by day, state and measure."""
        self._by_day = sorted(statements, key=lambda statement: statement.said_first_day)
        self._first_days = [statement.said_first_day for statement in self._by_day]
        self.dated = [statement for statement in self._by_day if statement.deadline is not None]
        self._states = [statement for statement in self._by_day if statement.rungs is not None]
        self._by_measure: dict[str, list[StatementRecord]] = defaultdict(list)
        for statement in self._by_day:
            self._by_measure[statement.measure].append(statement)

    def list_later(self, day: date) -> list[StatementRecord]:
        """Return the statements that were certainly made after a day."""
        return self._by_day[bisect_right(self._first_days, day) :]

    def list_comparable(self, commitment: StatementRecord, reached_by: Mapping[str, str]) -> list[StatementRecord]:
        """Return the other statements that may tell whether a commitment was reached.

        ``reached_by``: for the code of a planned measure, the code of the measure that states its execution.
        """
        if commitment.target is not None:
            comparable = self._states
        else:
            comparable = self._by_measure.get(reached_by.get(commitment.measure, commitment.measure), [])
        return [statement for statement in comparable if statement is not commitment]


def group_statements(
    statements: Iterable[StatementRecord], key: Callable[[StatementRecord], KeyT]
) -> dict[KeyT, SubjectHistory]:
    """Group statements by the result of ``key``."""
    groups: dict[KeyT, list[StatementRecord]] = defaultdict(list)
    for statement in statements:
        groups[key(statement)].append(statement)
    return {value: SubjectHistory(group) for value, group in groups.items()}


def read_statement_records(statements: Frame, ladder: Sequence[str]) -> dict[str, StatementRecord]:
    """Return the records of statements by id; ``ladder``: the states in order.

    The result does not depend on the day, so callers can keep it.
    """
    rows = read_rows(collect_frame(statements.select(*list_columns(_StatementInput))), _StatementInput)
    return {row["statement_id"]: _build_record(row, ladder) for row in rows}


def _build_record(row: _StatementInput, ladder: Sequence[str]) -> StatementRecord:
    due_state, value_low, value_high = row["due_state"] or "", row["value_low"], row["value_high"]
    return StatementRecord(
        statement_id=row["statement_id"],
        project_id=row["project_id"] or "",
        stage_id=row["stage_id"] or "",
        chain_id=row["chain_id"] or "",
        measure=row["measure"],
        unit=row["unit"] or "",
        said_first_day=row["said_first_day"].date(),
        said_last_day=row["said_last_day"].date(),
        due_first_day=row["due_first_day"].date() if row["due_first_day"] else None,
        deadline=_read_deadline(row),
        due_state=due_state,
        target=ladder.index(due_state) if due_state else None,
        rungs=_read_state_rungs(row, ladder),
        value=None if value_low is None else (value_low, value_high),
        is_part=bool(row["is_part"]),
    )


def _read_deadline(row: _StatementInput) -> tuple[date, date] | None:
    earliest, latest = row["deadline_low_day"], row["deadline_high_day"]
    return None if earliest is None or latest is None else (earliest.date(), latest.date())


def _read_state_rungs(row: _StatementInput, ladder: Sequence[str]) -> tuple[int, int] | None:
    """Return the lowest and highest rung of a stated state; an end that was not stated is the end of the ladder."""
    low, high = row["state_low"], row["state_high"]
    if low is None and high is None:
        return None
    return 0 if low is None else ladder.index(low), len(ladder) - 1 if high is None else ladder.index(high)
