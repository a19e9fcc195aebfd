"""``docs/soak.md`` and its picture, written from the results of one run."""

import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import plotly.graph_objects as go
import streamlit
from plotly.subplots import make_subplots

from benchmarks.soak import crowd
from benchmarks.speed.report import MS, capture_figure_png
from khoosheh.limits import CACHE, MIB
from testing.views import COMMON, NEW, PAGES

DOCS = Path(__file__).parents[2] / "docs"
TEMPLATE = Path(__file__).with_name("soak.template.md")
MINUTE_S, HOUR_S, ROW_S = 60, 3600, 600
BLUE, ORANGE = "#0072B2", "#D55E00"


@dataclass(frozen=True)
class Soak:
    """What a run has measured.

    ``began``: UTC. ``held``: samples of seconds since the beginning and MB. ``loads``: the machine's load by then,
    that is, how many threads ran or waited for a core, on average over a minute.
    """

    began: str
    minutes: float
    visitors: int
    held: list[tuple[float, float]]
    loads: list[float]
    met: crowd.VisitRecord

    @property
    def seconds(self) -> float:
        """The duration in seconds."""
        return self.minutes * MINUTE_S

    def mb(self, first: float, last: float) -> list[float]:
        """Return the samples of memory within a period, without the one before the first visitor."""
        return [megabytes for at, megabytes in self.held[1:] if first <= at < last]


def write_soak_report(found: Soak, folder: Path) -> None:
    """Write page and picture, both or neither."""
    drawn, told = capture_figure_png(_build_soak_figure(found)), build_soak_page(found)
    (folder / "pictures").mkdir(parents=True, exist_ok=True)
    for path, content in ((folder / "pictures" / "soak.png", drawn), (folder / "soak.md", told.encode())):
        new = path.with_name(f".{path.name}")
        new.write_bytes(content)
        new.replace(path)


def build_soak_page(found: Soak) -> str:
    """Return the page as Markdown."""
    met = found.met
    return TEMPLATE.read_text(encoding="utf-8").format(
        machine=f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}",
        streamlit=streamlit.__version__,
        began=found.began,
        minutes=found.minutes,
        visitors=found.visitors,
        every=crowd.EVERY_S,
        common=COMMON,
        new=1 / NEW,
        replaced=crowd.REPLACED_S,
        pages=", ".join(one.replace("_", " ") for one in PAGES),
        sessions=met.sessions,
        changes=len(met.changes),
        different=len(met.first),
        early=sum(due < found.seconds / 3 for due in met.first.values()),
        rows="\n".join(_format_interval_row(found, first) for first in range(0, int(found.seconds), ROW_S)),
        load_half=statistics.median(found.loads),
        load_most=max(found.loads),
        cache=CACHE // MIB,
        start=found.held[0][1],
        slope=_format_memory_slope(found),
    )


def _format_interval_row(found: Soak, first: int) -> str:
    last = min(first + ROW_S, found.seconds)
    # the last sample comes just after the end
    held = found.mb(first, last + (1 if last == found.seconds else 0))
    taken, errors = found.met.between(first, last)
    cells = [f"{first // MINUTE_S} to {last / MINUTE_S:.0f}", f"{statistics.mean(held):.1f}"]
    cells += [
        f"{min(held):.1f} to {max(held):.1f}",
        *(f"{compute_quantile(taken, share) * MS:.0f}" for share in (0.5, 0.95)),
    ]
    return f"| {' | '.join([*cells, f'{len(taken):,}', str(errors)])} |"


def _format_memory_slope(found: Soak) -> str:
    """Return sentences on the trend of the memory in the second half and the deviation of the samples from it."""
    half = [(at, megabytes) for at, megabytes in found.held if at >= found.seconds / 2]
    (slope, begin), spread = compute_memory_slope(half), statistics.stdev(mb for _, mb in half)
    off = statistics.stdev(mb - begin - slope * at / HOUR_S for at, mb in half)
    sixth = (half[-1][0] - half[0][0]) / 3
    early, late = (
        statistics.mean(mb for at, mb in half if low <= at <= high)
        for low, high in ((half[0][0], half[0][0] + sixth), (half[-1][0] - sixth, half[-1][0]))
    )
    return (
        f"In the second half a straight line through the samples moves by **{slope:+.1f} MB an hour**; "
        f"the samples lie {off:.1f} MB\n(standard deviation) off that line, and {spread:.1f} MB off their mean. "
        f"The mean of its first third is {early:.1f} MB, that of its\nlast third {late:.1f} MB."
    )


def compute_memory_slope(samples: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the straight line of least squares through samples of seconds and MB: MB an hour, and MB at second 0."""
    line = statistics.linear_regression([at for at, _ in samples], [megabytes for _, megabytes in samples])
    return line.slope * HOUR_S, line.intercept


def compute_quantile(ordered: Sequence[float], share: float) -> float:
    """Return the quantile of sorted values; NaN for no values."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def _build_soak_figure(found: Soak) -> go.Figure:
    """Draw memory, and below it the time of 95 % of each minute's changes."""
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.08)
    figure.update_layout(width=900, height=560, template="none", showlegend=False, margin={"t": 30, "r": 30})
    every = [at / MINUTE_S for at, _ in found.held]
    figure.add_scatter(x=every, y=[mb for _, mb in found.held], mode="lines", line_color=BLUE, row=1, col=1)
    starts = range(0, int(found.seconds), MINUTE_S)
    late = [compute_quantile(found.met.between(one, one + MINUTE_S)[0], 0.95) * MS for one in starts]
    middles = [(one + MINUTE_S / 2) / MINUTE_S for one in starts]
    figure.add_scatter(x=middles, y=late, mode="lines+markers", line_color=ORANGE, row=2, col=1)
    figure.update_yaxes(title="MB held by the server", rangemode="tozero", nticks=6, row=1, col=1)
    # logarithmic: a minute with many new views takes a hundred times as long as others
    decades = {"type": "log", "dtick": 1, "tickformat": ",d"}
    figure.update_yaxes(title="ms, 95 % within (tenfold steps)", **decades, row=2, col=1)
    figure.update_xaxes(title="minutes since the first visitors came", row=2, col=1)
    return figure
