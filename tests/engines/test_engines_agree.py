"""pandas and DuckDB over Parquet give the same as the files."""

import agreement
import pytest
from agreement import LATER, MEASURES, REGISTERS, SELECTIONS


@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.parametrize("measure", MEASURES)
def test_measures_agree(measure, name, on_engine, plain):
    agreement.measures(measure, on_engine[name], plain[name], (None, LATER))


@pytest.mark.parametrize("selection", SELECTIONS)
@pytest.mark.parametrize("name", REGISTERS)
def test_questions_of_pages_agree(name, selection, on_engine, plain):
    agreement.questions(selection, on_engine[name], plain[name])


@pytest.mark.parametrize("name", REGISTERS)
def test_statements_are_found_by_id_and_used_on_the_same_pages(name, on_engine, plain):
    agreement.by_id(on_engine[name], plain[name])


@pytest.mark.parametrize("name", REGISTERS)
def test_a_table_brought_here_whole_is_that_of_the_files(name, on_engine, plain):
    agreement.tables(on_engine[name], plain[name])


def test_the_first_rows_of_a_sorted_frame_stay_in_order(on_engine, plain):
    agreement.first_rows(on_engine["country"], plain["country"])
