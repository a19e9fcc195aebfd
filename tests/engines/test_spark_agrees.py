"""Spark on two workers gives the same as the files, also when one of them dies in the middle of a question."""

import os
import signal
import threading
import time

import agreement
import pytest
from agreement import LATER, MEASURES, REGISTERS
from clusters import pids_of_workers

from khoosheh import engines, queries, register

PATIENCE_S = 60


class Killer(threading.Thread):
    """Kills a worker as soon as part of a question is answered and part is not."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self._told = engines.get_spark_session(address).sparkContext.statusTracker()
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


@pytest.mark.spark
def test_spark_agrees_and_outlives_a_worker(spark, on_spark, plain, subtests):
    # one test: there is one cluster, and tests are shared out among processes
    country = on_spark["country"], plain["country"]
    for measure in MEASURES:
        with subtests.test(measure):
            agreement.measures(measure, *country, (LATER,))
    for name in REGISTERS:
        with subtests.test("questions of pages", name=name):
            agreement.questions("earlier", on_spark[name], plain[name])
    for check in (agreement.by_id, agreement.tables, agreement.first_rows):
        with subtests.test(check.__name__):
            check(*country)
    with subtests.test("a lost worker loses no statement"):
        _lost(spark, *country)


def _lost(address: str, found: register.Register, expected: register.Register) -> None:
    end = time.monotonic() + PATIENCE_S
    while len(pids_of_workers()) < 2 and time.monotonic() < end:
        engines.count_rows(found.frame("statements"))
    before = pids_of_workers()
    assert len(before) == 2
    killer = Killer(address)
    killer.start()
    # a question of many parts, asked until some of them are done when the worker dies
    whole = None
    while whole is None or (killer.killed is None and time.monotonic() < end):
        whole = engines.collect_frame(found.frame("statements"))
    killer.done.set()
    killer.join()
    assert killer.killed in before
    assert killer.killed not in pids_of_workers()
    assert agreement.rows(whole) == agreement.rows(expected.frame("statements"))
    assert agreement.rows(queries.select_province_statements(found)) == agreement.rows(
        queries.select_province_statements(expected)
    )
