"""The roles of provinces in figures: the own one, those that a reader chose, and all others."""

from collections.abc import Sequence

from khoosheh.figures.computed_rankings import CHOSEN, OWN, QUIET, Role
from khoosheh.formatting import is_missing
from khoosheh.register import Register
from khoosheh.topics.request import Row

OWN_COLOUR, CHOSEN_COLOURS = 5, (0, 2, 3, 1, 4, 6)


def collect_province_codes(row: Row) -> set[str]:
    """Return the codes of the province, or of both provinces, of a row."""
    return {code for code in (row["iso_3166_2"], row["joint_iso_3166_2"]) if not is_missing(code) and code}


def find_province_role(register: Register, row: Row, chosen: Sequence[str]) -> tuple[Role, int]:
    """Return the role of a province in figures, and its place in the palette."""
    codes = collect_province_codes(row)
    if register.province in codes:
        return OWN, OWN_COLOUR
    for place, code in enumerate(chosen):
        if code in codes:
            return CHOSEN, CHOSEN_COLOURS[place % len(CHOSEN_COLOURS)]
    return QUIET, 0
