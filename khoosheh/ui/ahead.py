"""What the first visitor would wait for, done as the server starts: the register is read, its pages' questions asked.

A visitor who comes meanwhile waits for what is being made, not for all of it; see :mod:`khoosheh.register.memory`.
"""

import logging
from threading import Thread

from khoosheh import board
from khoosheh.engines import EngineError
from khoosheh.measures.scope import Selection
from khoosheh.register import PackageError
from khoosheh.ui import changes, loading

# in the order of the pages
QUESTIONS = (
    board.totals, board.places, board.completion, board.standing, board.amounts, board.money_words, board.benefits,
    board.elsewhere, board.additions, board.history, board.chain_words, board.promises, board.progress, board.earned,
    board.cluster_needs,
)  # fmt: skip


def begin() -> Thread:
    """Begin in a thread, which the server does not wait for when it ends; return it."""
    thread = Thread(target=ask, name="ahead", daemon=True)
    thread.start()
    return thread


def ask() -> None:
    """Read the register, and ask what its pages ask where no filter is chosen.

    Faults are logged only: the page tells them to whoever opens it.
    """
    everything = Selection()
    try:
        register, _ = loading.current()
        board.said_days(register)
        for question in QUESTIONS:
            question(register, everything)
        board.changed(register, everything, changes.back(board.day_of(register, everything)))
        board.uses(register, everything)
    except (PackageError, EngineError) as error:
        logging.getLogger(__name__).warning("nothing was asked ahead: %s", error)
