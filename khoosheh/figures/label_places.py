"""Places of texts beside marks, so that they cover neither each other nor marks and lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

LETTER_PX, LINE_PX, GAP_PX = 6.6, 16, 10

# the side of a mark on which its text stands
Side: TypeAlias = Literal["right", "left", "above", "below"]
SIDES: tuple[Side, ...] = ("right", "left", "above", "below")
# left, top, right and bottom in pixels
Box: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True)
class Anchor:
    """A mark with the middle of it in pixels, and the text that may stand beside it."""

    x: float
    y: float
    words: str


def choose_label_sides(
    anchors: Sequence[Anchor], taken: Sequence[Box], width: float, height: float
) -> list[Side | None]:
    """Return the side on which the text of each mark stands; ``None`` where there is no room for it.

    ``taken``: boxes that no text may cover, such as lines; ``width``, ``height``: of the area, in pixels. Marks that
    come first choose first.
    """
    marks = [(one.x - GAP_PX / 2, one.y - GAP_PX / 2, one.x + GAP_PX / 2, one.y + GAP_PX / 2) for one in anchors]
    texts: list[Box] = []
    sides: list[Side | None] = []
    for place, anchor in enumerate(anchors):
        others = [*marks[:place], *marks[place + 1 :]]
        free = (
            (side, box)
            for side, box in _list_boxes(anchor)
            if box[0] >= 0 and box[2] <= width and box[1] >= 0 and box[3] <= height
            and not any(_do_overlap(box, other) for other in (*taken, *texts))
            and not any(_do_overlap(_extend_to_mark(box, anchor), other) for other in others)
        )  # fmt: skip
        side, found = next(free, (None, None))
        sides.append(side)
        if found:
            texts.append(found)
    return sides


def _list_boxes(anchor: Anchor) -> Iterator[tuple[Side, Box]]:
    wide, half = len(anchor.words) * LETTER_PX, LINE_PX / 2
    middle = (anchor.x - wide / 2, anchor.x + wide / 2)
    yield "right", (anchor.x + GAP_PX, anchor.y - half, anchor.x + GAP_PX + wide, anchor.y + half)
    yield "left", (anchor.x - GAP_PX - wide, anchor.y - half, anchor.x - GAP_PX, anchor.y + half)
    # a line of its own height away
    yield "above", (middle[0], anchor.y - 2 * LINE_PX, middle[1], anchor.y - LINE_PX)
    yield "below", (middle[0], anchor.y + LINE_PX, middle[1], anchor.y + 2 * LINE_PX)


def _extend_to_mark(box: Box, anchor: Anchor) -> Box:
    """Return a box with all between it and its mark: a text above two marks would seem to belong to both."""
    return box[0], min(box[1], anchor.y), box[2], max(box[3], anchor.y)


def _do_overlap(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
