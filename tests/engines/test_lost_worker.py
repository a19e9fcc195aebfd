"""A worker of Spark's that dies in the middle of a question: the answer is right all the same."""

import os
import signal
import threading
import time

import pytest
from conftest import pids_of_workers
from test_engines_agree import rows

from khoosheh import board, engines, register

pytestmark = pytest.mark.xdist_group("spark")
PATIENCE_S = 60


class Killer(threading.Thread):
    """Kills a worker as soon as part of a question is answered and part is not."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self._told = engines.session(address).sparkContext.statusTracker()
        self.killed: int | None = None
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.is_set():
            stages = [self._told.getStageInfo(one) for one in self._told.getActiveStageIds()]
            if any(one and 0 < one.numCompletedTasks < one.numTasks for one in stages):
                self.killed = pids_of_workers()[0]
                os.kill(self.killed, signal.SIGKILL)
                return
            time.sleep(0.005)


def test_a_lost_worker_loses_no_statement(spark, parquet, plain, monkeypatch):
    monkeypatch.setenv(engines.ENVIRONMENT, spark)
    found = register.load(parquet["country"])
    end = time.monotonic() + PATIENCE_S
    while len(pids_of_workers()) < 2 and time.monotonic() < end:
        engines.size(found.frame("statements"))
    before = pids_of_workers()
    assert len(before) == 2
    killer = Killer(spark)
    killer.start()
    # a question of many parts, so that some are done when the worker dies
    whole = engines.collected(found.frame("statements"))
    killer.done.set()
    killer.join()
    assert killer.killed in before
    assert killer.killed not in pids_of_workers()
    assert rows(whole) == rows(plain["country"].frame("statements"))
    assert rows(board.own(found)) == rows(board.own(plain["country"]))
