"""Filling the cache when the server starts, so that the first visitor need not wait: register and answers of pages.

A visitor who comes meanwhile waits only for the answers that the visited page needs; see
:mod:`khoosheh.register.cache`.
"""

import logging
from threading import Thread

from khoosheh import queries
from khoosheh.engines import EngineError
from khoosheh.measures.scope import Selection
from khoosheh.register import PackageError
from khoosheh.topics import registry
from khoosheh.ui.state import loading


def start_cache_warming() -> Thread:
    """Start a thread that fills the cache, and return it; the server does not wait for the thread when it ends."""
    thread = Thread(target=warm_register_cache, name="ahead", daemon=True)
    thread.start()
    return thread


def warm_register_cache() -> None:
    """Load the register, and compute the answers that pages without filters need.

    Faults are only logged: a page shows them when it is opened.
    """
    everything = Selection()
    try:
        register, _ = loading.load_current_register()
        queries.list_statement_days(register)
        for query in registry.list_warm_queries():
            query(register, everything)
        registry.compare_days(register, everything, queries.find_day_before_news(register, everything))
        registry.find_pages_by_statement(register, everything)
    except (PackageError, EngineError) as error:
        logging.getLogger(__name__).warning("nothing was asked ahead: %s", error)
