"""Sizes of letters: what is said to fit does, words broken between words, line by line."""

import random
import textwrap

import pytest

from khoosheh.exports.pptx import text_fitting
from khoosheh.exports.pptx.text_fitting import BOLD, CUT, LEADING, LETTER


def broken(words: str, width: float, size: float, letter: float = LETTER) -> int:
    """Count lines as a program breaks them, which is slower than estimating them."""
    return len(textwrap.wrap(words, max(1, int(width / (size * letter))))) or 1


def test_titles_worked_out_by_hand():
    # 600 points take 600 / (20 × 0.6) = 50 letters of 20 points
    assert text_fitting.count_text_lines("x" * 50, 600, 20, BOLD) == 1
    assert text_fitting.count_text_lines("x" * 51, 600, 20, BOLD) == 2
    assert text_fitting.find_one_line_size("x" * 50, 600, [24, 20], BOLD) == 20
    assert text_fitting.find_one_line_size("x" * 51, 600, [24, 20], BOLD) is None
    # two lines of 50 letters, of which words fill 92 in a hundred
    assert text_fitting.compute_letter_capacity((600, 2 * 20 * LEADING), 20, BOLD) == 92
    assert text_fitting.fit_texts(["x" * 50], (600, 20 * LEADING), 20, 10, BOLD) == (20, ["x" * 50])


def test_what_fits_keeps_its_size_and_words():
    size, [shown] = text_fitting.fit_texts(["short"], (600, 80), 30, 18)
    assert (size, shown) == (30, "short")


@pytest.mark.parametrize("seed", range(40))
def test_any_words_fit_their_box(seed):
    dice = random.Random(seed)
    texts = [
        " ".join("w" * dice.randint(1, 9) for _ in range(dice.choice([1, 8, 60, 900])))
        for _ in range(dice.randint(1, 4))
    ]
    box, largest, smallest = (dice.randint(300, 900), dice.randint(80, 300)), dice.randint(14, 36), 9
    size, shown = text_fitting.fit_texts(texts, box, largest, smallest)
    assert smallest <= size <= largest and len(shown) == len(texts)
    assert sum(broken(one, box[0], size) for one in shown) * size * LEADING <= box[1]
    for one, given in zip(shown, texts, strict=True):
        assert one == given or (one.endswith(CUT) and given.startswith(one.removesuffix(CUT)) and size == smallest)


def test_a_cut_text_says_so():
    assert text_fitting.truncate_text("abcdef", 6) == "abcdef"
    assert text_fitting.truncate_text("abcdef", 4) == "abc…"
    assert text_fitting.truncate_text("abc def", 5) == "abc…"
    assert text_fitting.truncate_text("abc", 0) == "…"
