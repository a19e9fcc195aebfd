"""``docs/performance.md`` and its picture, written from the results of one run."""

import os
import platform
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import plotly.graph_objects as go
import streamlit

from benchmarks.capacity import page as capacity
from benchmarks.speed import compare, servers, split, views
from benchmarks.speed.browser import launch_browser
from benchmarks.speed.clients import CrowdTimes, RivalVisitor
from benchmarks.speed.compare import ACTIONS, Change, Memory, Times
from benchmarks.speed.split import ChangeTimes, Split
from khoosheh import register, synthetic
from khoosheh.figures import plotly_bundle
from khoosheh.measures.evidence import SEARCHED
from khoosheh.register import parquet_package
from testing.visitors import AppVisitor

ROOT = Path(__file__).parents[2]
PAGE, PICTURE = ROOT / "docs" / "performance.md", ROOT / "docs" / "pictures" / "performance.png"
MANY = 100_000
# of the shipped package
CHAINS = ("مس", "فولاد")
SIZES = (1_000, 10_000, 100_000, 1_000_000)
QUICK_ROUNDS = 3
QUICK_HEADING = "| action | ours | rival | least | ours / rival | kB received, ours | rival |"
TEMPLATE = Path(__file__).with_name("performance.template.md")
WORDS = {"cold": "open, nothing cached", "filter": "change a filter", "page": "change the page"}
COLOURS = {"ours": "#0072B2", "rival": "#E69F00"}
MS, KB = 1000, 1000

Measured = TypeVar("Measured")


def write_performance_report(sizes: Sequence[int] = SIZES) -> None:
    """Measure everything and write the page; takes about a quarter of an hour."""
    with servers.serve_app() as ours, servers.serve_rival() as theirs:
        compare.check_same_content(ours, theirs)
        with servers.serve_least_page() as bare:
            times = compare.measure_in_browser(ours, theirs, CHAINS, bare)
        held = {
            "ours": compare.measure_memory(ours, partial(AppVisitor, ours.address)),
            "rival": compare.measure_memory(theirs, partial(RivalVisitor, theirs.address)),
        }
        with servers.serve_empty_page() as empty:
            crowds = compare.measure_crowds(ours, theirs, empty)
    growth = {size: measure_synthetic_country(compare.measure_filter_change, size) for size in sizes}
    parts = {
        "shipped": split.measure_time_split(),
        f"{MANY:,}": measure_synthetic_country(split.measure_time_split, MANY),
    }
    far = measure_synthetic_country(_measure_in_parquet, max(sizes))
    write_browser_chart(times)
    PAGE.write_text(build_performance_page(times, held, crowds, growth, parts, far, max(sizes)), encoding="utf-8")


def build_quick_comparison() -> str:
    """Measure the shipped register in the browser only, in a few rounds, and return the table; writes nothing."""
    with servers.serve_app() as ours, servers.serve_rival() as theirs, servers.serve_least_page() as bare:
        compare.check_same_content(ours, theirs)
        times = compare.measure_in_browser(ours, theirs, CHAINS, bare, QUICK_ROUNDS)
    return "\n".join([QUICK_HEADING, "|---" * 7 + "|", *(_format_browser_row(times, action) for action in ACTIONS)])


def _measure_in_parquet(folder: Path) -> dict[tuple[str, str], Times]:
    """Measure in the browser on a package in Parquet, the format of large registers."""
    whole = folder.with_name("parquet")
    parquet_package.write_columnar_package(whole, register.load_register(folder), SEARCHED)
    return compare.measure_large_package(whole)


def measure_synthetic_country(measure: Callable[[Path], Measured], size: int) -> Measured:
    """Return the result of ``measure`` for a made-up country of a number of statements."""
    with tempfile.TemporaryDirectory() as folder:
        synthetic.write_synthetic_package(Path(folder) / "country", size)
        return measure(Path(folder) / "country")


def build_performance_page(
    times: Mapping[tuple[str, str], Times],
    held: Mapping[str, Memory],
    crowds: Mapping[tuple[str, int], CrowdTimes],
    growth: Mapping[int, Change],
    parts: Mapping[str, Split],
    far: Mapping[tuple[str, str], Times],
    size: int,
) -> str:
    """Return the page as Markdown."""
    return TEMPLATE.read_text(encoding="utf-8").format(
        machine=f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}",
        streamlit=streamlit.__version__,
        rounds=compare.ROUNDS,
        browser="\n".join(_format_browser_row(times, action) for action in ACTIONS),
        size=size,
        far="\n".join(_format_browser_row(far, action) for action in ACTIONS),
        capacity=capacity.read_capacity_section(),
        crowds="\n".join(_format_crowd_row(crowds, many) for many in compare.CROWDS),
        memory="\n".join(f"| {who} | {one.start_mb:.0f} | {one.session_mb:.2f} |" for who, one in held.items()),
        views=len(views.build_chain_views()),
        growth="\n".join(_format_growth_row(size, one, growth[min(growth)]) for size, one in growth.items()),
        **format_time_split(parts),
    )


def format_time_split(parts: Mapping[str, Split]) -> dict[str, object]:
    """Return the values of the section on the server's time, by placeholder."""
    most = max((one for found in parts.values() for one in found.clocked.values()), key=lambda one: one.turns)
    cost = split.measure_clock_cost_us()
    return {
        "many": MANY,
        "split": "\n".join(
            _format_split_row(f"{name}, {', '.join(kind)}", found.clocked[kind])
            for name, found in parts.items()
            for kind in split.KINDS
        ),
        "turns": round(most.turns),
        "turn_us": cost,
        "clocks": most.turns * cost / MS,
        "kinds": " | ".join(", ".join(kind) for kind in split.KINDS),
        "plain": "\n".join(
            f"| {name} | {' | '.join(f'{found.plain_ms[kind]:.0f}' for kind in split.KINDS)} |"
            for name, found in parts.items()
        ),
    }


def _format_split_row(name: str, one: ChangeTimes) -> str:
    cells = [one.waited, one.script, *one.parts.values(), one.sending]
    return f"| {name} | {' | '.join(f'{cell:.1f}' for cell in cells)} |"


def _format_growth_row(size: int, one: Change, least: Change) -> str:
    first, again = one.first_ms / least.first_ms, one.again_ms / least.again_ms
    return f"| {size:,} | {one.first_ms:.0f} | {first:.2f} | {one.again_ms:.0f} | {again:.2f} |"


def _format_browser_row(times: Mapping[tuple[str, str], Times], action: str) -> str:
    ours, theirs = times["ours", action], times["rival", action]
    cells = [WORDS[action]]
    cells += [_format_spread(one) for one in (ours, theirs)]
    if ("least", "cold") in times:
        cells.append(_format_spread(times["least", action]) if ("least", action) in times else "")
    cells += [f"**{ours.ms / theirs.ms:.2f}**", f"{ours.received / KB:.0f}", f"{theirs.received / KB:.0f}"]
    return f"| {' | '.join(cells)} |"


def _format_spread(one: Times) -> str:
    low, high = one.spread
    return f"{one.ms:.0f} ({low:.0f} to {high:.0f})"


def _format_crowd_row(crowds: Mapping[tuple[str, int], CrowdTimes], many: int) -> str:
    ours, theirs, empty = (crowds[who, many] for who in ("ours", "rival", "empty"))
    cells = [str(many)]
    for one in (ours, theirs, empty):
        cells += [f"{one.quantile(share) * MS:.0f}" for share in (0.5, 0.95)]
    ratio = ours.quantile(0.95) / theirs.quantile(0.95)
    return f"| {' | '.join(cells)} | **{ratio:.2f}** | {ours.errors} | {theirs.errors} |"


def write_browser_chart(times: Mapping[tuple[str, str], Times]) -> None:
    """Draw the medians of the browser as bars, with the quartiles."""
    figure = go.Figure(layout={"width": 900, "height": 420, "barmode": "group", "template": "none"})
    for who, colour in COLOURS.items():
        every = [times[who, action] for action in ACTIONS]
        more, less = ([abs(one.spread[end] - one.ms) for one in every] for end in (1, 0))
        figure.add_bar(
            name=who, x=[WORDS[action] for action in ACTIONS], y=[one.ms for one in every], marker_color=colour,
            error_y={"array": more, "arrayminus": less},
        )  # fmt: skip
    figure.update_yaxes(title="ms to the last change of a figure")
    PICTURE.write_bytes(capture_figure_png(figure))


def capture_figure_png(figure: go.Figure) -> bytes:
    """Return a figure, whose size its layout names, as PNG."""
    with launch_browser() as chromium:
        tab = chromium.new_page(viewport={"width": figure.layout.width + 20, "height": figure.layout.height + 20})
        tab.set_content("<div id=figure></div>")
        tab.add_script_tag(path=str(plotly_bundle.SCRIPT))
        tab.evaluate(
            "figure => Plotly.newPlot('figure', figure.data, figure.layout, {staticPlot: true})",
            figure.to_plotly_json(),
        )
        return tab.locator("#figure").screenshot()
