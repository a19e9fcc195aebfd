"""Comparing the app as shipped, the Dash app, and a minimal Streamlit page, alternating within one run."""

import json
import re
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.capacity.machine import measure_loop_ms
from benchmarks.speed import least, servers, views
from benchmarks.speed.browser import ActionTiming, Visit, launch_browser
from benchmarks.speed.clients import CHANGES, CrowdTimes, RivalVisitor, run_crowd
from benchmarks.speed.servers import Server
from testing.visitors import AppVisitor

ROUNDS = 7
# how much slower the machine may be at one end of a round than at the other
STEADY = 1.2
SETTLE_MS = 300
PATIENCE_MS = 120_000
ANSWERED = "document.querySelector('h1')?.innerText.trim() && document.querySelector('.scatterlayer path.point')"
PAGES = ("وعده‌ها و زمان", "سرمایه‌گذاری")
CROWDS, CROWD_S = (1, 10), 20
# repetitions of each view
AGAIN = 3
ACTIONS = ("cold", "filter", "page")


@dataclass(frozen=True)
class Times:
    """The results of one kind of action on one of the compared apps, over all rounds."""

    taken: list[ActionTiming]

    @property
    def ms(self) -> float:
        """The median in milliseconds."""
        return statistics.median(one.ms for one in self.taken)

    @property
    def spread(self) -> tuple[float, float]:
        """The quartiles in milliseconds."""
        low, _, high = statistics.quantiles((one.ms for one in self.taken), n=4)
        return low, high

    @property
    def received(self) -> float:
        """The median of the bytes that came."""
        return statistics.median(one.received for one in self.taken)


def _close_open_menus(tab: Page) -> None:
    """Close the menus that the last action left open."""
    tab.keyboard.press("Escape")
    tab.wait_for_timeout(SETTLE_MS)


def _choose_app_filter(name: str, tab: Page, label: str = "زنجیره") -> None:
    tab.get_by_label(label, exact=True).click()
    tab.wait_for_timeout(SETTLE_MS)
    # our choices have their number of statements after their names
    tab.get_by_role("option", name=re.compile(f"^{re.escape(name)}( \\(|$)")).click()


def _open_app_page(name: str, tab: Page) -> None:
    tab.get_by_role("link", name=name).first.click()


def _choose_rival_filter(name: str, tab: Page) -> None:
    tab.locator("#chain").click()
    tab.wait_for_timeout(SETTLE_MS)
    tab.get_by_text(name, exact=True).last.click()


def _open_rival_page(name: str, tab: Page) -> None:
    tab.get_by_role("link", name=name).click()


def measure_in_browser(
    ours: Server, theirs: Server, chains: Sequence[str], bare: Server | None = None, rounds: int = ROUNDS
) -> dict[tuple[str, str], Times]:
    """Return the times of each of ``ACTIONS`` for 'ours', 'rival' and, but for pages, the 'least' page.

    ``chains``: what those are called that are filtered for in turn. A round in which the speed of the machine changed
    by more than ``STEADY`` is thrown away. Raises ``RuntimeError`` where more are thrown away than counted.
    """
    found: dict[tuple[str, str], list[ActionTiming]] = {}
    counted = 0
    with launch_browser() as chromium:
        for _ in range(2 * rounds):
            speed = measure_loop_ms()
            taken = list(_measure_round(chromium, ours, theirs, chains, bare))
            if max(speed, after := measure_loop_ms()) > STEADY * min(speed, after):
                continue
            for who, action, timing in taken:
                found.setdefault((who, action), []).append(timing)
            counted += 1
            if counted == rounds:
                return {key: Times(timings) for key, timings in found.items()}
    raise RuntimeError(f"the speed of the machine changed in {2 * rounds - counted} of {2 * rounds} rounds")


def _measure_round(
    chromium: Browser, ours: Server, theirs: Server, chains: Sequence[str], bare: Server | None
) -> Iterator[tuple[str, str, ActionTiming]]:
    every = [
        (
            "ours",
            f"{ours.address}/investment",
            [("filter", _choose_app_filter, chains), ("page", _open_app_page, PAGES)],
        ),
        (
            "rival",
            f"{theirs.address}/investment",
            [("filter", _choose_rival_filter, chains), ("page", _open_rival_page, PAGES)],
        ),
    ]
    if bare:
        choose = partial(_choose_app_filter, label=least.LABEL)
        every.append(("least", bare.address, [("filter", choose, least.CHOICES[::-1])]))
    for who, address, actions in every:
        one = Visit(chromium)
        yield who, "cold", one.open(address)
        for action, click, names in actions:
            for name in names:
                _close_open_menus(one.tab)
                yield who, action, one.act(partial(click, name))
        one.close()


def check_same_content(ours: Server, theirs: Server) -> tuple[str, str]:
    """Return title and number of drawn marks of both apps; raises an error if they differ."""
    told = []
    with launch_browser() as chromium:
        for server in (ours, theirs):
            one = Visit(chromium)
            one.open(f"{server.address}/investment")
            # no change may also mean that the server is still computing
            one.tab.wait_for_function(ANSWERED, timeout=PATIENCE_MS)
            _close_open_menus(one.tab)
            marks = one.tab.locator(".scatterlayer path.point").count()
            told.append(f"{one.tab.locator('h1').inner_text().strip()} | {marks}")
            one.close()
    if told[0] != told[1]:
        raise AssertionError(told)
    return told[0], told[1]


def measure_crowds(ours: Server, theirs: Server, empty: Server) -> dict[tuple[str, int], CrowdTimes]:
    """Return the results of visitors without a browser, each of whom changes a filter every two seconds."""
    makers: dict[str, Callable[[], AppVisitor | RivalVisitor]] = {
        "ours": partial(AppVisitor, ours.address),
        "rival": partial(RivalVisitor, theirs.address),
        "empty": partial(AppVisitor, empty.address, ""),
    }
    found = {(who, many): run_crowd(make, many, CROWD_S) for many in CROWDS for who, make in makers.items()}
    # measured last, since it fills the caches that the crowd would use
    visitor = AppVisitor(ours.address)
    check_figures_differ(visitor, CHANGES)
    visitor.close()
    return found


def measure_large_package(data: Path) -> dict[tuple[str, str], Times]:
    """Return the times of ``ACTIONS`` on a large package, which each app reads first."""
    with servers.serve_app(data) as ours, servers.serve_rival(data) as theirs:
        check_same_content(ours, theirs)
        return measure_in_browser(ours, theirs, views.list_chain_labels(data)[:2])


@dataclass(frozen=True)
class Memory:
    """Megabytes held once the first visitor has come, and for each further one."""

    start_mb: float
    session_mb: float


def measure_memory(server: Server, visitor: Callable[[], AppVisitor | RivalVisitor], many: int = 50) -> Memory:
    """Return the memory of a server that has already served visitors."""
    first = visitor()
    start = server.memory_mb()
    more = [visitor() for _ in range(many)]
    found = Memory(start, (server.memory_mb() - start) / many)
    for one in (first, *more):
        one.close()
    return found


@dataclass(frozen=True)
class Change:
    """Milliseconds that the server takes for a change of a filter: asked for the first time, and asked before."""

    first_ms: float
    again_ms: float


def measure_filter_change(data: Path | None = None) -> Change:
    """Return the times of a change of the page of investment; raises an error if it changes nothing."""
    asked = views.build_chain_views(data)
    with servers.serve_app(data) as server:
        visitor = AppVisitor(server.address)
        first = [visitor.ask(one) for one in asked]
        again = [visitor.ask(one) for _ in range(AGAIN) for one in asked]
        check_figures_differ(visitor, views.list_chains(data))
        visitor.close()
    return Change(1000 * statistics.median(first), 1000 * statistics.median(again))


def check_figures_differ(visitor: AppVisitor, chains: Sequence[str]) -> list[str]:
    """Return the chains that have figures; raises ``AssertionError`` where these are not two, or two have the same.

    A chain that there is not changes nothing: the page without filters would be measured instead.
    """
    drawn: dict[str, list[str]] = {}
    for chain in chains:
        visitor.change(chain)
        drawn[chain] = visitor.figures()
    found = [chain for chain in chains if drawn[chain]]
    if len(found) < 2 or len({json.dumps(drawn[chain]) for chain in found}) < len(found):
        raise AssertionError(f"figures do not differ by chain: {chains}")
    return found
