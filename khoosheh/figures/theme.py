"""One look for all figures: light and dark, right to left and left to right."""

from dataclasses import dataclass

import plotly.graph_objects as go

from khoosheh.persian import embed_rtl

# The family that the server binds to Vazirmatn, in Persian to its cut with Persian digits.
FONT = "Khoosheh, Vazirmatn, sans-serif"
# Okabe and Ito's palette, told apart by colour-blind readers; the order keeps neighbours far apart.
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C8C00", "#7F7F7F", "#A05195")
# on a dark ground the darkest of them are lifted
DARK_PALETTE = ("#4AA8E8", "#E69F00", "#1FBF8F", "#CC79A7", "#9AD4F5", "#E8762B", "#B5B52E", "#A6A6A6", "#C57BBB")
SCHEMES = {
    "light": {"text": "#26323a", "muted": "#6a7780", "grid": "#e3e8eb", "track": "#eef2f4", "ground": "#ffffff"},
    "dark": {"text": "#e8edf0", "muted": "#9fb0ba", "grid": "#3a444b", "track": "#2b343a", "ground": "#151b20"},
}


HALL = 1.3


@dataclass(frozen=True)
class Theme:
    """Language and colour scheme ('light' or 'dark') of a figure; ``hall``: it is read from afar."""

    lang: str = "fa"
    scheme: str = "light"
    hall: bool = False

    @property
    def rtl(self) -> bool:
        """Whether the figure is read from right to left."""
        return self.lang == "fa"

    def letters(self, px: int) -> int:
        """Return the size of letters that are ``px`` high on a page, or of a line of them."""
        return round(px * HALL) if self.hall else px

    def signs(self, count: int) -> int:
        """Return how many letters stand where ``count`` stand on a page."""
        return round(count / HALL) if self.hall else count

    def colour(self, role: str) -> str:
        """Return a colour by its role: text, muted, grid, track, ground."""
        return SCHEMES[self.scheme][role]

    def mark_colour(self, place: int) -> str:
        """Return a colour of the palette by its place."""
        palette = DARK_PALETTE if self.scheme == "dark" else PALETTE
        return palette[place % len(palette)]

    def words(self, text: str) -> str:
        """Return a text as Plotly shows it as it is, in its base direction, which SVG takes to be left to right."""
        return embed_rtl(escape_plotly_tags(text)) if self.rtl else escape_plotly_tags(text)

    def mark(self, text: str) -> str:
        """Set the base direction of a number with a sign, which has no letter to tell it by."""
        return f"\u202b{text}\u202c" if self.rtl else text


def escape_plotly_tags(text: str) -> str:
    """Return a text so that Plotly, which takes some tags for markup, shows it as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def build_empty_figure(theme: Theme, *, height: int, alt: str) -> go.Figure:
    """Return an empty figure in the house's look."""
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
