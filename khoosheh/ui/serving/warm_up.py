"""What the first visitor would wait for, done as the server starts: the register is read, its pages' questions asked.

A visitor who comes meanwhile waits for what is being made, not for all of it; see
:mod:`khoosheh.register.cache`.
"""

import logging
from threading import Thread

from khoosheh import queries
from khoosheh.engines import EngineError
from khoosheh.measures.scope import Selection
from khoosheh.register import PackageError
from khoosheh.ui.blocks import changes
from khoosheh.ui.state import loading

# in the order of the pages
QUESTIONS = (
    queries.query_investment_totals,
    queries.query_province_rankings,
    queries.query_chain_completion,
    queries.query_computed_rankings,
    queries.query_investment_amounts,
    queries.select_investment_statements,
    queries.select_benefit_statements,
    queries.select_other_province_statements,
    queries.query_stage_additions,
    queries.query_completion_history,
    queries.select_chain_statements,
    queries.query_commitments,
    queries.query_physical_progress,
    queries.query_earned_value,
    queries.query_cluster_needs,
)


def start_cache_warming() -> Thread:
    """Begin in a thread, which the server does not wait for when it ends; return it."""
    thread = Thread(target=warm_register_cache, name="ahead", daemon=True)
    thread.start()
    return thread


def warm_register_cache() -> None:
    """Read the register, and ask what its pages ask where no filter is chosen.

    Faults are logged only: the page tells them to whoever opens it.
    """
    everything = Selection()
    try:
        register, _ = loading.load_current_register()
        queries.list_statement_days(register)
        for question in QUESTIONS:
            question(register, everything)
        queries.query_changed_rows(
            register, everything, changes.compute_year_before(queries.find_as_of_day(register, everything))
        )
        queries.find_pages_by_statement(register, everything)
    except (PackageError, EngineError) as error:
        logging.getLogger(__name__).warning("nothing was asked ahead: %s", error)
