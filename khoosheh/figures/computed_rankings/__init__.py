"""The figures of computed rankings: a bump chart of all years, a slope chart of two years, and a map of one year."""

from khoosheh.figures.computed_rankings.bump import build_bump_figure
from khoosheh.figures.computed_rankings.lines import CHOSEN, OWN, QUIET, Line, Place, Role
from khoosheh.figures.computed_rankings.map import Area, Shapes, build_ranking_map_figure
from khoosheh.figures.computed_rankings.slope import build_slope_figure

__all__ = [
    "CHOSEN",
    "OWN",
    "QUIET",
    "Area",
    "Line",
    "Place",
    "Role",
    "Shapes",
    "build_bump_figure",
    "build_ranking_map_figure",
    "build_slope_figure",
]
