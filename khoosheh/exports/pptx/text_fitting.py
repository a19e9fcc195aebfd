"""Letters that fit: sizes and cuts by a rule of ours, since PowerPoint fits a text only once it is edited."""

import math
from collections.abc import Sequence

# a letter's width and a line's height in shares of the size: as much as wide fonts take
LETTER, BOLD, LEADING = 0.55, 0.6, 1.22
# what words leave of lines that they fill, since they break between words only
FILLED = 0.92
STEP, CUT = 0.5, "…"
# width and height in points
Box = tuple[float, float]


def fit_texts(
    texts: Sequence[str], box: Box, largest: float, smallest: float, letter: float = LETTER
) -> tuple[float, list[str]]:
    """Return the largest size in points in which texts fit below each other, and the texts.

    Where they do not fit in the smallest either, each is cut to its share of the lines.
    """
    size = largest
    while size > smallest and _compute_text_height(texts, box, size, letter) > box[1]:
        size = max(smallest, size - STEP)
    if _compute_text_height(texts, box, size, letter) <= box[1]:
        return size, list(texts)
    most = compute_letter_capacity((box[0], box[1] / len(texts)), size, letter)
    return size, [truncate_text(one, most) for one in texts]


def find_one_line_size(words: str, width_pt: float, sizes: Sequence[float], letter: float = LETTER) -> float | None:
    """Return the first of some sizes in which a text stands on one line; nothing where it does in none."""
    return next((one for one in sizes if count_text_lines(words, width_pt, one, letter) == 1), None)


def compute_letter_capacity(box: Box, size: float, letter: float = LETTER) -> int:
    """Return how many letters of a size stand in a box; at least those of one line."""
    each = _count_letters_per_line(box[0], size, letter)
    most = max(1, int(box[1] / (size * LEADING)))
    return each if most == 1 else int(most * each * FILLED)


def count_text_lines(words: str, width_pt: float, size: float, letter: float = LETTER) -> int:
    """Return in how many lines of a width a text stands."""
    each = _count_letters_per_line(width_pt, size, letter)
    return 1 if len(words) <= each else max(2, math.ceil(len(words) / (each * FILLED)))


def truncate_text(words: str, most: int) -> str:
    """Return at most so many letters of a text; an ellipsis tells that there were more."""
    return words if len(words) <= most else words[: max(0, most - len(CUT))].rstrip() + CUT


def _count_letters_per_line(width_pt: float, size: float, letter: float) -> int:
    """Return how many letters stand on one line; at least one."""
    return max(1, int(width_pt / (size * letter)))


def _compute_text_height(texts: Sequence[str], box: Box, size: float, letter: float) -> float:
    return sum(count_text_lines(one, box[0], size, letter) for one in texts) * size * LEADING
