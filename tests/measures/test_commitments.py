"""Promises: the verdicts worked out by hand, a slow twin over all worlds, and the story of the sponge-iron plant."""

import random
from datetime import date, datetime

import narwhals as nw
import pandas as pd
import pytest
import twins

from khoosheh import calendar, queries
from khoosheh.engines import make_arrow_frame
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
    "said on the day of the promise": ([statement("a", "1401-02-01", **RUNS)], "kept", (None, None)),
    "not yet on the last day": ([statement("n", "1402-12-29", **BUILDS)], "no_later_word", (None, None)),
    "not yet on the last day, then kept": (
        [statement("n", "1402-12-29", **BUILDS), statement("a", "1403-08-01", **RUNS)],
        "kept_or_late",
        (None, 8),
    ),
    "moved into one of two years": ([statement("m", "1402-11-01", "1403/1404")], "moved", (12, 24)),
    "moved by some days more than five months": ([statement("m", "1402-11-01", "1403-06-15")], "moved", (5, 6)),
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


def midnight(words: str, end: int = 1) -> datetime:
    return datetime.combine(days_of(words)[end], datetime.min.time())


def test_a_row_tells_all_of_a_promise_that_was_kept_late():
    about = {"stage_id": "weaving", "chain_id": "textile"}
    found = followed(
        statement("p", "1401-02", "1402/1403", **about), statement("n", "1404-03-15", **BUILDS, **about),
        statement("a", "1404-08", **RUNS, **about), statement("b", "1404-09", **RUNS, **about),
    )["p"]  # fmt: skip
    assert list(found.values()) == [
        "p", "mill", "weaving", "textile", "state", "operating", midnight("1401-02-01"), midnight("1401-02"),
        midnight("1402-01-01"), midnight("1402"), midnight("1403"), "kept_late", 2, 20, midnight("1404-03-15"),
        midnight("1404-08"), "", "a b n", "a n p",
    ]  # fmt: skip


def test_a_row_of_a_promise_without_a_day_or_a_place_has_blanks():
    found = followed(statement("p", "1401", project_id=None, due_state="operating"))["p"]
    told = {name: cell for name, cell in found.items() if not pd.isna(cell)}
    assert told == {
        "statement_id": "p", "measure": "state", "due_state": "operating", "said_first_day": midnight("1401", 0),
        "said_last_day": midnight("1401"), "verdict": "no_date", "moved_ids": "", "later_ids": "",
        "statement_ids": "p",
    }  # fmt: skip


def test_promises_are_listed_by_deadline_and_id_and_those_without_one_last():
    rows = [statement("d", "1401", due_state="operating"), statement("c", "1401", "1404")]
    rows += [statement("b", "1401", "1403"), statement("a", "1401", "1404"), statement("e", "1400", "1402/1405")]
    assert list(followed(*rows)) == ["b", "a", "c", "e", "d"]


def test_the_newest_moves_tell_the_slip_and_all_are_named():
    # the second was certainly said after the first; the third perhaps not after the second
    found = followed(
        statement(*PROMISE), statement("m1", "1402-01", "1406"), statement("m2", "1402-06/1402-08", "1403"),
        statement("m3", "1402-07", "1404/1405"),
    )["p"]  # fmt: skip
    assert (found["verdict"], slip(found), found["moved_ids"]) == ("moved", (12, 36), "m1 m2 m3")
    assert found["statement_ids"] == "m1 m2 m3 p"


def test_a_move_that_is_overdue_itself_slips_at_least_to_the_last_word():
    said = [statement("m", "1402-11-01", "1403-02/1403-04"), statement("n", "1403-07-01", **BUILDS)]
    found = followed(statement(*PROMISE), *said)["p"]
    assert (found["verdict"], slip(found)) == ("moved", (6, 6))


def test_the_latest_word_that_says_not_yet_tells_how_late_it_is():
    said = [statement("n", "1403-03-15", **BUILDS), statement("o", "1403-08-15", **BUILDS)]
    found = followed(statement(*PROMISE), *said)["p"]
    assert (found["verdict"], slip(found), found["statement_ids"]) == ("late", (7, None), "n o p")


def test_records_that_the_caller_keeps_are_read_in_place_of_the_statements():
    frame = pd.DataFrame([statement(*PROMISE), statement("a", "1402-10-05", **RUNS)])
    for name in frame:
        if name.endswith("_day"):
            frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
    told = nw.from_native(frame, eager_only=True)
    records = commitments.read_statement_records(told, LADDER)
    records["a"] = records["a"]._replace(rungs=(0, 0))
    day = days_of("1405")[1]
    kept = commitments.track_commitments(told, LADDER, day, None, records)
    assert kept["verdict"].to_list() == ["no_later_word"]
    assert commitments.track_commitments(told, LADDER, day)["verdict"].to_list() == ["kept"]


def test_progress_of_whole_projects_is_listed_by_project_and_day():
    usual = {"measure": "physical_progress", "unit": "pct", "quality_flag": None, "is_part": None}
    said = [
        ("A1", "q", 10, 20, 2, 3, {}), ("A2", "p", 30, None, 1, 9, {}), ("A4", "p", 5, 5, 4, 5, {}),
        ("A3", "p", 6, 6, 5, 5, {}), ("B1", None, 1, 1, 1, 1, {}), ("B2", "p", None, None, 1, 1, {}),
        ("B3", "p", 1, 1, 1, 1, {"is_part": True}), ("B4", "p", 1, 1, 1, 1, {"unit": "ha"}),
        ("B5", "p", 1, 1, 1, 1, {"measure": "jobs"}), ("B6", "p", 1, 1, 1, 1, {"quality_flag": "implausible"}),
    ]  # fmt: skip
    frame = pd.DataFrame([
        {**usual, "statement_id": one, "project_id": project, "value_low": low, "value_high": high,
         "said_first_day": datetime(2024, 3, first), "said_last_day": datetime(2024, 3, last), **more}
        for one, project, low, high, first, last, more in said
    ]).astype({"project_id": "str", "quality_flag": "str", "is_part": "boolean"})  # fmt: skip
    table = commitments.select_physical_progress(make_arrow_frame(frame))
    assert table.columns == list(commitments.ProgressRow.__annotations__)
    march = {day: datetime(2024, 3, day) for day in range(1, 10)}
    assert table.rows() == [
        ("p", march[5], march[5], 6, 6, "A3"), ("p", march[4], march[5], 5, 5, "A4"),
        ("p", march[1], march[9], 30, None, "A2"), ("q", march[2], march[3], 10, 20, "A1"),
    ]  # fmt: skip


def test_a_promise_of_a_named_project_is_not_kept_by_another_of_its_stage():
    promise, other = statement(*PROMISE, stage_id="weaving"), {"project_id": "other", "stage_id": "weaving"}
    assert followed(promise, statement("a", "1402-10-05", **other, **RUNS))["p"]["verdict"] == "no_later_word"


def test_words_of_one_day_are_all_told():
    said = [statement("n", "1402-10-05", **BUILDS), statement("a", "1402-10-05", **RUNS)]
    assert followed(statement(*PROMISE), *said)["p"]["statement_ids"] == "a n p"
