"""Where the server's time goes: a change of filter and of page, asked for the first time and asked before."""

import json
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed import clocks, compare, servers, views
from benchmarks.speed.clocks import AFTER, MS, PARTS
from testing.visitors import AppVisitor

KINDS = (("filter", "first"), ("filter", "again"), ("page", "first"), ("page", "again"))
# the pages between which the comparison in the browser changes, too
HERE, THERE = "investment", "schedule"
PATIENCE_S, CALLS = 60, 100_000


@dataclass(frozen=True)
class Ask:
    """One request; ``kind``: the kind that it is an example of, '' for one that only prepares the next."""

    kind: tuple[str, str] | None
    page: str
    query: Mapping[str, str]


@dataclass(frozen=True)
class ChangeTimes:
    """Milliseconds of one change: ``waited`` by the visitor, of the ``parts`` of the script, and of ``sending``.

    ``sending`` is processor's time of another thread, some of it before the script ends.
    """

    waited: float
    parts: Mapping[str, float]
    sending: float
    turns: float

    @property
    def script(self) -> float:
        """The time of the script until its answer was passed on for sending."""
        return sum(taken for part, taken in self.parts.items() if part != AFTER)


@dataclass(frozen=True)
class Split:
    """Results on one register by ``KINDS``: parts of the server's time, and waiting times without clocks."""

    clocked: Mapping[tuple[str, str], ChangeTimes]
    plain_ms: Mapping[tuple[str, str], float]


def measure_time_split(data: Path | None = None) -> Split:
    """Measure a package; raises ``AssertionError`` where its chains do not change what is drawn."""
    asked = list(_list_requests(views.build_chain_views(data)))
    with servers.serve_app(data) as server:
        visitor = AppVisitor(server.address)
        plain = [MS * visitor.ask(one.query, one.page) for one in asked]
        visitor.ask({}, HERE)
        drawn = compare.check_figures_differ(visitor, views.list_chains(data))
        visitor.close()
    with tempfile.TemporaryDirectory() as folder:
        clocked = _measure_clocked_runs(data, Path(folder) / "runs.jsonl", asked)
    places = {kind: [at for at, one in enumerate(asked) if _is_counted(one, kind, drawn)] for kind in KINDS}
    return Split(
        {kind: compute_middle_mean([clocked[at] for at in found]) for kind, found in places.items()},
        {kind: statistics.median(plain[at] for at in found) for kind, found in places.items()},
    )


def _list_requests(every: Sequence[Mapping[str, str]]) -> Iterator[Ask]:
    """Yield the requests in order, each kind once per view."""
    for time_ in ("first", "again"):
        yield Ask(None, HERE, {})
        yield from (Ask(("filter", time_), HERE, view) for view in every)
        for view in every:
            yield from (Ask(None, HERE, view), Ask(("page", time_), THERE, view))


def _is_counted(one: Ask, kind: tuple[str, str], drawn: Sequence[str]) -> bool:
    """Return whether a request has a kind and a chain with figures."""
    return one.kind == kind and one.query["chain"] in drawn


def _measure_clocked_runs(data: Path | None, told: Path, asked: Sequence[Ask]) -> list[ChangeTimes]:
    with servers.serve_clocked_app(told, data) as server:
        visitor, waited = AppVisitor(server.address), []
        lines = _read_run_lines(told, 1)
        for one in [*asked, Ask(None, HERE, {})]:
            waited.append(MS * visitor.ask(one.query, one.page))
            # garbage is collected after the answer
            lines = _read_run_lines(told, len(lines) + 1)
        visitor.close()
    return [
        ChangeTimes(taken, {part: line[part] for part in PARTS}, following["loop"] - line["loop"], line["turns"])
        for taken, line, following in zip(waited, lines[1:], lines[2:], strict=False)
    ]


def _read_run_lines(told: Path, count: int) -> list[dict]:
    """Wait for a number of runs that the server reports and return them; raises ``TimeoutError``."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        lines = told.read_text(encoding="utf-8").splitlines(keepends=True) if told.exists() else []
        if len(lines) == count and lines[-1].endswith("\n"):
            return [json.loads(line) for line in lines]
        time.sleep(0.02)
    raise TimeoutError(f"{len(lines)} runs told of, not {count}")


def compute_middle_mean(runs: Sequence[ChangeTimes]) -> ChangeTimes:
    """Return the mean of the middle half of runs, by the time of the script: its parts add up, unlike medians."""
    ordered, out = sorted(runs, key=lambda one: one.script), len(runs) // 4
    kept = ordered[out : len(runs) - out]
    return ChangeTimes(
        statistics.mean(one.waited for one in kept),
        {part: statistics.mean(one.parts[part] for one in kept) for part in PARTS},
        statistics.mean(one.sending for one in kept),
        statistics.mean(one.turns for one in kept),
    )


def measure_clock_cost_us() -> float:
    """Return the measured cost of starting or stopping a clock, in microseconds."""
    clocked, plain = clocks.wrap_with_clock(int, clocks.MEASURES), int
    taken = []
    clocks.CLOCK.start()
    for work in (clocked, plain):
        began = time.perf_counter()
        for _ in range(CALLS):
            work()
        taken.append(time.perf_counter() - began)
    clocks.CLOCK.stop()
    # a call starts one and stops it
    return (taken[0] - taken[1]) / CALLS / 2 * 1_000_000
