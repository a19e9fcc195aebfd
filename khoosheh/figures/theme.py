"""The look of all figures: light and dark colours, direction of text, sizes on a page and on a projector."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import plotly.graph_objects as go

from khoosheh.persian import embed_rtl

# the font family that the style sheet of the server binds to Vazirmatn, on Persian pages with Persian digits
FONT = "Khoosheh, Vazirmatn, sans-serif"
# the palette of Okabe and Ito, which colour-blind readers can tell apart; neighbours in the order differ most
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C8C00", "#7F7F7F", "#A05195")
# the same for a dark ground, with lighter colours for the darkest
DARK_PALETTE = ("#4AA8E8", "#E69F00", "#1FBF8F", "#CC79A7", "#9AD4F5", "#E8762B", "#B5B52E", "#A6A6A6", "#C57BBB")
SCHEMES = {
    "light": {"text": "#26323a", "muted": "#6a7780", "grid": "#e3e8eb", "track": "#eef2f4", "ground": "#ffffff"},
    "dark": {"text": "#e8edf0", "muted": "#9fb0ba", "grid": "#3a444b", "track": "#2b343a", "ground": "#151b20"},
}
# how much larger letters are on a projector than on a page
PROJECTOR_SCALE = 1.3

# properties of a part of a Plotly figure, such as an annotation, a shape or an axis
PlotlyValue: TypeAlias = "str | float | Sequence[PlotlyValue] | Mapping[str, PlotlyValue] | None"
PlotlyProperties: TypeAlias = dict[str, PlotlyValue]


@dataclass(frozen=True)
class Theme:
    """Language, colour scheme ('light' or 'dark') and use of a figure: on a page, or with a ``projector``."""

    lang: str = "fa"
    scheme: str = "light"
    projector: bool = False

    @property
    def rtl(self) -> bool:
        """Whether the figure is read from right to left."""
        return self.lang == "fa"

    def letters(self, px: int) -> int:
        """Return a font size or line height, which is ``px`` on a page."""
        return round(px * PROJECTOR_SCALE) if self.projector else px

    def signs(self, count: int) -> int:
        """Return how many letters fit into the width of ``count`` letters on a page."""
        return round(count / PROJECTOR_SCALE) if self.projector else count

    def colour(self, role: str) -> str:
        """Return a colour of the scheme by its role: text, muted, grid, track or ground."""
        return SCHEMES[self.scheme][role]

    def mark_colour(self, place: int) -> str:
        """Return a colour of the palette by its place; places beyond its end start again."""
        palette = DARK_PALETTE if self.scheme == "dark" else PALETTE
        return palette[place % len(palette)]

    def words(self, text: str) -> str:
        """Return a text for Plotly: markup escaped, and right-to-left text embedded, since SVG is left to right."""
        return embed_rtl(escape_plotly_tags(text)) if self.rtl else escape_plotly_tags(text)

    def mark(self, text: str) -> str:
        """Return a number with a per cent sign in the direction of the language, since no letter of it shows this."""
        return f"\u202b{text}\u202c" if self.rtl else text


# only the package of figures imports Plotly; other packages name its type by this alias
Figure: TypeAlias = go.Figure
# draws a figure in a theme
FigureFactory: TypeAlias = Callable[[Theme], Figure]


def escape_plotly_tags(text: str) -> str:
    """Return a text without markup for Plotly, which renders some HTML tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def format_colour_key(theme: Theme, words: str, colour: int) -> str:
    """Return words for Plotly after a dot in a colour, which is given by its place in the palette."""
    dot = f'<span style="color:{theme.mark_colour(colour)}">●</span>'
    return f"{theme.words(words)} {dot}" if theme.rtl else f"{dot} {theme.words(words)}"


def build_empty_figure(theme: Theme, *, height: int, alt: str) -> go.Figure:
    """Return an empty figure with the common layout; ``height`` in pixels, ``alt``: its description."""
    layout = go.Layout(
        height=height,
        margin={"l": 24, "r": 24, "t": 8, "b": 36},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT, "size": 14, "color": theme.colour("text")},
        separators="٫٬" if theme.rtl else ".,",
        hoverlabel={"font": {"family": FONT, "size": 14}, "align": "right" if theme.rtl else "left"},
        barmode="overlay",
        dragmode=False,
        clickmode="event",
        showlegend=False,
        meta={"alt": alt},
    )
    return go.Figure(layout=layout)
