"""Load from visitors who request without a pause, and from visitors who request every two seconds."""

import os
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock

from benchmarks.capacity import machine
from benchmarks.capacity.machine import Reading
from benchmarks.capacity.replicas import Setup
from benchmarks.soak.crowd import FAULTS
from benchmarks.speed.clients import CHANGES
from khoosheh.register import Register
from testing.views import ViewRequest, list_address_fields, select_distinct_views
from testing.visitors import AppVisitor

SEED = 7
# visitors of each replica: enough that it is never idle
VISITORS = 4
EVERY_S = 2.0


@dataclass(frozen=True)
class LoadResult:
    """The result of a run: sorted seconds of the changes, errors, visitors that were queued, and the machine."""

    waited: list[float]
    errors: int
    queued: int
    used: Reading
    loop_ms: float
    load: float

    @property
    def a_second(self) -> float:
        """Changes per second."""
        return len(self.waited) / self.used.at

    @property
    def cpu_each(self) -> float:
        """Processor seconds of the servers per change."""
        return self.used.servers / len(self.waited)

    def quantile(self, share: float) -> float:
        """Return the seconds within which a share of the changes was answered."""
        return self.waited[min(len(self.waited) - 1, int(share * len(self.waited)))]


def build_repeated_views(count: int) -> list[ViewRequest]:
    """Return views of one page that differ in one filter, all of which were requested before."""
    chains = (CHANGES[turn % len(CHANGES)] for turn in range(count))
    return [ViewRequest("investment", {"chain": chain} if chain else {}) for chain in chains]


def build_mixed_views(register: Register, count: int) -> list[ViewRequest]:
    """Return different views of all pages: chains, months, units and both languages, the same in each run."""
    return select_distinct_views(random.Random(SEED), list_address_fields(register), count)


def measure_saturated(setup: Setup, asked: Sequence[ViewRequest]) -> LoadResult:
    """Request all views from each replica, each as soon as the previous one is answered."""
    per_replica = [iter(list(asked)) for _ in setup.cookies]
    visitors = [setup.visitor(place) for place in range(VISITORS * len(setup.cookies))]
    lock = Lock()

    def send_all_views(place: int) -> list[tuple[float, bool]]:
        done, left = [], per_replica[place % len(per_replica)]
        while True:
            with lock:
                one = next(left, None)
            if one is None:
                return done
            done.append(_time_request(visitors[place], one, time.perf_counter()))

    return _run_visitors(setup, visitors, send_all_views)


def measure_paced(setup: Setup, asked: Sequence[ViewRequest], many: int, seconds: float) -> LoadResult:
    """Let ``many`` visitors ask for one of these views every two seconds each.

    What a visitor waits for is counted from when a change was due; whoever is answered later than the next change is
    due asks for that one only, as a reader does.
    """
    visitors = [setup.visitor(place) for place in range(many)]
    began = time.perf_counter()

    def send_due_views(place: int) -> list[tuple[float, bool]]:
        done, due = [], began + EVERY_S * place / many
        chance = random.Random(place)
        while due < began + seconds:
            time.sleep(max(0.0, due - time.perf_counter()))
            done.append(_time_request(visitors[place], chance.choice(asked), due))
            late = time.perf_counter() - due
            due += EVERY_S * max(1, -(-late // EVERY_S))
        return done

    return _run_visitors(setup, visitors, send_due_views)


def _time_request(visitor: AppVisitor, one: ViewRequest, due: float) -> tuple[float, bool]:
    """Return the seconds until an answer, infinite for an error, and whether the visitor was told to wait."""
    try:
        visitor.ask(one.query, one.page)
    except FAULTS:
        return float("inf"), False
    return time.perf_counter() - due, bool(visitor.queued)


def _run_visitors(
    setup: Setup, visitors: Sequence[AppVisitor], ask: Callable[[int], list[tuple[float, bool]]]
) -> LoadResult:
    speed, before = machine.measure_loop_ms(), machine.read_clocks(setup.processes, setup.front)
    with ThreadPoolExecutor(len(visitors)) as pool:
        every = [one for done in pool.map(ask, range(len(visitors))) for one in done]
    used, load = machine.read_clocks(setup.processes, setup.front).since(before), os.getloadavg()[0]
    for one in visitors:
        with suppress(*FAULTS):
            one.close()
    waited = sorted(taken for taken, _ in every if taken != float("inf"))
    speed = (speed + machine.measure_loop_ms()) / 2
    return LoadResult(waited, len(every) - len(waited), sum(queued for _, queued in every), used, speed, load)
