"""Records of statements, and the history of a subject: cell by cell, worked out by hand."""

from datetime import date, datetime

import pandas as pd
import pytest

from khoosheh.engines import make_arrow_frame
from khoosheh.measures.commitment_statements import (
    StatementRecord,
    SubjectHistory,
    group_statements,
    read_statement_records,
)

LADDER = ["not_started", "building", "operating"]
BLANK = {
    "statement_id": "A1", "project_id": None, "stage_id": None, "chain_id": None, "measure": "jobs", "unit": None,
    "said_first_day": datetime(2024, 3, 1), "said_last_day": datetime(2024, 3, 2), "due_first_day": None,
    "deadline_low_day": None, "deadline_high_day": None, "due_state": None, "state_low": None, "state_high": None,
    "value_low": None, "value_high": None, "is_part": None,
}  # fmt: skip
OF_BLANK = StatementRecord(
    statement_id="A1", project_id="", stage_id="", chain_id="", measure="jobs", unit="",
    said_first_day=date(2024, 3, 1), said_last_day=date(2024, 3, 2), due_first_day=None, deadline=None, due_state="",
    target=None, rungs=None, value=None, is_part=False,
)  # fmt: skip


def record(**cells) -> StatementRecord:
    frame = pd.DataFrame([{**BLANK, **cells}])
    for name in frame:
        if name.endswith("_day"):
            frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
        elif name.startswith("value_"):
            frame[name] = frame[name].astype(float)
        else:
            frame[name] = frame[name].astype("boolean" if name == "is_part" else "str")
    records = read_statement_records(make_arrow_frame(frame), LADDER)
    assert list(records) == ["A1"]
    return records["A1"]


def test_a_statement_of_blanks_has_empty_texts_and_nothing_else():
    assert record() == OF_BLANK


def test_each_cell_comes_to_its_place():
    found = record(
        project_id="mill", stage_id="weaving", chain_id="textile", unit="persons", due_first_day=datetime(2024, 4, 1),
        deadline_low_day=datetime(2024, 5, 1), deadline_high_day=datetime(2024, 6, 1), due_state="operating",
        value_low=3, value_high=4, is_part=True,
    )  # fmt: skip
    assert found == OF_BLANK._replace(
        project_id="mill", stage_id="weaving", chain_id="textile", unit="persons", due_first_day=date(2024, 4, 1),
        deadline=(date(2024, 5, 1), date(2024, 6, 1)), due_state="operating", target=2, value=(3, 4), is_part=True,
    )  # fmt: skip
    assert record(value_low=3).value == (3, None)


@pytest.mark.parametrize(
    ("low", "high", "rungs"),
    [(None, None, None), ("building", None, (1, 2)), (None, "building", (0, 1)), ("building", "operating", (1, 2))],
)
def test_an_end_of_a_state_that_was_not_stated_is_the_end_of_the_ladder(low, high, rungs):
    assert record(state_low=low, state_high=high).rungs == rungs


@pytest.mark.parametrize("cell", ["deadline_low_day", "deadline_high_day"])
def test_a_deadline_has_both_ends(cell):
    assert record(**{cell: datetime(2024, 5, 1)}).deadline is None


def test_a_commitment_has_a_state_or_a_day():
    assert not OF_BLANK.is_commitment
    assert OF_BLANK._replace(target=0).is_commitment
    assert OF_BLANK._replace(deadline=(date(2024, 5, 1), date(2024, 6, 1))).is_commitment


def test_a_statement_is_about_its_project_and_its_stage_or_else_its_chain():
    about = OF_BLANK._replace(project_id="mill", stage_id="weaving", chain_id="textile")
    assert about.subject == ("mill", "weaving")
    assert about._replace(stage_id="").subject == ("mill", "textile")


def test_a_history_finds_later_dated_and_comparable_statements():
    def said(one: str, day: int, **more) -> StatementRecord:
        return OF_BLANK._replace(statement_id=one, said_first_day=date(2024, 3, day), **more)

    due = (date(2024, 5, 1), date(2024, 6, 1))
    spent = said("spent", 9, measure="cost_to_date")
    planned = said("planned", 5, measure="cost_planned", deadline=due)
    state = said("state", 7, measure="state", rungs=(1, 2))
    promised = said("promised", 8, measure="state", rungs=(0, 1), target=2)
    jobs, other = said("jobs", 3, deadline=due), said("other", 4)
    history = SubjectHistory([spent, planned, state, promised, jobs, other])
    assert history.list_later(date(2024, 3, 7)) == [promised, spent]
    assert history.dated == [jobs, planned]
    reached_by = {"cost_planned": "cost_to_date"}
    assert history.list_comparable(planned, reached_by) == [spent]
    assert history.list_comparable(promised, reached_by) == [state]
    assert history.list_comparable(jobs, reached_by) == [other]
    assert history.list_comparable(said("new", 1, measure="area"), reached_by) == []


def test_groups_hold_the_statements_of_one_key():
    tea, steel, ore = (OF_BLANK._replace(statement_id=one, stage_id=one[0]) for one in ("tea", "steel", "sore"))
    groups = group_statements([tea, steel, ore], lambda statement: statement.stage_id)
    assert {key: group.list_later(date(2024, 2, 1)) for key, group in groups.items()} == {
        "t": [tea],
        "s": [steel, ore],
    }
