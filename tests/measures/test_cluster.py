"""The cluster: needs told from evidence, no phase ever reached, firms and stages matched; by hand and by slow twins."""

import random
from datetime import date, datetime

import made_up_cluster
import narwhals as nw
import pandas as pd
import pytest
import twins

from khoosheh import queries
from khoosheh.engines import make_arrow_frame
from khoosheh.measures import cluster
from khoosheh.measures.cluster import NeedRow, PhaseRow, SpecialityRow
from khoosheh.measures.rows import read_rows
from khoosheh.measures.scope import Selection
from testing import made_up

ALL = Selection()


@pytest.fixture(scope="module")
def filled():
    return made_up.unchecked(made_up_cluster.tables())


def by(table: nw.DataFrame, key: str) -> dict[str, dict]:
    return {row[key]: row for row in table.iter_rows(named=True)}


def ids(table: nw.DataFrame, key: str = "firm_id") -> set[str]:
    return set(table[key].to_list())


def test_one_of_eight_needs_has_evidence_and_three_statements_of_need_are_none(shipped):
    needs = by(queries.query_cluster_needs(shipped, ALL), "requirement_id")
    assert len(needs) == 8
    assert {code for code, row in needs.items() if row["evidenced"]} == {"knowledge-based-firms"}
    firms = needs["knowledge-based-firms"]
    assert (firms["named_ids"], firms["evidence_ids"]) == ("A06", "N02 N03 N04 N06")
    assert (firms["named"], firms["evidenced"]) == (1, 4)
    assert needs["interaction"]["named_ids"] == needs["interaction"]["statement_ids"] == "A03 A10"
    # 19 Azar 1404; and the interval of the undated report, not a day of it
    assert firms["newest_last_day"].date() == date(2025, 12, 10)
    both = [needs["interaction"][f"newest_{end}_day"].date() for end in ("first", "last")]
    assert both == [date(2022, 6, 22), date(2025, 8, 26)]


def test_filters_do_not_choose_needs_but_the_day_does(shipped):
    whole = queries.query_cluster_needs(shipped, ALL)
    narrow = queries.query_cluster_needs(
        shipped, Selection(chains=("copper",), counties=("nowhere",), isic=("7110",))
    )
    assert whole.to_native().equals(narrow.to_native())
    early = queries.query_cluster_needs(shipped, Selection(as_of=date(2025, 8, 25)))
    assert set(early["named"].to_list()) == {0} == set(early["evidenced"].to_list())
    assert all(pd.isna(day) for day in early["newest_last_day"].to_list())


def test_what_is_implausible_is_no_evidence():
    tables = made_up.tables()
    day = ("1402-06-10", "1402-06-10")
    tables["statements"] += [
        made_up.statement(("E1", "school", "", "jobs", 5, 5, "jobs", *day, {"requirement_id": "lab"})),
        made_up.statement(("E2", "school", "", "jobs", 6, 6, "jobs", *day, {"requirement_id": "lab", "quality_flag": "implausible"})),
    ]  # fmt: skip
    needs = by(queries.query_cluster_needs(made_up.unchecked(tables), ALL), "requirement_id")
    assert (needs["lab"]["named_ids"], needs["lab"]["evidence_ids"]) == ("M18", "E1")


def test_phases_say_how_much_is_known_and_never_that_one_is_reached(shipped):
    table = queries.query_cluster_phases(shipped, ALL)
    phases = by(table.filter(nw.col("scale") == "life_cycle"), "phase_id")
    assert [(code, row["known"], row["of"]) for code, row in phases.items()] == [
        ("agglomeration", 1, 1), ("emerging", 0, 3), ("developing", 0, 3), ("mature", 0, 1), ("downturn", 0, 0),
    ]  # fmt: skip
    assert phases["emerging"]["lacking"] == "private-lead joint-will interaction"
    assert phases["agglomeration"]["statement_ids"] == "N02 N03 N04 N06"
    assert not {"reached", "state", "phase"} & set(table.columns)
    labels = table.filter(nw.col("scale") == "ecei_label")
    assert labels["phase_id"].to_list() == ["ecei-bronze", "ecei-silver", "ecei-gold"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ({}, {f"f{number:02}" for number in range(1, 13)}),
        ({"counties": ("pain",)}, {"f03", "f05", "f08", "f09", "f11"}),
        ({"isic": ("7110",)}, {"f01", "f09", "f12"}),
        ({"isic": ("7110", "6201")}, {"f01", "f04", "f09", "f12"}),
        ({"knowledge_based": ("not_stated",)}, {"f08", "f09", "f10"}),
        ({"exporting": ("yes",)}, {"f01", "f04", "f06", "f08", "f10"}),
        ({"exporting": ("yes",), "knowledge_based": ("yes",)}, {"f01", "f04"}),
        ({"exporting": ("no",)}, {"f02", "f07"}),
        ({"chains": ("tea",)}, {"f06", "f07"}),
        ({"chains": ("tea", "glass")}, {"f06", "f07", "f08"}),
        ({"chains": ("tea",), "counties": ("pain",)}, set()),
    ],
)
def test_firms_are_chosen(filled, question, expected):
    assert ids(queries.query_firms(filled, Selection(**question))) == expected


def test_partners_are_counted_once_and_also_outside_the_choice(filled):
    chosen = by(queries.query_firms(filled, Selection(isic=("4290",))), "firm_id")
    # f01 twice, in both directions, and f02
    assert chosen["f05"]["partners"] == 2
    assert len(queries.select_firm_links(filled, Selection(isic=("4290",)))) == 0
    links = queries.select_firm_links(filled, Selection(counties=("bala",)))
    assert links["link_id"].to_list() == ["K04", "K05", "K11", "K12"]
    assert cluster.list_most_linked_firms(links) == ["f06", "f12", "f01", "f02", "f04", "f07"]


def test_gaps_are_certain_only_where_every_class_was_stated(filled):
    found = by(queries.query_stage_specialities(filled, ALL), "stage_id")
    assert {code: row["verdict"] for code, row in found.items()} == {
        "tea-1": "served", "tea-2": "served", "tea-3": "perhaps", "glass-1": "perhaps", "glass-2": "served",
        "glass-3": "no_class",
    }  # fmt: skip
    assert (found["tea-2"]["low"], found["tea-2"]["high"], found["tea-2"]["firm_ids"]) == (1, 2, "f06")
    assert (found["tea-3"]["low"], found["tea-3"]["high"], found["tea-3"]["known"], found["tea-3"]["of"]) == (
        0,
        1,
        11,
        12,
    )
    assert pd.isna(found["glass-3"]["low"])
    tables = made_up_cluster.tables()
    next(row for row in tables["firms"] if row["firm_id"] == "f10")["isic4"] = "4690"
    sure = by(queries.query_stage_specialities(made_up.unchecked(tables), ALL), "stage_id")
    assert sure["tea-3"]["verdict"] == sure["glass-1"]["verdict"] == "gap"


def test_a_class_that_was_asked_for_makes_no_gaps_elsewhere(filled):
    narrow = queries.query_stage_specialities(filled, Selection(isic=("2310",), chains=("tea",)))
    assert ids(narrow, "stage_id") == {"tea-1", "tea-2", "tea-3"}
    assert narrow["verdict"].to_list() == ["served", "served", "perhaps"]
    assert queries.query_stage_specialities(filled, Selection(counties=("pain",)))["low"].to_list()[0] == 0


def test_without_firms_nothing_is_a_gap(shipped):
    found = queries.query_stage_specialities(shipped, ALL)
    assert set(found["verdict"].to_list()) == {"no_firms"}
    assert len(queries.query_firms(shipped, ALL)) == len(queries.select_firm_links(shipped, ALL)) == 0


def test_firms_and_links_are_known_from_the_last_day_of_their_source(filled):
    before, between, after = (
        Selection(as_of=day) for day in (date(2023, 7, 31), date(2023, 8, 1), date(2023, 12, 22))
    )
    assert len(queries.query_firms(filled, before)) == len(queries.select_firm_links(filled, before)) == 0
    # 10 Mordad 1402: all but f11, whose source came out on 1 Dey, so that its link has no second end
    assert ids(queries.query_firms(filled, between)) == ids(queries.query_firms(filled, ALL)) - {"f11"}
    assert ids(queries.select_firm_links(filled, ALL), "link_id") - ids(
        queries.select_firm_links(filled, between), "link_id"
    ) == {"K06"}
    assert len(queries.query_firms(filled, after)) == 12


def random_tables(dice: random.Random) -> tuple[list[dict], list[dict], list[dict]]:
    pool = ["1010", "1020", "2010", "3010", "4010"]
    some = lambda: " ".join(dice.sample(pool, dice.randint(0, 2))) or None  # noqa: E731
    firms = [
        {"firm_id": f"f{n}", "isic4": some(), "county_id": dice.choice(["a", "b", None]), "source_id": dice.choice("xy"),
         "is_knowledge_based": dice.choice([True, False, None]), "exports": dice.choice([True, False, None])}
        for n in dice.sample(range(30), dice.randint(0, 9))
    ]  # fmt: skip
    stages = [{"chain_id": f"c{n % 2}", "stage_id": f"s{n}", "seq": n, "isic4": some()} for n in range(6)]
    codes = [firm["firm_id"] for firm in firms]
    links = [
        dict(zip(("firm_id", "partner_firm_id"), dice.sample(codes, 2), strict=True)) | {"link_id": f"l{n}"}
        for n in range(dice.randint(0, 8) if len(codes) > 1 else 0)
    ]
    return firms, stages, links


def frame(rows: list[dict], fields: str) -> nw.DataFrame:
    table = pd.DataFrame(rows, columns=fields.split())
    kinds = {
        name: "boolean" if name in ("is_knowledge_based", "exports") else "str" for name in table if name != "seq"
    }
    return nw.from_native(table.astype(kinds), eager_only=True)


@pytest.mark.parametrize("seed", range(40))
def test_the_measures_agree_with_their_slow_twins(seed):
    dice = random.Random(seed)
    firms, stages, links = random_tables(dice)
    asked = {
        "counties": dice.choice([(), ("a",)]), "chains": dice.choice([(), ("c0",)]), "isic": dice.choice([(), ("1010", "3010")]),
        "knowledge_based": dice.choice([(), ("yes", "not_stated")]), "exporting": dice.choice([(), ("no",), ("not_stated",)]),
    }  # fmt: skip
    every = frame(firms, "firm_id isic4 county_id is_knowledge_based exports source_id")
    steps, pairs = frame(stages, "chain_id stage_id seq isic4"), frame(links, "link_id firm_id partner_firm_id")
    chosen = by(cluster.filter_firms(every, pairs, steps, Selection(**asked)), "firm_id")
    expected = twins.firms_of(firms, stages, {name: set(codes) for name, codes in asked.items()})
    assert {code: set(row["stage_ids"].split()) for code, row in chosen.items()} == expected
    for code, row in chosen.items():
        ends = [{link["firm_id"], link["partner_firm_id"]} for link in links]
        assert row["partners"] == len(set().union(*(pair for pair in ends if code in pair)) - {code})
    inside = cluster.select_links_between(pairs, every.filter(nw.col("firm_id").is_in(list(expected))))
    assert ids(inside, "link_id") == {
        link["link_id"] for link in links if {link["firm_id"], link["partner_firm_id"]} <= set(expected)
    }
    for row in cluster.build_specialities_table(every, steps).iter_rows(named=True):
        stage = next(one for one in stages if one["stage_id"] == row["stage_id"])
        assert row["verdict"] == twins.served(firms, stage)


def test_needs_and_phases_worked_out_by_hand():
    said = [
        # statement, need, measure, flag, first and last day of March 2024
        ("A1", "lab", "need", None, 1, 9), ("A2", "lab", "need", "unchecked", 2, 3), ("A3", "lab", "jobs", None, 4, 5),
        ("A4", "road", "jobs", None, 6, 7), ("A5", "road", "jobs", "implausible", 20, 21),
        ("A6", "bank", "need", None, 8, 8),
    ]  # fmt: skip
    statements = pd.DataFrame([
        {"statement_id": one, "requirement_id": need, "measure": measure, "quality_flag": flag,
         "said_first_day": datetime(2024, 3, first), "said_last_day": datetime(2024, 3, last)}
        for one, need, measure, flag, first, last in said
    ]).astype({"quality_flag": "str"})  # fmt: skip
    needs = pd.DataFrame({
        "requirement_id": ["road", "lab", "hall", "bank", "port"], "seq": [2, 1, 2, 3, 4],
        "phase_id": pd.Series(["early", "early", None, "late", "late"], dtype="str"),
    })  # fmt: skip
    table = cluster.build_needs_table(make_arrow_frame(statements), make_arrow_frame(needs))
    march = {day: datetime(2024, 3, day) for day in range(1, 10)}
    assert [tuple(row.values()) for row in read_rows(table, NeedRow)] == [
        ("lab", 1, "early", 2, "A1 A2", 1, "A3", march[4], march[9], "A1 A2 A3"),
        ("hall", 2, None, 0, "", 0, "", None, None, ""),
        ("road", 2, "early", 0, "", 1, "A4", march[6], march[7], "A4"),
        ("bank", 3, "late", 1, "A6", 0, "", march[8], march[8], "A6"),
        ("port", 4, "late", 0, "", 0, "", None, None, ""),
    ]
    phases = pd.DataFrame({
        "scale": ["b", "a", "a", "a"], "phase_id": ["late", "never", "late", "early"], "seq": [1, 3, 2, 1],
        "source_id": ["s4", "s3", "s2", "s1"],
    })  # fmt: skip
    found = cluster.build_phases_table(table, make_arrow_frame(phases))
    assert [tuple(row.values()) for row in read_rows(found, PhaseRow)] == [
        ("a", "early", 1, "s1", 2, 2, "", "A3 A4"),
        ("a", "late", 2, "s2", 0, 2, "bank port", ""),
        ("a", "never", 3, "s3", 0, 0, "", ""),
        ("b", "late", 1, "s4", 0, 2, "bank port", ""),
    ]


def test_firms_of_each_stage_worked_out_by_hand():
    firms = frame(
        [
            {"firm_id": "f2", "isic4": "1010 2010", "source_id": "s2"}, {"firm_id": "f1", "isic4": "1010", "source_id": "s2"},
            {"firm_id": "f3", "isic4": "3010", "source_id": "s1"}, {"firm_id": "f4", "isic4": None, "source_id": "s3"},
        ],
        "firm_id isic4 county_id is_knowledge_based exports source_id",
    )  # fmt: skip
    stages = frame(
        [
            {"chain_id": "y", "stage_id": "last", "seq": 1, "isic4": "9999"},
            {"chain_id": "x", "stage_id": "two", "seq": 2, "isic4": None},
            {"chain_id": "x", "stage_id": "one", "seq": 1, "isic4": "1010 3010"},
        ],
        "chain_id stage_id seq isic4",
    )
    rows = read_rows(cluster.build_specialities_table(firms, stages), SpecialityRow)
    assert [tuple(row.values()) for row in rows] == [
        ("x", "one", 1, "1010 3010", 3, 4, 3, 4, "served", "f1 f2 f3", "s1 s2"),
        ("x", "two", 2, None, None, None, 3, 4, "no_class", "", ""),
        ("y", "last", 1, "9999", 0, 1, 3, 4, "perhaps", "", ""),
    ]
    sure = cluster.build_specialities_table(firms.filter(~nw.col("isic4").is_null()), stages)
    assert sure["verdict"].to_list() == ["served", "no_class", "gap"]
    none = cluster.build_specialities_table(firms.head(0), stages)
    assert [(row["low"], row["high"], row["verdict"]) for row in read_rows(none, SpecialityRow)] == [
        (None, None, "no_firms"), (None, None, "no_class"), (None, None, "no_firms"),
    ]  # fmt: skip
    links = frame([{"link_id": "l1", "firm_id": "f2", "partner_firm_id": "f3"}], "link_id firm_id partner_firm_id")
    chosen = cluster.filter_firms(firms, links, stages, ALL)
    assert [(row["firm_id"], row["stage_ids"], row["partners"]) for row in chosen.iter_rows(named=True)] == [
        ("f1", "one", 0), ("f2", "one", 1), ("f3", "one", 1), ("f4", "", 0),
    ]  # fmt: skip


def test_a_cell_of_yes_or_no_may_be_missing():
    assert [cluster.classify_answer(cell) for cell in (True, False, None)] == ["yes", "no", "not_stated"]
    assert cluster.parse_isic_classes(" 1010  2010 ") == {"1010", "2010"}
    assert cluster.parse_isic_classes(None) == cluster.parse_isic_classes(float("nan")) == set()


def test_no_firms_have_columns_of_texts_and_numbers_too():
    names = "firm_id isic4 county_id is_knowledge_based exports source_id"
    stages, links = frame([], "chain_id stage_id seq isic4"), frame([], "link_id firm_id partner_firm_id")
    firms = make_arrow_frame(frame([], names).to_native())
    found = cluster.filter_firms(firms, links, stages, ALL)
    assert len(found) == 0 and found.columns == [*names.split(), "stage_ids", "partners"]
    assert (found.schema["stage_ids"], found.schema["partners"]) == (nw.String, nw.Int64)


def test_the_most_linked_firms_come_first_and_then_by_id():
    pairs = [("f3", "f2"), ("f1", "f2"), ("f2", "f1")]
    links = frame([{"firm_id": one, "partner_firm_id": other} for one, other in pairs], "firm_id partner_firm_id")
    assert cluster.list_most_linked_firms(links) == ["f2", "f1", "f3"]
