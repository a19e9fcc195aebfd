"""A slide: a finding with all that it shows without the page: title, figure, table, note and sources."""

from dataclasses import dataclass

from khoosheh.figures.theme import FigureFactory

# the roles of a series in a native chart: certain values, possible values beyond them, invisible distance
CERTAIN, POSSIBLE, HIDDEN = "certain", "possible", "hidden"
# forms of a native chart: horizontal bars with stacked series; lines with gaps where a value is missing
BARS, LINES = "bars", "lines"


@dataclass(frozen=True)
class Series:
    """Values of a native chart, one for each category, ``None`` for a gap. ``colour``: place in the palette."""

    name: str
    values: tuple[float | None, ...]
    role: str = CERTAIN
    colour: int = 0


@dataclass(frozen=True)
class NativeChart:
    """A chart as an office program draws and edits it.

    ``labels``: the words beside each bar, as a reader reads the value ('at least 60'); ``unit`` stands on the axis;
    ``best_first``: 1 is the best value and stands at the top; ``most``: where the axis ends. ``instead``: how this
    differs from the figure on the screen, in the reader's words; empty where it does not.
    """

    form: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    labels: tuple[str, ...] = ()
    best_first: bool = False
    most: float | None = None
    instead: str = ""


@dataclass(frozen=True)
class Table:
    """Words in rows below headings; every row has as many cells as there are headings.

    ``cut``: how many rows of how many these are, in words; empty where they are all.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    cut: str = ""


@dataclass(frozen=True)
class Slide:
    """One finding. ``key`` is stable and stands in addresses; ``page`` is the page with the same finding.

    ``title`` is the finding in words, ``known`` 'known m of n' (may be empty), ``note`` the rule or caveat that must
    not be lost (may be empty). ``figure`` draws the figure of the page in a theme, and ``legend`` explains it;
    ``native`` is the same for office programs; ``table`` the same in words. The finding comes from the statements of
    ``statement_ids``, or from tables of the ``sources``.
    """

    key: str
    page: str
    title: str
    known: str = ""
    note: str = ""
    figure: FigureFactory | None = None
    legend: str = ""
    native: NativeChart | None = None
    table: Table | None = None
    statement_ids: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
