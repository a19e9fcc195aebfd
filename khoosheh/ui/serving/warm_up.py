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
from khoosheh.topics import registry
from khoosheh.ui.blocks import changes
from khoosheh.ui.state import loading


def start_cache_warming() -> Thread:
    """Begin in a thread, which the server does not wait for when it ends; return it."""
    thread = Thread(target=warm_register_cache, name="ahead", daemon=True)
    thread.start()
    return thread


def warm_register_cache() -> None:
    """Read the register, and ask what its pages ask where no filter is chosen.

    Faults are logged only: the page shows them when it is opened.
    """
    everything = Selection()
    try:
        register, _ = loading.load_current_register()
        queries.list_statement_days(register)
        for query in registry.list_warm_queries():
            query(register, everything)
        registry.compare_days(
            register, everything, changes.compute_year_before(queries.find_as_of_day(register, everything))
        )
        registry.find_pages_by_statement(register, everything)
    except (PackageError, EngineError) as error:
        logging.getLogger(__name__).warning("nothing was asked ahead: %s", error)
