"""Visitors who ask as fast as they are answered, and visitors who ask every two seconds."""

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
from benchmarks.soak.views import Asked, fields, some
from benchmarks.speed.clients import CHANGES, Ours
from khoosheh.register import Register

SEED = 7
# visitors of each replica: enough that it never waits for one of them
VISITORS = 4
EVERY_S = 2.0


@dataclass(frozen=True)
class Found:
    """What was measured: seconds of each change in order, errors, how many were told to wait, and the machine."""

    waited: list[float]
    errors: int
    queued: int
    used: Reading
    loop_ms: float
    load: float

    @property
    def a_second(self) -> float:
        """Changes a second."""
        return len(self.waited) / self.used.at

    @property
    def cpu_each(self) -> float:
        """Processor seconds of the servers for a change."""
        return self.used.servers / len(self.waited)

    def quantile(self, share: float) -> float:
        """Return the seconds within which a share of the changes was answered."""
        return self.waited[min(len(self.waited) - 1, int(share * len(self.waited)))]


def one_page(count: int) -> list[Asked]:
    """Return changes of one filter of one page, which have all been asked before."""
    chains = (CHANGES[turn % len(CHANGES)] for turn in range(count))
    return [Asked("investment", {"chain": chain} if chain else {}) for chain in chains]


def mixed(register: Register, count: int) -> list[Asked]:
    """Return different views of all pages: chains, months, units and both languages, the same in each run."""
    return some(random.Random(SEED), fields(register), count)


def saturate(setup: Setup, asked: Sequence[Asked]) -> Found:
    """Let visitors ask each replica for all of these views, as fast as it answers."""
    per_replica = [iter(list(asked)) for _ in setup.cookies]
    visitors = [setup.visitor(place) for place in range(VISITORS * len(setup.cookies))]
    lock = Lock()

    def ask(place: int) -> list[tuple[float, bool]]:
        done, left = [], per_replica[place % len(per_replica)]
        while True:
            with lock:
                one = next(left, None)
            if one is None:
                return done
            done.append(_asked(visitors[place], one, time.perf_counter()))

    return _measured(setup, visitors, ask)


def paced(setup: Setup, asked: Sequence[Asked], many: int, seconds: float) -> Found:
    """Let ``many`` visitors ask for one of these views every two seconds each.

    What a visitor waits for is counted from when a change was due; whoever is answered later than the next change is
    due asks for that one only, as a reader does.
    """
    visitors = [setup.visitor(place) for place in range(many)]
    began = time.perf_counter()

    def ask(place: int) -> list[tuple[float, bool]]:
        done, due = [], began + EVERY_S * place / many
        chance = random.Random(place)
        while due < began + seconds:
            time.sleep(max(0.0, due - time.perf_counter()))
            done.append(_asked(visitors[place], chance.choice(asked), due))
            late = time.perf_counter() - due
            due += EVERY_S * max(1, -(-late // EVERY_S))
        return done

    return _measured(setup, visitors, ask)


def _asked(visitor: Ours, one: Asked, due: float) -> tuple[float, bool]:
    """Return the seconds until an answer, infinite for an error, and whether the visitor was told to wait."""
    try:
        visitor.ask(one.query, one.page)
    except FAULTS:
        return float("inf"), False
    return time.perf_counter() - due, bool(visitor.queued)


def _measured(setup: Setup, visitors: Sequence[Ours], ask: Callable[[int], list[tuple[float, bool]]]) -> Found:
    speed, before = machine.loop_ms(), machine.read(setup.processes, setup.front)
    with ThreadPoolExecutor(len(visitors)) as pool:
        every = [one for done in pool.map(ask, range(len(visitors))) for one in done]
    used, load = machine.read(setup.processes, setup.front).since(before), os.getloadavg()[0]
    for one in visitors:
        with suppress(*FAULTS):
            one.close()
    waited = sorted(taken for taken, _ in every if taken != float("inf"))
    speed = (speed + machine.loop_ms()) / 2
    return Found(waited, len(every) - len(waited), sum(queued for _, queued in every), used, speed, load)
