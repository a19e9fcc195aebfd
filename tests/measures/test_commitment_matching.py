"""How a statement bears on a commitment: each rule alone, worked out by hand."""

from datetime import date

import pytest

from khoosheh.measures.commitment_matching import moves_deadline, reaches_commitment, says_not_yet
from khoosheh.measures.commitment_statements import StatementRecord

SILENT = StatementRecord(
    statement_id="A1", project_id="mill", stage_id="", chain_id="", measure="jobs", unit="persons",
    said_first_day=date(2024, 3, 10), said_last_day=date(2024, 3, 20), due_first_day=None, deadline=None,
    due_state="", target=None, rungs=None, value=None, is_part=False,
)  # fmt: skip
DUE = (date(2025, 3, 1), date(2025, 3, 31))
REACHED_BY = {"cost_planned": "cost_to_date"}
OF_STATE = SILENT._replace(target=3, deadline=DUE)
OF_VALUE = SILENT._replace(value=(100, 120), deadline=DUE)
PART = {"is_part": True, "value": (5, 6)}


def judge(statement: StatementRecord, commitment: StatementRecord) -> tuple[bool, bool]:
    """Tell whether the statement reaches the commitment, and whether it says 'not yet'."""
    return reaches_commitment(statement, commitment, REACHED_BY), says_not_yet(statement, commitment, REACHED_BY)


@pytest.mark.parametrize(
    ("rungs", "expected"),
    [
        ((3, 3), (True, False)), ((4, 5), (True, False)), ((2, 3), (False, False)), ((2, 5), (False, False)),
        ((2, 2), (False, True)), ((0, 2), (False, True)), (None, (False, False)),
    ],
)  # fmt: skip
def test_a_state_reaches_a_promise_from_its_low_end_and_misses_it_below_its_high_end(rungs, expected):
    assert judge(SILENT._replace(rungs=rungs), OF_STATE) == expected


@pytest.mark.parametrize(
    ("stated", "promised", "reaches", "delays"),
    [
        ({}, {}, True, True),
        # the whole includes each part, but what is said of the whole being unfinished may be said of another part
        ({}, PART, True, False),
        (PART, {}, False, False),
        (PART, PART, True, True),
        ({**PART, "value": (5, 7)}, PART, False, False),
        ({**PART, "unit": "ha"}, PART, False, False),
        ({**PART, "measure": "area"}, PART, False, False),
        # nothing tells that parts without a figure are the same
        ({"is_part": True}, {"is_part": True}, False, False),
    ],
)
def test_parts_are_the_same_only_by_measure_unit_and_figure(stated, promised, reaches, delays):
    commitment = OF_STATE._replace(**promised)
    assert reaches_commitment(SILENT._replace(rungs=(3, 5), **stated), commitment, REACHED_BY) is reaches
    assert says_not_yet(SILENT._replace(rungs=(0, 2), **stated), commitment, REACHED_BY) is delays


@pytest.mark.parametrize(
    ("stated", "promised", "expected"),
    [
        ({"value": (100, 100)}, {}, (True, False)),
        ({"value": (100, None)}, {}, (True, False)),
        ({"value": (99, 100)}, {}, (False, False)),
        ({"value": (90, 99)}, {}, (False, True)),
        ({"value": (90, None)}, {}, (False, False)),
        ({"value": None}, {}, (False, False)),
        ({"value": (200, 200)}, {"value": None}, (False, False)),
        # a part of it, another measure, another promise, another unit
        ({"value": (200, 200), "is_part": True}, {}, (False, False)),
        ({"value": (9, 9), "is_part": True}, {}, (False, False)),
        ({"value": (200, 200), "measure": "area"}, {}, (False, False)),
        ({"value": (200, 200), "deadline": DUE}, {}, (False, False)),
        ({"value": (200, 200), "unit": "m_eur"}, {}, (False, False)),
        ({"value": (200, 200)}, {"unit": "m_eur"}, (False, False)),
        # money in any unit of its currency: 1 bn toman is 10 bn rial
        ({"value": (10, None), "unit": "bn_toman"}, {"unit": "bn_irr"}, (True, False)),
        ({"value": (10, None), "unit": "bn_toman"}, {"unit": "bn_irr", "value": (101, 101)}, (False, False)),
        ({"value": (8, 9.9), "unit": "bn_toman"}, {"unit": "bn_irr"}, (False, True)),
        ({"value": (8, 10), "unit": "bn_toman"}, {"unit": "bn_irr"}, (False, False)),
        ({"value": (1, 2), "unit": "m_eur"}, {"unit": "bn_irr"}, (False, False)),
    ],
)
def test_a_figure_is_compared_in_one_unit_with_the_low_end_of_what_was_promised(stated, promised, expected):
    assert judge(SILENT._replace(**stated), OF_VALUE._replace(**promised)) == expected


def test_a_planned_figure_is_reached_by_the_measure_of_its_execution_alone():
    planned = OF_VALUE._replace(measure="cost_planned")
    assert judge(SILENT._replace(measure="cost_to_date", value=(100, 100)), planned) == (True, False)
    assert judge(SILENT._replace(measure="cost_planned", value=(100, 100)), planned) == (False, False)


LATER = {"said_first_day": date(2024, 3, 21), "said_last_day": date(2024, 3, 21)}
NEXT_YEAR = (date(2026, 3, 1), date(2026, 3, 1))


@pytest.mark.parametrize(
    ("stated", "moves"),
    [
        ({}, True),
        ({"deadline": (date(2025, 4, 1), date(2025, 4, 9))}, True),
        ({"deadline": (date(2025, 2, 1), date(2025, 2, 28))}, True),
        # a day in common, no day, said on a day of the promise, another promise
        ({"deadline": (date(2025, 3, 31), date(2025, 4, 9))}, False),
        ({"deadline": (date(2025, 2, 1), date(2025, 3, 1))}, False),
        ({"deadline": None}, False),
        ({"said_first_day": date(2024, 3, 20)}, False),
        ({"target": 4}, False),
        ({"target": None}, False),
        ({**PART}, False),
    ],
)
def test_a_deadline_is_moved_by_a_later_promise_of_the_same_for_another_day(stated, moves):
    statement = OF_STATE._replace(**{**LATER, "deadline": NEXT_YEAR, **stated})
    assert moves_deadline(statement, OF_STATE) is moves


def test_a_promise_without_a_day_cannot_be_moved():
    assert not moves_deadline(OF_STATE._replace(**LATER), OF_STATE._replace(deadline=None))


@pytest.mark.parametrize(
    ("stated", "of_value", "of_state"),
    [({}, True, True), ({"measure": "area"}, False, True), ({"unit": "ha"}, False, True), (PART, False, False)],
)
def test_a_promised_figure_is_the_same_only_by_measure_and_unit(stated, of_value, of_state):
    later = {**LATER, "deadline": NEXT_YEAR, **stated}
    assert moves_deadline(OF_VALUE._replace(**later), OF_VALUE) is of_value
    assert moves_deadline(OF_STATE._replace(**later), OF_STATE) is of_state
