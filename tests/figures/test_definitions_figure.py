"""The figure of the three definitions: a group of thin bars for each chain, below one label."""

import pytest

from khoosheh import queries
from khoosheh.figures.theme import Theme
from khoosheh.measures.rows import read_rows
from khoosheh.measures.scope import Selection
from khoosheh.measures.value_chains import RUN, CompletionRow
from khoosheh.topics.request import FindingRequest, Question
from khoosheh.topics.value_chains.findings import COMPLETION


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_each_chain_has_one_label_and_a_bar_for_each_definition(shipped, lang):
    rows = read_rows(queries.query_chain_completion(shipped, Selection()), CompletionRow)
    request = FindingRequest(shipped, Question(), lang)
    figure = COMPLETION.figure(request, rows, "title")(Theme(lang))
    certain = figure.data[0]
    wholes = [row["of"] if row["definition"] == RUN else 1 for row in rows]
    # of a chain of which nobody spoke nothing is drawn
    lows = [row["low"] / whole if row["known"] else 0 for row, whole in zip(rows, wholes, strict=True)]
    assert list(certain.x) == pytest.approx(lows)
    assert len(figure.layout.shapes) == len(rows) == 15
    names = [one.text for one in figure.layout.annotations]
    assert len([name for name in names if name]) == 5
    assert len(set(certain.hovertext)) == 15, "each bar says which definition it is"
    tops = [shape.y0 for shape in figure.layout.shapes]
    assert tops == sorted(tops)
    # the bars of a chain stand nearer to each other than to those of the next
    near, apart = tops[1] - tops[0], tops[3] - tops[2]
    assert near < apart
