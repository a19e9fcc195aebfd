"""Words beside marks: they cover neither each other nor marks, lines and the edge."""

import random

import pytest

from khoosheh.figures.label_places import SIDES, Anchor, _do_overlap, _list_boxes, choose_label_sides


def test_words_stand_after_a_mark_and_before_it_at_the_edge():
    assert choose_label_sides([Anchor(50, 50, "word")], [], 200, 100) == ["right"]
    assert choose_label_sides([Anchor(180, 50, "word")], [], 200, 100) == ["left"]


def test_words_without_room_are_left_out():
    assert choose_label_sides([Anchor(50, 50, "word" * 40)], [], 200, 100) == [None]
    assert choose_label_sides([Anchor(50, 50, "word")], [(0, 0, 200, 100)], 200, 100) == [None]


@pytest.mark.parametrize("seed", range(20))
def test_no_two_words_overlap(seed):
    dice = random.Random(seed)
    anchors = [Anchor(dice.uniform(0, 700), dice.uniform(0, 260), "w" * dice.randrange(3, 30)) for _ in range(20)]
    sides = choose_label_sides(anchors, [], 700, 260)
    assert set(sides) <= {*SIDES, None}
    boxes = [dict(_list_boxes(anchor))[side] for anchor, side in zip(anchors, sides, strict=True) if side]
    assert boxes
    for place, box in enumerate(boxes):
        assert not [other for other in boxes[place + 1 :] if _do_overlap(box, other)]
