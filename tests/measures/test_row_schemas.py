"""Row types of measures: columns, their order and the types of values are those that really come back."""

import pkgutil
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import get_args, get_type_hints, is_typeddict

import made_up_cluster
import narwhals as nw
import pytest
import random_registers

from khoosheh import measures, money, queries, register
from khoosheh.measures import (
    amount_coverage,
    capacity_balance,
    capacity_spread,
    chain_matrix,
    cluster,
    commitment_board,
    commitments,
    common,
    computed_rankings,
    earned_value,
    investment,
    material_flows,
    missing_links,
    stated_rankings,
    value_chains,
)
from khoosheh.measures.rows import Table, _read_schema, build_table, list_columns, read_cells, read_rows
from khoosheh.measures.scope import Selection
from khoosheh.register import Register
from testing import made_up

ALL = Selection()


def convert_amounts(found: Register) -> Table:
    return investment.convert_stated_amounts(
        queries.select_province_statements(found),
        queries.list_measure_codes(found, "investment"),
        "m_usd_market",
        money.build_rate_table(queries.read_register_table(found, "exchange_rates")),
    )


def trace_amounts(found: Register) -> Table:
    return common.add_statement_ids(*investment.latest_amounts(convert_amounts(found)), investment.SUBJECT)


def read_observations(found: Register) -> Table:
    return queries.read_register_table(found, "observations").select(*list_columns(computed_rankings.ObservationRow))


def compare_years(found: Register) -> Table:
    rankings = queries.query_computed_rankings(found, ALL)
    indicator = rankings["indicator_id"].to_list()[0]
    years = computed_rankings.list_ranking_years(rankings, indicator)
    return computed_rankings.compare_ranking_years(rankings, indicator, (years[0], years[-1]))


def compute_states_by_day(found: Register) -> Table:
    ladder = queries.list_stage_states(found)
    statements = value_chains.select_stage_state_statements(queries.select_province_statements(found), ladder)
    days, _ = queries.list_history_days(found, ALL)
    stages = queries.read_register_table(found, "stages")
    return value_chains.compute_states_by_day(statements, stages, len(ladder) - 1, days)


def compute_project_states(found: Register) -> Table:
    statements = queries.select_province_statements(found)
    return value_chains.compute_project_states(statements, queries.list_stage_states(found))


def compute_stated_rankings(found: Register) -> Table:
    indicators, ranks = (queries.read_register_table(found, name) for name in ("indicators", "ranks"))
    statements = queries.select_province_statements(found)
    return stated_rankings.compute_stated_rankings(statements, indicators, ranks, found.province)


def compute_flows(found: Register) -> list[material_flows.Flow]:
    links = queries.query_link_balances(found, ALL)
    rows = read_rows(links, capacity_balance.LinkBalanceRow)
    chains = {row["chain_id"] for row in rows}
    return [
        flow
        for chain in sorted(chains)
        for flow in material_flows.compute_chain_flows([row for row in rows if row["chain_id"] == chain]).values()
    ]


def compute_covers(found: Register) -> list[missing_links.LinkCoverRow]:
    return missing_links.compute_link_covers(queries.query_link_balances(found, ALL))


TABLES: dict[type, Callable[[Register], Table]] = {
    capacity_balance.PlantCapacityRow: lambda found: queries.query_plant_capacities(found, ALL),
    amount_coverage.CoverageRow: lambda found: queries.query_amount_coverage(found, ALL),
    amount_coverage.DatedAmountRow: lambda found: queries.query_dated_amounts(found, ALL),
    capacity_balance.LinkBalanceRow: lambda found: queries.query_link_balances(found, ALL),
    capacity_spread.CapacitySpreadRow: lambda found: queries.query_capacity_spreads(found, ALL),
    chain_matrix.MatrixCellRow: lambda found: queries.query_chain_matrix(found, ALL),
    cluster.NeedRow: lambda found: queries.query_cluster_needs(found, ALL),
    cluster.PhaseRow: lambda found: queries.query_cluster_phases(found, ALL),
    cluster.FirmRow: lambda found: queries.query_firms(found, ALL),
    cluster.FirmLinkRow: lambda found: queries.select_firm_links(found, ALL),
    cluster.SpecialityRow: lambda found: queries.query_stage_specialities(found, ALL),
    commitment_board.BoardRow: lambda found: queries.query_commitment_board(found, ALL),
    commitments.CommitmentRow: lambda found: queries.query_commitments(found, ALL),
    commitments.ProgressRow: lambda found: queries.query_physical_progress(found, ALL),
    computed_rankings.ObservationRow: read_observations,
    computed_rankings.ComputedRankingRow: lambda found: queries.query_computed_rankings(found, ALL),
    computed_rankings.YearComparisonRow: compare_years,
    earned_value.EarnedValueRow: lambda found: queries.query_earned_value(found, ALL),
    investment.ConvertedAmountRow: convert_amounts,
    investment.StatedAmountRow: lambda found: investment.latest_amounts(convert_amounts(found))[0],
    investment.TracedAmountRow: trace_amounts,
    investment.AmountRow: lambda found: queries.query_investment_amounts(found, ALL),
    missing_links.StageAdditionRow: lambda found: queries.query_stage_additions(found, ALL),
    stated_rankings.StatedRankingRow: compute_stated_rankings,
    stated_rankings.ProvinceRankingRow: lambda found: queries.query_province_rankings(found, ALL),
    value_chains.StageStateRow: lambda found: queries.query_stage_states(found, ALL),
    value_chains.StageStateByDayRow: compute_states_by_day,
    value_chains.ProjectStateRow: compute_project_states,
    value_chains.CompletionRow: lambda found: queries.query_chain_completion(found, ALL),
    value_chains.CompletionHistoryRow: lambda found: queries.query_completion_history(found, ALL),
}
LISTS: dict[type, Callable[[Register], Sequence[Mapping[str, object]]]] = {
    material_flows.Flow: compute_flows,
    missing_links.LinkCoverRow: compute_covers,
}


def list_rows(row_type: type, found: Register) -> Sequence[Mapping[str, object]]:
    return LISTS[row_type](found) if row_type in LISTS else read_rows(TABLES[row_type](found), row_type)


def list_types(rows: Sequence[Mapping[str, object]], name: str) -> set[type]:
    return {type(row[name]) for row in rows}


def list_declared_types(row_type: type) -> dict[str, set[type]]:
    return {name: set(get_args(hint) or (hint,)) for name, hint in get_type_hints(row_type).items()}


@pytest.fixture(scope="module")
def every(shipped, invented, tmp_path_factory) -> list[Register]:
    """Registers in which every column has values, and every column that may be missing is missing somewhere."""
    tables = made_up_cluster.tables()
    tables["requirements"].append(
        {"requirement_id": "road", "seq": 2, "name_fa": "راه", "name_en": "A road", "phase_id": ""}
    )
    due = {"due_state": "operating", "due_from": "1403", "due_to": "1403"}
    tables["statements"].append(
        made_up.statement(("M21", "school", "", "jobs", 5, 5, "jobs", "1402-06", "1402-06", due))
    )
    of_chain = {**due, "chain_id": "tea"}
    tables["statements"].append(
        made_up.statement(("M22", "", "", "jobs", 5, 5, "jobs", "1402-06", "1402-06", of_chain))
    )
    full = register.load_register(made_up.write(tmp_path_factory.mktemp("full"), tables))
    drawn = [random_registers.register(seed) for seed in range(4)]
    return [shipped, invented, full, *drawn]


@pytest.mark.parametrize("row_type", TABLES, ids=lambda row_type: row_type.__name__)
def test_columns_are_declared_in_their_order(row_type, every):
    for found in every:
        assert tuple(TABLES[row_type](found).columns) == list_columns(row_type)


@pytest.mark.parametrize("row_type", [*TABLES, *LISTS], ids=lambda row_type: row_type.__name__)
def test_values_have_the_declared_types(row_type, every):
    for found in every:
        rows = list_rows(row_type, found)
        for name, declared in list_declared_types(row_type).items():
            assert list_types(rows, name) <= declared, name


# a link with a cover has the columns of every link, of which some are never missing there
@pytest.mark.parametrize("row_type", [*TABLES, material_flows.Flow], ids=lambda row_type: row_type.__name__)
def test_whatever_is_declared_occurs(row_type, every):
    """So that no column is called optional that never is missing, and no type goes without having been compared."""
    rows = [row for found in every for row in list_rows(row_type, found)]
    for name, declared in list_declared_types(row_type).items():
        assert list_types(rows, name) == declared, name


def test_of_covered_links_the_cover_is_always_known(every):
    covers = [row["cover"] for found in every for row in compute_covers(found)]
    assert covers and min(covers) < 1


def test_every_row_type_of_the_measures_is_compared():
    modules = [
        import_module(f"khoosheh.measures.{module.name}") for module in pkgutil.iter_modules(measures.__path__)
    ]
    declared = {
        value
        for module in modules
        for name, value in vars(module).items()
        if is_typeddict(value) and not name.startswith("_")
    }
    assert declared == {*TABLES, *LISTS}


# their tables are made by adding columns to those of the register
NOT_BUILT = {cluster.FirmRow, investment.ConvertedAmountRow}


@pytest.mark.parametrize("row_type", sorted({*TABLES} - NOT_BUILT, key=str), ids=lambda row_type: row_type.__name__)
def test_a_table_built_of_its_rows_has_the_same_rows(row_type, every):
    for found in every:
        table = TABLES[row_type](found)
        rows = read_rows(table, row_type)
        assert read_rows(build_table(rows, row_type, table), row_type) == rows


@pytest.mark.parametrize("backend", ["pandas", "pyarrow"])
@pytest.mark.parametrize("row_type", sorted({*TABLES} - NOT_BUILT, key=str), ids=lambda row_type: row_type.__name__)
def test_a_table_without_rows_has_the_columns(row_type, backend):
    table = build_table([], row_type, nw.from_dict({"any": [1]}, backend=backend))
    assert read_rows(table, row_type) == [] and tuple(table.columns) == list_columns(row_type)
    assert table.schema == dict(_read_schema(row_type))


def test_a_register_that_knows_no_stage_has_no_history(invented):
    assert not len(queries.query_completion_history(invented, Selection(chains=("unknown",))))


def test_other_columns_are_left_out(shipped):
    rows = read_rows(queries.query_province_rankings(shipped, ALL), stated_rankings.StatedRankingRow)
    assert {tuple(row) for row in rows} == {list_columns(stated_rankings.StatedRankingRow)}


def test_cells_are_those_of_the_table_and_no_index_beside_them(shipped):
    table = queries.query_plant_capacities(shipped, ALL)
    assert {tuple(row) for row in read_cells(table)} == {tuple(table.columns)}


@pytest.mark.parametrize("row_type", sorted(NOT_BUILT, key=str), ids=lambda row_type: row_type.__name__)
def test_a_missing_yes_or_no_is_not_turned_into_no(row_type, every):
    table = TABLES[row_type](every[1])
    with pytest.raises(TypeError, match=row_type.__name__):
        build_table(read_rows(table, row_type), row_type, table)
