"""The figures of computed rankings: a bump chart of all years, and a slope chart of two years."""

from khoosheh.figures.computed_rankings.bump import build_bump_figure
from khoosheh.figures.computed_rankings.lines import CHOSEN, OWN, QUIET, Line, Place, Role
from khoosheh.figures.computed_rankings.slope import build_slope_figure

__all__ = [
    "CHOSEN",
    "OWN",
    "QUIET",
    "Line",
    "Place",
    "Role",
    "build_bump_figure",
    "build_slope_figure",
]
