"""Promises: the verdicts worked out by hand, a slow twin over all worlds, and the story of the sponge-iron plant."""

import random
from datetime import date, datetime

import narwhals as nw
import pandas as pd
import pytest
import twins

from khoosheh import calendar, queries
from khoosheh.measures import commitments
from khoosheh.measures.scope import Selection

LADDER = ["not_started", "exploring", "licensed", "building", "commissioning", "operating"]
OPERATING = LADDER.index("operating")
NOTHING = {
    "project_id": "mill", "stage_id": None, "chain_id": None, "measure": "state", "unit": None, "value_low": None,
    "value_high": None, "state_low": None, "state_high": None, "due_state": None, "is_part": None,
    "quality_flag": None,
}  # fmt: skip


def days_of(words: str) -> tuple[date, date]:
    """The first and last day of 'a' or 'a/b', Jalali."""
    first, _, last = words.partition("/")
    return calendar.parse_jalali_date(first).first_day, calendar.parse_jalali_date(last or first).last_day


def statement(one: str, said: str, due: str = "", **more) -> dict:
    """A made-up statement; ``due`` also promises the state 'operating' unless told otherwise."""
    first, last = days_of(said)
    row = {**NOTHING, "statement_id": one, "said_first_day": first, "said_last_day": last}
    row |= dict.fromkeys(("due_first_day", "deadline_low_day", "deadline_high_day"))
    if due:
        start, _, end = due.partition("/")
        row |= {
            "due_first_day": calendar.parse_jalali_date(start).first_day,
            "deadline_low_day": calendar.parse_jalali_date(start).last_day,
            "deadline_high_day": calendar.parse_jalali_date(end or start).last_day,
            "due_state": "operating",
        }
    return {**row, **more}


def followed(*rows: dict, on: str = "1405-12") -> dict[str, dict]:
    frame = pd.DataFrame(list(rows))
    for name in frame:
        if name.endswith("_day"):
            frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
    told = nw.from_native(frame, eager_only=True)
    table = commitments.track_commitments(
        told, LADDER, calendar.parse_jalali_date(on).last_day, {"cost_planned": "cost_to_date"}
    )
    return {row["statement_id"]: row for row in table.iter_rows(named=True)}


def slip(row: dict) -> tuple:
    return tuple(
        None if pd.isna(row[f"slip_{end}_months"]) else int(row[f"slip_{end}_months"]) for end in ("low", "high")
    )


RUNS = {"state_low": "operating", "state_high": "operating"}
BUILDS = {"state_low": "building", "state_high": "building"}
PROMISE = ("p", "1401-02-01", "1402")
# what was said beside a promise of 1402: the verdict on the last day of 1405, and the slip in months
WORKED = {
    "kept": ([statement("a", "1402-10-05", **RUNS)], "kept", (None, None)),
    "kept on the last day": ([statement("a", "1402-12-29", **RUNS)], "kept", (None, None)),
    "kept, late for certain": (
        [statement("n", "1403-03-15", **BUILDS), statement("a", "1403-08-01", **RUNS)],
        "kept_late",
        (2, 8),
    ),
    "kept, nobody knows when": ([statement("a", "1403-08-01", **RUNS)], "kept_or_late", (None, 8)),
    "moved by a year": ([statement("m", "1402-11-01", "1403")], "moved", (12, 12)),
    "moved twice": (
        [statement("m", "1402-11-01", "1403"), statement("m2", "1403-11-01", "1404-06")],
        "moved",
        (18, 18),
    ),
    "brought forward": ([statement("m", "1401-06-01", "1401-12")], "moved", (-12, -12)),
    "moved, and late even so": (
        [statement("m", "1402-11-01", "1403-01"), statement("n", "1403-05-31", **BUILDS)],
        "moved",
        (5, 5),
    ),
    "late": ([statement("n", "1403-05-31", **BUILDS)], "late", (5, None)),
    "not late before the year is over": ([statement("n", "1402-12-01", **BUILDS)], "no_later_word", (None, None)),
    "repeated, not moved": ([statement("m", "1402-01-01", "1402")], "no_later_word", (None, None)),
    "said before": ([statement("a", "1400", **RUNS)], "no_later_word", (None, None)),
    "another project": ([statement("a", "1402-10-05", project_id="other", **RUNS)], "no_later_word", (None, None)),
    "only a part runs": ([statement("a", "1402-10-05", is_part=True, **RUNS)], "no_later_word", (None, None)),
    "implausible": (
        [statement("a", "1402-10-05", quality_flag="implausible", **RUNS)],
        "no_later_word",
        (None, None),
    ),
}


@pytest.mark.parametrize("name", WORKED)
def test_verdicts_worked_out_by_hand(name):
    others, verdict, months = WORKED[name]
    found = followed(statement(*PROMISE), *others)["p"]
    assert found["verdict"] == verdict
    assert slip(found) == months


def test_a_deadline_is_open_until_its_last_day():
    rows = [statement("p", "1401/1402", "1402/1403")]
    assert followed(*rows, on="1402-12-29")["p"]["verdict"] == "open"
    assert followed(*rows, on="1403-01-01")["p"]["verdict"] == "open_or_past"
    assert followed(*rows, on="1403-12-30")["p"]["verdict"] == "open_or_past"
    assert followed(*rows, on="1404-01-01")["p"]["verdict"] == "no_later_word"


def test_a_promise_of_a_value_is_kept_by_its_execution_in_any_unit_of_money():
    money = {"measure": "cost_planned", "unit": "bn_irr", "value_low": 500.0, "value_high": 500.0, "due_state": None}
    spent = {"measure": "cost_to_date", "unit": "hemat", "value_high": 0.05}
    promise = statement("p", "1401", "1402", **money)
    enough, less = statement("a", "1402-05", **spent, value_low=0.05), statement("a", "1404", **spent, value_low=0.04)
    assert followed(promise, enough)["p"]["verdict"] == "kept"
    assert followed(promise, {**less, "value_high": 0.04})["p"]["verdict"] == "late"
    assert followed(promise, {**less, "unit": "m_eur"})["p"]["verdict"] == "no_later_word"


def test_a_part_is_known_by_its_figure():
    part = {"measure": "area", "unit": "ha", "value_low": 10.0, "value_high": 10.0, "is_part": True}
    promise = statement("p", "1401", "1402", **part)
    assert followed(promise, statement("a", "1402-05", **part, **RUNS))["p"]["verdict"] == "kept"
    assert (
        followed(promise, statement("a", "1402-05", **{**part, "value_low": 9.0}, **RUNS))["p"]["verdict"]
        == "no_later_word"
    )
    assert followed(promise, statement("a", "1402-05", **RUNS))["p"]["verdict"] == "kept", "the whole includes it"


def test_a_promise_of_no_named_project_is_kept_by_any_project_of_its_stage():
    promise = statement("p", "1401", "1402", project_id=None, stage_id="weaving")
    found = followed(promise, statement("a", "1402-05", project_id="mill", stage_id="weaving", **RUNS))
    assert found["p"]["verdict"] == "kept"


def test_later_words_are_listed_even_where_they_decide_nothing():
    found = followed(statement(*PROMISE), statement("x", "1401-03", measure="jobs"), statement("y", "1400/1402"))
    assert found["p"]["later_ids"] == "x"


def drawn_month(dice: random.Random) -> str:
    return f"{dice.randint(1400, 1403)}-{dice.randint(1, 12):02}"


def drawn_statements(dice: random.Random, project: str) -> list[dict]:
    """A promise and up to four other statements about a project, drawn by lot."""

    def pair() -> str:
        return "/".join(sorted([drawn_month(dice), drawn_month(dice)]))

    def said() -> str:
        return pair() if dice.random() < 0.5 else drawn_month(dice)

    rows = [statement(project, said(), pair() if dice.random() < 0.9 else "", project_id=project)]
    rows[0]["due_state"] = "operating"
    for place in range(dice.randint(0, 4)):
        kind = dice.choice([RUNS, BUILDS, {"state_low": "building", "state_high": "operating"}, {}])
        due = drawn_month(dice) if dice.random() < 0.3 else ""
        rows.append(statement(f"{project}-{place}", said(), due, project_id=project, **kind))
    return rows


def verdict_of_twin(rows: list[dict], day: date) -> str:
    worlds = [
        {
            "said": (row["said_first_day"], row["said_last_day"]),
            "rungs": (LADDER.index(row["state_low"]), LADDER.index(row["state_high"])) if row["state_low"] else None,
            "deadline": (row["deadline_low_day"], row["deadline_high_day"]) if row["deadline_low_day"] else None,
            "target": OPERATING,
        }
        for row in rows
    ]
    return twins.verdict(worlds[0], worlds[1:], OPERATING, day)


@pytest.mark.parametrize("seed", range(30))
def test_verdicts_agree_with_a_twin_that_tries_every_world(seed):
    # ten projects that have nothing to do with each other, looked at on one day
    dice = random.Random(seed)
    month = drawn_month(dice)
    projects = {f"p{number}": drawn_statements(dice, f"p{number}") for number in range(10)}
    found = followed(*(row for rows in projects.values() for row in rows), on=month)
    day = days_of(month)[1]
    assert {project: found[project]["verdict"] for project in projects} == {
        project: verdict_of_twin(rows, day) for project, rows in projects.items()
    }
    for row in found.values():
        assert row["verdict"] not in ("late", "kept_late", "moved") or not pd.isna(row["slip_low_months"])


def told(register, as_of: str = "") -> dict[str, dict]:
    day = calendar.parse_jalali_date(as_of).last_day if as_of else None
    return {
        row["statement_id"]: row
        for row in queries.query_commitments(register, Selection(as_of=day)).iter_rows(named=True)
    }


def test_the_story_of_the_sponge_iron_plant(shipped):
    found = told(shipped)
    assert found["A29"]["verdict"] == "moved" and found["A29"]["moved_ids"] == "S15"
    # 'this year' is 1401 to 1404, the new date 1405: from the end of 1404 or of 1401 to the end of 1405
    assert slip(found["A29"]) == (12, 48)
    assert found["A29"]["statement_ids"] == "A29 S15"
    assert found["S15"]["verdict"] == "open"
    progress = list(queries.query_physical_progress(shipped, Selection()).iter_rows(named=True))
    steel = {row["statement_ids"]: row["low_pct"] for row in progress if row["project_id"] == "artavil-sponge-iron"}
    assert steel == {"S06": 70, "S04": 68}


def test_as_known_on_a_day_nothing_later_exists(shipped):
    found = told(shipped, "1403-06")
    assert set(found) == {"T01", "T02", "K03", "C05", "C06"}
    assert all(row["said_last_day"] <= datetime(2024, 9, 21) for row in found.values())
    assert found["K03"]["verdict"] == "open" and told(shipped, "1404-01")["K03"]["verdict"] == "no_later_word"
    assert told(shipped, "1404-06")["A29"]["verdict"] == "open_or_past"


def test_silence_after_the_register_was_compiled_proves_nothing(shipped):
    found = queries.query_commitments(shipped, Selection(as_of=date(2029, 1, 1)))
    assert {r["statement_id"]: r["verdict"] for r in found.iter_rows(named=True)}["S15"] == "open"


def test_made_up_promise_worked_out_by_hand(invented):
    found = told(invented)["M11"]
    # promised for 1402 or 1403, compiled on the last day of 1402
    assert (found["verdict"], found["project_id"], found["later_ids"]) == ("open", "packer", "M05")
