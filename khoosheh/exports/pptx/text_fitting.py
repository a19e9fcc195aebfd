"""Choosing sizes of texts and truncating them, since PowerPoint fits a text to its box only when it is edited."""

import math
from collections.abc import Sequence

# width of a letter, of a bold one, and height of a line in shares of the size, as in wide fonts
LETTER, BOLD, LEADING = 0.55, 0.6, 1.22
# the share of a line that is filled on average, since lines break between words only
FILLED = 0.92
STEP, CUT = 0.5, "…"
# width and height in points
Box = tuple[float, float]


def fit_texts(
    texts: Sequence[str], box: Box, largest: float, smallest: float, letter: float = LETTER
) -> tuple[float, list[str]]:
    """Return the largest size in points at which texts fit into a box below each other, and the texts.

    If they do not fit at the smallest size either, each text is truncated to an equal share of the box.
    """
    size = largest
    while size > smallest and _compute_text_height(texts, box, size, letter) > box[1]:
        size = max(smallest, size - STEP)
    if _compute_text_height(texts, box, size, letter) <= box[1]:
        return size, list(texts)
    most = compute_letter_capacity((box[0], box[1] / len(texts)), size, letter)
    return size, [truncate_text(text, most) for text in texts]


def find_one_line_size(text: str, width_pt: float, sizes: Sequence[float], letter: float = LETTER) -> float | None:
    """Return the first of ``sizes`` at which a text fits on one line; ``None`` if it fits at none."""
    return next((size for size in sizes if count_text_lines(text, width_pt, size, letter) == 1), None)


def compute_letter_capacity(box: Box, size: float, letter: float = LETTER) -> int:
    """Return how many letters of a size fit into a box; at least those of one line."""
    per_line = _count_letters_per_line(box[0], size, letter)
    lines = max(1, int(box[1] / (size * LEADING)))
    return per_line if lines == 1 else int(lines * per_line * FILLED)


def count_text_lines(text: str, width_pt: float, size: float, letter: float = LETTER) -> int:
    """Return the number of lines that a text takes in a width."""
    per_line = _count_letters_per_line(width_pt, size, letter)
    return 1 if len(text) <= per_line else max(2, math.ceil(len(text) / (per_line * FILLED)))


def truncate_text(text: str, most: int) -> str:
    """Return at most ``most`` letters of a text; a truncated text ends with an ellipsis."""
    return text if len(text) <= most else text[: max(0, most - len(CUT))].rstrip() + CUT


def _count_letters_per_line(width_pt: float, size: float, letter: float) -> int:
    """Return how many letters fit on one line; at least one."""
    return max(1, int(width_pt / (size * letter)))


def _compute_text_height(texts: Sequence[str], box: Box, size: float, letter: float) -> float:
    return sum(count_text_lines(text, box[0], size, letter) for text in texts) * size * LEADING
