"""Schedule: what became of each promise, followed through later statements.

A promise is a statement with a due date, or with a promised state. Its *deadline* is the last day of what was
printed: a promise for 1405 is overdue after the last day of 1405. Where the year itself is not certain ('this year'
in an undated report), the deadline lies between the last day of the first such year and that of the last.

A statement *reaches* a promise where it is about the same thing, was not certainly said before it, and says at least
what was promised. It *says not yet* where it says less. Parts of a project reach or delay a promise about a part only
where measure, unit and figure are the same: nobody said that they are the same part otherwise.

Verdicts, the first that holds:

``kept``, ``kept_late``, ``kept_or_late``
    reached by the earliest deadline; certainly after the last; or the dates do not tell.
``moved``
    a statement certainly said later has another deadline for the same thing.
``late``
    a statement certainly said after the deadline says not yet.
``no_date``
    no due date was stated.
``open``, ``open_or_past``
    the deadline has not passed; it may have.
``no_later_word``
    the deadline has passed, and no statement tells what became of it.

Slips are whole Jalali months, rounded outward; a missing upper end means 'at least', negative ones are early.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import narwhals as nw

from khoosheh.calendar import count_months_apart
from khoosheh.engines import Frame, collect_frame
from khoosheh.formatting import is_missing
from khoosheh.measures import common
from khoosheh.money import UNITS

VERDICTS = (
    "kept", "kept_late", "kept_or_late", "moved", "late", "no_date", "open", "open_or_past", "no_later_word",
)  # fmt: skip
SCHEMA = {
    "statement_id": nw.String, "project_id": nw.String, "stage_id": nw.String, "chain_id": nw.String,
    "measure": nw.String, "due_state": nw.String, "said_first_day": nw.Datetime, "said_last_day": nw.Datetime,
    "due_first_day": nw.Datetime, "deadline_low_day": nw.Datetime, "deadline_high_day": nw.Datetime,
    "verdict": nw.String, "slip_low_months": nw.Float64, "slip_high_months": nw.Float64,
    "reached_low_day": nw.Datetime, "reached_high_day": nw.Datetime, "moved_ids": nw.String, "later_ids": nw.String,
    "statement_ids": nw.String,
}  # fmt: skip
_TEXTS = ("statement_id", "project_id", "stage_id", "chain_id", "measure", "unit")
_DAYS = ("said_first_day", "said_last_day", "due_first_day", "deadline_low_day", "deadline_high_day")
NEEDED = [*_TEXTS, *_DAYS, "due_state", "state_low", "state_high", "value_low", "value_high", "is_part"]


class _StatementRecord(NamedTuple):
    """One statement, as far as promises go; days are dates, states are rungs of the ladder."""

    statement_id: str
    project_id: str
    stage_id: str
    chain_id: str
    measure: str
    unit: str
    said_first_day: date
    said_last_day: date
    due_first_day: date | None
    deadline_low_day: date | None
    deadline_high_day: date | None
    due_state: str
    target: int | None
    rungs: tuple[int, int] | None
    value: tuple[float, float | None] | None
    is_part: bool

    @property
    def is_promise(self) -> bool:
        return self.target is not None or self.deadline_high_day is not None

    @property
    def subject(self) -> tuple[str, str]:
        return self.project_id, self.stage_id or self.chain_id


class _SubjectHistory:
    """All that was said about one thing, found without looking at every statement for every promise."""

    def __init__(self, words: Sequence[_StatementRecord]) -> None:
        self._words = sorted(words, key=lambda word: word.said_first_day)
        self._first_days = [word.said_first_day for word in self._words]
        self.promises = [word for word in self._words if word.deadline_high_day is not None]
        self._states = [word for word in self._words if word.rungs is not None]
        self._of: dict[str, list[_StatementRecord]] = defaultdict(list)
        for word in self._words:
            self._of[word.measure].append(word)

    def after(self, day: date) -> list[_StatementRecord]:
        """Return what was certainly said after a day."""
        return self._words[bisect_right(self._first_days, day) :]

    def telling(self, promise: _StatementRecord, reached_by: Mapping[str, str]) -> list[_StatementRecord]:
        """Return what may tell whether a promise was reached."""
        if promise.target is not None:
            return self._states
        return self._of.get(reached_by.get(promise.measure, promise.measure), [])


def _group_statements(
    words: Sequence[_StatementRecord], what: Callable[[_StatementRecord], Hashable]
) -> dict[Hashable, _SubjectHistory]:
    found = defaultdict(list)
    for word in words:
        found[what(word)].append(word)
    return {key: _SubjectHistory(mine) for key, mine in found.items()}


def track_commitments(
    statements: Frame,
    ladder: Sequence[str],
    day: date,
    reached_by: Mapping[str, str] | None = None,
    read: Mapping[str, object] | None = None,
) -> nw.DataFrame:
    """Follow every promise among ``statements``, those known on ``day``: one row each, columns as in ``SCHEMA``.

    ``ladder``: states in order. ``reached_by``: for a measure that is a plan, the one that tells its execution.
    ``read``: what :func:`read_statement_records` found in these statements and others.
    ``statement_ids``: the promise and the statements that its verdict rests on; ``moved_ids``: later promises of the
    same thing with other dates; ``later_ids``: all that was certainly said later about it.
    """
    told = collect_frame(common.plausible_statements(statements).select(NEEDED if read is None else ["statement_id"]))
    known = read_statement_records(told, ladder) if read is None else read
    words = [known[one] for one in told["statement_id"].to_list()]
    about, at_stage = (
        _group_statements(words, lambda word: word.subject),
        _group_statements(words, lambda word: word.stage_id),
    )
    rows = []
    for promise in (word for word in words if word.is_promise):
        # A promise of no named project is kept by any project of its stage.
        helpers = at_stage[promise.stage_id] if not promise.project_id and promise.stage_id else _SubjectHistory([])
        rows.append(_track_commitment(promise, about[promise.subject], helpers, day, reached_by or {}))
    rows.sort(key=lambda row: (row["deadline_high_day"] or date.max, row["statement_id"]))
    columns = {name: [row[name] for row in rows] for name in SCHEMA}
    return nw.from_dict(columns, schema=SCHEMA, backend=told.implementation)


def read_statement_records(statements: Frame, ladder: Sequence[str]) -> dict[str, object]:
    """Return what matters of statements by their ids; to be kept where promises are asked for on many days."""
    told = collect_frame(statements.select(NEEDED))
    return {row["statement_id"]: _read_statement_record(row, ladder) for row in told.to_arrow().to_pylist()}


def _read_statement_record(row: Mapping, ladder: Sequence[str]) -> _StatementRecord:
    texts = {name: "" if is_missing(row[name]) else row[name] for name in _TEXTS}
    days = {name: None if is_missing(row[name]) else row[name].date() for name in _DAYS}
    due_state = "" if is_missing(row["due_state"]) else row["due_state"]
    high = None if is_missing(row["value_high"]) else float(row["value_high"])
    return _StatementRecord(
        **texts,
        **days,
        due_state=due_state,
        target=ladder.index(due_state) if due_state else None,
        rungs=_read_state_rungs(row, ladder),
        value=None if is_missing(row["value_low"]) else (float(row["value_low"]), high),
        is_part=not is_missing(row["is_part"]) and bool(row["is_part"]),
    )


def _read_state_rungs(row: Mapping, ladder: Sequence[str]) -> tuple[int, int] | None:
    """Return the lowest and highest rung of a stated state; an end that was not stated leaves all rungs open."""
    low, high = row["state_low"], row["state_high"]
    if is_missing(low) and is_missing(high):
        return None
    return 0 if is_missing(low) else ladder.index(low), len(ladder) - 1 if is_missing(high) else ladder.index(high)


def _track_commitment(
    promise: _StatementRecord, same: _SubjectHistory, helpers: _SubjectHistory, day: date, reached_by: Mapping
) -> dict:
    later = same.after(promise.said_last_day)
    telling = [word for word in same.telling(promise, reached_by) if word is not promise]
    helping = [word for word in helpers.telling(promise, reached_by) if word is not promise]
    not_before = {word.statement_id: word for word in [*telling, *helping]}.values()
    reaching = [
        word
        for word in not_before
        if word.said_last_day >= promise.said_first_day and _reaches_commitment(word, promise, reached_by)
    ]
    delaying = [word for word in telling if _says_not_yet(word, promise, reached_by)]
    found = {
        name: getattr(promise, name) or None
        for name in ("statement_id", "project_id", "stage_id", "chain_id", "measure", "due_state", *_DAYS)
    }
    found |= dict.fromkeys(("slip_low_months", "slip_high_months", "reached_low_day", "reached_high_day"))
    moves = [
        word
        for word in same.promises
        if word.said_first_day > promise.said_last_day
        and _is_same_commitment(word, promise)
        and _has_other_deadline(word, promise)
    ]
    found |= {"moved_ids": _join_statement_ids(moves), "later_ids": _join_statement_ids(later)}
    verdict, behind = _find_verdict(promise, reaching, delaying, moves, day, found)
    return {**found, "verdict": verdict, "statement_ids": _join_statement_ids([promise, *behind])}


def _find_verdict(
    promise: _StatementRecord,
    reaching: list[_StatementRecord],
    delaying: list[_StatementRecord],
    moves: list[_StatementRecord],
    day: date,
    found: dict,
) -> tuple[str, list[_StatementRecord]]:
    """Return the verdict and the statements behind it; writes slips and days into ``found``."""
    dated = promise.deadline_high_day is not None
    if reaching:
        return _find_kept_verdict(promise, reaching, delaying, found)
    if not dated:
        return "no_date", []
    overdue = [word for word in delaying if word.said_first_day > promise.deadline_high_day]
    least = max(
        (count_months_apart(promise.deadline_high_day, word.said_first_day)[0] for word in overdue), default=None
    )
    if moves:
        newest = [one for one in moves if not any(other.said_first_day > one.said_last_day for other in moves)]
        spans = [
            (
                count_months_apart(promise.deadline_high_day, one.deadline_low_day)[0],
                count_months_apart(promise.deadline_low_day, one.deadline_high_day)[1],
            )
            for one in newest
        ]
        low, high = min(low for low, _ in spans), max(high for _, high in spans)
        found["slip_low_months"] = low if least is None else max(low, least)
        found["slip_high_months"] = max(high, found["slip_low_months"])
        return "moved", moves
    if overdue:
        found["slip_low_months"] = least
        return "late", overdue
    if day <= promise.deadline_low_day:
        return "open", []
    return ("open_or_past" if day <= promise.deadline_high_day else "no_later_word"), []


def _find_kept_verdict(
    promise: _StatementRecord, reaching: list[_StatementRecord], delaying: list[_StatementRecord], found: dict
) -> tuple[str, list[_StatementRecord]]:
    latest = min(word.said_last_day for word in reaching)
    # Where it was not yet reached on some day of an interval, it was not reached when the interval began.
    before = [word for word in delaying if word.said_first_day <= latest]
    earliest = max([promise.said_first_day, *(word.said_first_day for word in before)])
    found |= {"reached_low_day": earliest, "reached_high_day": latest}
    behind = [*(word for word in reaching if word.said_last_day == latest), *before]
    if promise.deadline_high_day is None or latest <= promise.deadline_low_day:
        return "kept", behind
    found["slip_high_months"] = count_months_apart(promise.deadline_low_day, latest)[1]
    if earliest > promise.deadline_high_day:
        found["slip_low_months"] = count_months_apart(promise.deadline_high_day, earliest)[0]
        return "kept_late", behind
    return "kept_or_late", behind


def _join_statement_ids(words: Sequence[_StatementRecord]) -> str:
    return " ".join(sorted({word.statement_id for word in words}))


def _reaches_commitment(word: _StatementRecord, promise: _StatementRecord, reached_by: Mapping[str, str]) -> bool:
    if promise.target is not None:
        return word.rungs is not None and word.rungs[0] >= promise.target and _covers_commitment(word, promise)
    both = _find_comparable_values(word, promise, reached_by)
    return both is not None and both[0][0] >= both[1][0] and not word.is_part


def _says_not_yet(word: _StatementRecord, promise: _StatementRecord, reached_by: Mapping[str, str]) -> bool:
    if promise.target is not None:
        return word.rungs is not None and word.rungs[1] < promise.target and _is_same_part(word, promise)
    both = _find_comparable_values(word, promise, reached_by)
    return both is not None and both[0][1] is not None and both[0][1] < both[1][0] and not word.is_part


def _covers_commitment(word: _StatementRecord, promise: _StatementRecord) -> bool:
    """Tell whether what a statement is about includes what was promised: the whole includes each part."""
    return not word.is_part or _is_same_part(word, promise)


def _is_same_part(word: _StatementRecord, promise: _StatementRecord) -> bool:
    if not word.is_part and not promise.is_part:
        return True
    figures = (word.measure, word.unit, word.value) == (promise.measure, promise.unit, promise.value)
    return word.is_part and promise.is_part and figures and word.value is not None


def _find_comparable_values(
    word: _StatementRecord, promise: _StatementRecord, reached_by: Mapping[str, str]
) -> tuple[tuple, tuple] | None:
    """Return both values in one unit, where the statement tells of what was promised."""
    told = reached_by.get(promise.measure, promise.measure)
    if word.value is None or promise.value is None or word.measure != told or word.is_promise:
        return None
    if word.unit == promise.unit:
        return word.value, promise.value
    mine, its = UNITS.get(word.unit), UNITS.get(promise.unit)
    if mine is None or its is None or mine[0] != its[0]:
        return None
    return tuple(
        tuple(None if end is None else end * factor for end in value)
        for value, (_, factor) in ((word.value, mine), (promise.value, its))
    )


def _is_same_commitment(word: _StatementRecord, promise: _StatementRecord) -> bool:
    if word.deadline_high_day is None or promise.deadline_high_day is None or word.target != promise.target:
        return False
    kind = promise.target is not None or (word.measure, word.unit) == (promise.measure, promise.unit)
    return kind and _is_same_part(word, promise)


def _has_other_deadline(word: _StatementRecord, promise: _StatementRecord) -> bool:
    after = word.deadline_low_day > promise.deadline_high_day
    return after or word.deadline_high_day < promise.deadline_low_day


def select_physical_progress(statements: Frame) -> nw.DataFrame:
    """Return the stated physical progress of whole projects, in per cent, as it was said: nothing in between.

    Rows: ``project_id``, ``said_first_day``, ``said_last_day``, ``low_pct``, ``high_pct`` (missing: at least),
    ``statement_ids``.
    """
    told = common.plausible_statements(statements).filter(
        nw.col("measure") == "physical_progress",
        nw.col("unit") == "pct",
        ~nw.col("project_id").is_null(),
        ~nw.col("value_low").is_null(),
        ~nw.col("is_part").fill_null(False),
    )
    rows = told.select(
        "project_id",
        "said_first_day",
        "said_last_day",
        nw.col("value_low").alias("low_pct"),
        nw.col("value_high").alias("high_pct"),
        nw.col("statement_id").alias("statement_ids"),
    )
    return collect_frame(rows).sort("project_id", "said_last_day", "statement_ids")
