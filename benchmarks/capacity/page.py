"""The section on capacity of ``docs/performance.md``, written from the results of one run."""

import os
import platform
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.capacity import load
from benchmarks.capacity.load import LoadResult
from khoosheh import limits

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
TEMPLATE = Path(__file__).with_name("capacity.template.md")
BEGIN, END = "<!-- written by python -m benchmarks.capacity -->", "<!-- end of capacity -->"
ONE, TWO = "one process", "two replicas behind nginx"
SAME, FIRST, AGAIN = "one page, asked before", "mixed views, asked for the first time", "mixed views, asked before"
KINDS = (SAME, FIRST, AGAIN)
MS = 1000


def build_capacity_section(found: Mapping[tuple[str, str], LoadResult]) -> str:
    """Return the section as Markdown, its markers included."""
    setups = list(dict.fromkeys(setup for setup, _ in found))
    paced = [key for key in found if key[1] not in KINDS]
    told = TEMPLATE.read_text(encoding="utf-8").format(
        machine=f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}",
        day=f"{datetime.now(UTC):%Y-%m-%d}",
        at_once=limits.RUNS_AT_ONCE,
        visitors=load.VISITORS,
        every=load.EVERY_S,
        saturated="\n".join(
            _format_saturated_row(setup, kind, found[setup, kind]) for setup in setups for kind in KINDS
        ),
        paced="\n".join(_format_paced_row(*key, found[key]) for key in paced),
        twice=_compare_replicas(found) if len(setups) > 1 else "Two replicas were not measured in this run.",
    )
    return f"{BEGIN}\n{told.strip()}\n{END}"


def read_capacity_section() -> str:
    """Return the section as the page has it, to be kept when the rest of the page is written again."""
    return re.search(_MARKED, PAGE.read_text(encoding="utf-8"))[0]


def write_capacity_section(told: str) -> None:
    """Replace the section of the page."""
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(re.sub(_MARKED, lambda _: told, text), encoding="utf-8")


_MARKED = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)


def format_load_result(one: LoadResult) -> str:
    """Return a result as a row of a Markdown table."""
    return (
        f"{one.a_second:.1f} changes a second, {one.cpu_each:.3f} CPU s each, p50 {one.quantile(0.5):.2f} s, "
        f"p95 {one.quantile(0.95):.2f} s, errors {one.errors}, load {one.load:.1f}, loop {one.loop_ms:.0f} ms"
    )


def _format_saturated_row(setup: str, kind: str, one: LoadResult) -> str:
    cells = [setup, kind, f"**{one.a_second:.1f}**", f"**{one.cpu_each:.3f}**", f"{1 / one.cpu_each:.1f}"]
    return f"| {' | '.join([*cells, str(one.errors), *_format_core_cells(one), *_format_machine_cells(one)])} |"


def _format_paced_row(setup: str, kind: str, one: LoadResult) -> str:
    many, what = kind.split(", ", 1)
    cells = [setup, what, many, f"{one.a_second:.1f}", *(f"{one.quantile(share):.2f}" for share in (0.5, 0.95))]
    queued = f"{100 * one.queued / max(1, len(one.waited)):.0f} %"
    return f"| {' | '.join([*cells, queued, str(one.errors), *_format_machine_cells(one)])} |"


def _format_core_cells(one: LoadResult) -> list[str]:
    used = one.used
    return [f"{part / used.at:.2f}" for part in (used.servers, used.front, used.clients, used.others)]


def _format_machine_cells(one: LoadResult) -> list[str]:
    return [f"{one.load:.1f}", f"{one.loop_ms:.0f}"]


def _compare_replicas(found: Mapping[tuple[str, str], LoadResult]) -> str:
    """Return sentences that compare two replicas with one process and state the limiting factor."""
    told = []
    for kind in KINDS:
        one, two = found[ONE, kind], found[TWO, kind]
        cores, more = ((each.used.servers / each.used.at) for each in (one, two))
        told.append(
            f"{kind}: {two.a_second / one.a_second:.2f} times the changes a second, with {more:.2f} cores where one "
            f"process had {cores:.2f}, and {one.cpu_each / two.cpu_each:.2f} times the changes a CPU second"
        )
    return "Two replicas against one process: " + "; ".join(told) + "."
