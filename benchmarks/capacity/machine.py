"""The use of the machine during a measurement: processor time by program, and the current speed."""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

TICK_S = 1 / os.sysconf("SC_CLK_TCK")
LOOPS = 1_000_000
# the columns of /proc/stat in which a processor works: user, nice, system, irq, softirq
WORKING = (0, 1, 2, 5, 6)


def read_cpu_seconds(process: int) -> float:
    """Return the processor seconds that a process has used, without its children."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * TICK_S


def measure_loop_ms() -> float:
    """Return the processor milliseconds of a fixed loop, the best of three: how fast the machine is here and now.

    Time in which other programs have the processor does not count: the load tells of that.
    """
    taken = []
    for _ in range(3):
        began, total = time.thread_time(), 0
        for number in range(LOOPS):
            total += number * number % 7
        taken.append(time.thread_time() - began)
    return 1000 * min(taken)


@dataclass(frozen=True)
class Reading:
    """A monotonic time and processor seconds of servers, of nginx, of the clients and of all programs."""

    at: float
    servers: float
    front: float
    clients: float
    every: float

    def since(self, before: "Reading") -> "Reading":
        """Return the differences to an earlier reading."""
        return Reading(*(now - then for now, then in zip(self._all(), before._all(), strict=True)))

    @property
    def others(self) -> float:
        """Processor seconds of all other programs of the machine."""
        return max(0.0, self.every - self.servers - self.front - self.clients)

    def _all(self) -> tuple[float, ...]:
        return self.at, self.servers, self.front, self.clients, self.every


def read_clocks(servers: Sequence[int], front: Sequence[int] = ()) -> Reading:
    """Return the current reading; clients are threads of this process."""
    line = Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    every = sum(int(line[place]) for place in WORKING) * TICK_S
    used = [sum(map(read_cpu_seconds, processes)) for processes in (servers, front)]
    return Reading(time.perf_counter(), *used, time.process_time(), every)


def wait_until_idle(servers: Sequence[int], seconds: float = 120) -> None:
    """Wait until servers have finished their start and use no processor time."""
    end, before = time.monotonic() + seconds, sum(map(read_cpu_seconds, servers))
    while time.monotonic() < end:
        time.sleep(1)
        now = sum(map(read_cpu_seconds, servers))
        if now - before < 0.05:
            return
        before = now
