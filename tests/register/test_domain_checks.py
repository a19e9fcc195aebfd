"""Rules that a Table Schema cannot express: each breach is a fault at its cell, and nothing else is."""

import pytest

from khoosheh.register import domain_checks
from khoosheh.register.dictionary import Dictionary
from khoosheh.register.faults import Fault
from testing import made_up

DESCRIPTOR = made_up.descriptor()
DICTIONARY = Dictionary(DESCRIPTOR)
# columns that the rules of chains compare, in three tables
CHAINED = {
    "projects": ("project_id", "chain_id", "stage_id"),
    "statements": ("project_id", "chain_id", "stage_id"),
    "stages": ("stage_id", "chain_id"),
}


def find_faults(tables, **descriptor: str) -> list[Fault]:
    return list(domain_checks.check_register_rules(tables, DICTIONARY, {**DESCRIPTOR, **descriptor}))


def fault(table: str, row: int, field: str, value: str, code: str, **params: object) -> Fault:
    return Fault(code, f"{table}.csv", row, field, value, params)


def one_cell(table: str, row: int, field: str, value: str, code: str, **params: object) -> tuple[dict, list[Fault]]:
    """Return a change of one cell, and the fault that it gives at this cell."""
    return {(table, row, field): value}, [fault(table, row, field, value, code, **params)]


def change_needed(change_cells, changes: dict) -> dict:
    """Return the changed tables, with those that rules compare them with."""
    names = {table for table, _, _ in changes}
    return {
        name: frame
        for name, frame in change_cells(changes).items()
        if name in names or (names & {*CHAINED} and name in CHAINED)
    }


LEAP = {"year": 1402, "last_day": 29}
# what is changed, and the faults that it gives
BREACHES = {
    "hostile text": one_cell("firms", 3, "name_en", "Bon\u202esaz", "hostile_text"),
    "hostile text in a number": ({("ranks", 3, "tier"): "1\x00"}, [
        fault("ranks", 3, "tier", "1\\u0000", "hostile_text"), fault("ranks", 3, "tier", "1\\u0000", "type", type="integer")]),
    "blanks for a text": one_cell("chains", 3, "name_en", "  ", "constraint_required"),
    "day of no leap year": one_cell("sources", 2, "published_to", "1402-12-30", "date_not_a_leap_year", **LEAP),
    "no date": one_cell("exchange_rates", 3, "first_day", "soon", "date_not_a_date"),
    "end before start": one_cell("statements", 2, "said_to", "1400", "from_after_to", other="said_from"),
    "end of due before start": ({("statements", 12, "due_to"): "1401"}, [fault("statements", 12, "due_to", "1401", "from_after_to", other="due_from")]),
    "end of publishing without start": ({("sources", 3, "published_from"): None}, [fault("sources", 3, "published_to", "1402-05-10", "to_without_from", other="published_from")]),
    "end of period before start": one_cell("ranks", 4, "period_to", "1400-12-29", "from_after_to", other="period_from"),
    "last day without first": one_cell("exchange_rates", 2, "last_day", "1401-12-29", "to_without_from", other="first_day"),
    "no number": one_cell("statements", 2, "value_high", "nan", "absurd_number"),
    "number without end": one_cell("statements", 2, "value_high", " +Infinity ", "absurd_number"),
    "number above the greatest": one_cell("statements", 2, "value_high", "1.1e18", "absurd_number"),
    "number below the least": one_cell("statements", 20, "paragraph", "-2000000000000000000", "absurd_number"),
    "Persian digits": one_cell("statements", 2, "paragraph", "۲", "type", type="integer"),
    "marked thousands": one_cell("ranks", 2, "rank_high", "1_0", "type", type="integer"),
    "number with words": one_cell("stages", 2, "input_t_per_t_low", "2 t", "type", type="number"),
    "year of three digits": one_cell("price_index", 2, "year_gregorian", "999", "type", type="year"),
    "low above high": ({("stages", 3, "input_t_per_t_low"): "1.5", ("stages", 3, "input_t_per_t_high"): "1"}, [fault("stages", 3, "input_t_per_t_high", "1", "low_above_high", other="input_t_per_t_low")]),
    "low mean above high": one_cell("exchange_rates", 2, "rate_irr_high", "300000", "low_above_high", other="rate_irr_mean"),
    "low above mean": ({("exchange_rates", 3, "rate_irr_low"): "500001"}, [fault("exchange_rates", 3, "rate_irr_mean", "500000", "low_above_high", other="rate_irr_low")]),
    "places reversed": ({("ranks", 4, "rank_low"): "9"}, [fault("ranks", 4, "rank_high", "3", "low_above_high", other="rank_low")]),
    "states reversed": ({("statements", 9, "state_low"): "operating"}, [fault("statements", 9, "state_high", "building", "low_above_high", other="state_low")]),
    "value without unit": ({("statements", 2, "unit"): None}, [fault("statements", 2, "unit", "", "value_without_unit")]),
    "low value without unit": ({("statements", 18, "unit"): None}, [fault("statements", 18, "unit", "", "value_without_unit")]),
    "high value alone": ({("statements", 2, "value_low"): None, ("statements", 2, "unit"): None}, [
        fault("statements", 2, "unit", "", "value_without_unit"), fault("statements", 2, "value_low", "", "no_low")]),
    "unit without value": one_cell("statements", 9, "unit", "ha", "unit_without_value"),
    "negative cost": one_cell("statements", 2, "value_low", "-1", "value_below_least", least="0"),
    "stage of another chain": one_cell("projects", 2, "stage_id", "glass-1", "stage_of_other_chain"),
    "stage of another chain than the project's": one_cell("statements", 2, "stage_id", "glass-1", "stage_of_other_chain"),
    "chain of another stage than the project's": one_cell("statements", 2, "chain_id", "glass", "chain_of_other_project"),
    "stage of another chain in the row": ({("statements", 21, "chain_id"): "tea"}, [fault("statements", 21, "stage_id", "glass-1", "stage_of_other_chain")]),
    "order twice": one_cell("stages", 4, "seq", "2", "stage_order_twice"),
    "order twice, written otherwise": one_cell("stages", 3, "seq", "01", "stage_order_twice"),
    "order twice beside a blank one": ({("stages", 4, "seq"): "2", ("stages", 6, "seq"): None}, [fault("stages", 4, "seq", "2", "stage_order_twice")]),
    "order in words": one_cell("stages", 3, "seq", "first", "type", type="integer"),
    "exports in words": one_cell("firms", 2, "export_value_usd_per_year_low", "many", "type", type="number"),
    "exports without a low end": ({("firms", 2, "export_value_usd_per_year_high"): "5", ("firms", 2, "exports"): "true"}, [fault("firms", 2, "export_value_usd_per_year_low", "", "no_low")]),
    "exports of who exports nothing": ({("firms", 2, "export_value_usd_per_year_low"): "0.5"}, [fault("firms", 2, "exports", "false", "value_without_exports")]),
    "exports of who does not say": ({("firms", 3, "export_value_usd_per_year_low"): "5"}, [fault("firms", 3, "exports", "", "value_without_exports")]),
    "link to itself": one_cell("links", 3, "partner_firm_id", "ban", "link_to_itself"),
}  # fmt: skip


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_gives_its_own_faults_and_no_others(name, change_cells):
    changes, expected = BREACHES[name]
    assert find_faults(change_needed(change_cells, changes)) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {("stages", 3, "input_t_per_t_low"): "1.5", ("stages", 3, "input_t_per_t_high"): "1.5"},
        {("statements", 2, "said_from"): "1401-02", ("statements", 2, "said_to"): "1401"},
        {("statements", 12, "due_to"): None},
        {("statements", 2, "value_low"): " 1e2 ", ("statements", 2, "value_high"): "+.1E+4"},
        {("statements", 2, "value_low"): "100.", ("statements", 2, "value_high"): "1e18"},
        {("statements", 2, "paragraph"): " +12 ", ("price_index", 2, "year_gregorian"): " 2020 "},
        {("statements", 2, "paragraph"): None},
        {("statements", 12, "state_low"): "commissioning"},
        {("statements", 12, "state_low"): "unheard of"},
        {("statements", 2, "value_high"): None},
        {("statements", 2, "chain_id"): "tea", ("statements", 2, "stage_id"): "tea-2"},
        # other checks name stages and projects that do not exist
        {("statements", 2, "stage_id"): "nowhere", ("statements", 3, "project_id"): "nowhere"},
        {("projects", 2, "stage_id"): None, ("projects", 3, "chain_id"): None},
        {("stages", 3, "seq"): None, ("stages", 2, "seq"): None},
        {("stages", 3, "chain_id"): None, ("stages", 2, "chain_id"): None, ("stages", 2, "seq"): "2"},
        {("firms", 2, "export_value_usd_per_year_low"): "0", ("firms", 4, "export_value_usd_per_year_low"): "1e6"},
    ],
)
def test_what_the_rules_allow_is_no_fault(changes, change_cells):
    assert find_faults(change_needed(change_cells, changes)) == []


def test_of_stages_and_projects_listed_twice_the_first_count(change_cells):
    again = {("stages", 3, "stage_id"): "tea-1", ("stages", 3, "seq"): "9", ("projects", 3, "project_id"): "garden"}
    tables = change_cells({**again, ("stages", 3, "chain_id"): "glass", ("projects", 3, "chain_id"): "glass"})
    assert find_faults(tables) == []


def test_the_province_and_the_day_of_a_package_are_checked(change_cells):
    tables = {"provinces": change_cells({})["provinces"]}
    assert find_faults(tables, province="XA-09") == [
        Fault("unknown_province", "datapackage.json", None, "province", "XA-09")
    ]
    assert find_faults(tables, compiled_on="1402-12-30") == [
        Fault("date_not_a_leap_year", "datapackage.json", None, "compiled_on", "1402-12-30", LEAP)
    ]


# table -> columns that a rule compares with others
COMPARED = {
    "sources": ("published_from", "published_to"),
    "statements": ("said_from", "said_to", "state_low", "state_high", "value_low", "value_high", "unit"),
    "ranks": ("period_from", "rank_low", "rank_high"),
    "stages": ("chain_id", "seq", "input_t_per_t_low"),
    "firms": ("exports", "export_value_usd_per_year_low", "export_value_usd_per_year_high"),
    "links": ("firm_id", "partner_firm_id"),
    "exchange_rates": ("last_day", "rate_irr_mean"),
    "provinces": ("iso_3166_2",),
}


@pytest.mark.parametrize("key", ["enum", "constraints"])
def test_states_without_an_order_are_not_compared(key, change_cells):
    descriptor = made_up.descriptor()
    table = next(one for one in descriptor["resources"] if one["name"] == "statements")
    field = next(one for one in table["schema"]["fields"] if one["name"] == "state_low")
    (field if key == "constraints" else field["constraints"]).pop(key)
    tables = {"statements": change_cells(BREACHES["states reversed"][0])["statements"]}
    assert list(domain_checks.check_register_rules(tables, Dictionary(descriptor), descriptor)) == []


def test_tables_and_columns_that_were_not_read_are_passed_over(change_cells):
    whole = change_cells({})
    chained = {name: whole[name][[*fields]] for name, fields in CHAINED.items()}
    parts = [(table, fields, {table: whole[table][[*fields]]}) for table, fields in COMPARED.items()]
    parts += [(table, fields, chained) for table, fields in CHAINED.items()]
    for table, fields, tables in parts:
        assert find_faults({name: frame for name, frame in tables.items() if name != table}) == [], table
        for field in fields:
            frame = tables[table].drop(columns=field, errors="ignore")
            assert find_faults({**tables, table: frame}) == [], (table, field)


def test_tables_without_rows_have_no_faults(change_cells):
    whole = change_cells({})
    assert find_faults({name: whole[name].head(0) for name in COMPARED if name != "provinces"}) == []


@pytest.mark.parametrize(
    ("table", "fields", "name"),
    [
        ("statements", ["state_low", "state_high"], "states reversed"),
        ("statements", ["value_low", "value_high", "unit"], "unit without value"),
        ("statements", ["project_id", "stage_id", "chain_id"], "stage of another chain than the project's"),
        ("projects", ["project_id", "stage_id", "chain_id"], "stage of another chain"),
        ("stages", ["chain_id", "seq"], "order twice"),
        ("firms", ["export_value_usd_per_year_low", "export_value_usd_per_year_high", "exports"], "exports of who does not say"),
        ("links", ["firm_id", "partner_firm_id"], "link to itself"),
        ("ranks", ["rank_low", "rank_high"], "places reversed"),
        ("exchange_rates", ["rate_irr_mean", "rate_irr_high"], "low mean above high"),
        ("sources", ["published_from", "published_to"], "end of publishing without start"),
    ],
)  # fmt: skip
def test_the_columns_of_a_rule_are_enough(table, fields, name, change_cells):
    changes, expected = BREACHES[name]
    tables = change_needed(change_cells, changes)
    tables[table] = tables[table][fields]
    assert find_faults(tables) == expected
