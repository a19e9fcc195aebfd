"""A slide: one finding with everything that it needs to stand alone in a meeting."""

from dataclasses import dataclass

from khoosheh.figures.theme import FigureFactory

# how a series of a native chart is drawn: what is certain, what is possible beyond it, room that only shifts
CERTAIN, POSSIBLE, HIDDEN = "certain", "possible", "hidden"
# bars lie, one below the other, their series stacked; lines run over the categories, broken where a value is missing
BARS, LINES = "bars", "lines"


@dataclass(frozen=True)
class Series:
    """Values of a native chart, one a category in its unit, a gap where missing. ``colour``: place in the palette."""

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
    """One finding. ``key`` is stable and stands in addresses; ``page`` is the page that tells the same.

    ``title`` is the finding in words, ``known`` 'known m of n' (may be empty), ``note`` the rule or caveat that must
    not be lost (may be empty). ``figure`` draws what the page draws, in a theme, and ``legend`` says how to read it;
    ``native`` is the same for office programs; ``table`` the same in words. Behind it stand the statements of
    ``statement_ids``, or the ``sources`` of the tables that it was computed from.
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
