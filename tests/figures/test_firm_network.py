"""Who works with whom: every firm and pair once, nothing on top of anything, names that stay text."""

import random

import pytest

from khoosheh.figures.firm_network import Edge, Node, build_network_figure, build_network_legend, order_linked_firms
from khoosheh.figures.theme import Theme

NODES = [
    Node("a", "آب‌نما", "آب‌نما\nدانش‌بنیان: بله", "yes"),
    Node("b", "راه و سد", "راه و سد", "no"),
    Node("c", "بازرگانی دوردست", "بازرگانی", "not_stated"),
    Node("d", "شرکت مهندسی و بازرسی فنی و صنعتی شمال باختر نمونستان", "شمال باختر", "yes"),
]
EDGES = [Edge("a", "b", "a و b"), Edge("a", "d", "a و d")]


def drawn(lang="fa", nodes=NODES, edges=EDGES):
    return build_network_figure(nodes=nodes, edges=edges, theme=Theme(lang), alt="توضیح نمودار")


def marks(figure) -> dict[str, tuple]:
    """Each firm's id -> its trace, x and y."""
    firms = figure.data[2:]
    return {
        ids[0]: (trace.name, x, y)
        for trace in firms
        for ids, x, y in zip(trace.customdata, trace.x, trace.y, strict=True)
    }


def test_every_firm_and_every_pair_is_drawn_once_with_its_ids():
    figure = drawn()
    found = marks(figure)
    assert {code: name for code, (name, _, _) in found.items()} == {
        "a": "yes",
        "b": "no",
        "c": "not_stated",
        "d": "yes",
    }
    assert [one[0] for one in figure.data[1].customdata] == ["a b", "a d"]
    assert len({trace.marker.symbol for trace in figure.data[2:]}) == 3, "colour is not the only sign"
    assert [known for _, _, known in build_network_legend(Theme())] == [trace.name for trace in figure.data[2:]]


def test_an_arc_starts_and_ends_at_its_firms():
    figure = drawn()
    found = marks(figure)
    arcs = figure.data[0]
    ends = [place for place, x in enumerate(arcs.x) if x is None]
    first = (arcs.y[0], arcs.y[ends[0] - 1])
    assert first == pytest.approx((found["a"][2], found["b"][2]))
    assert (arcs.x[0], arcs.x[ends[0] - 1]) == pytest.approx((0, 0), abs=1e-9)
    assert max(x for x in arcs.x if x is not None) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_names_have_rows_of_their_own_and_stand_where_reading_starts(lang):
    figure = drawn(lang)
    for layout in (figure.layout, figure.layout.meta["wide"]["layout"]):
        notes = sorted(layout["annotations"], key=lambda one: one["y"])
        tops = [note["y"] - (note["text"].count("<br>") + 1) * 19 / 2 for note in notes]
        bottoms = [note["y"] + (note["text"].count("<br>") + 1) * 19 / 2 for note in notes]
        assert all(bottom < top for bottom, top in zip(bottoms, tops[1:], strict=False))
        assert {note["xanchor"] for note in notes} == {"left" if lang == "fa" else "right"}
        axis = layout["xaxis"]["range"]
        assert (axis[0] > axis[1]) == (lang == "fa")
    longest = [max(len(line) for line in note.text.split("<br>")) for note in figure.layout.annotations]
    assert max(longest) <= 19 + 2, "room for arcs is left on a phone; two marks of direction"


@pytest.mark.parametrize("name", ["<b>x</b>", "<a href='javascript:alert(1)'>x</a>", "a<br>b", "&lt;b&gt;", "%{x}"])
def test_markup_in_names_stays_text(name):
    nodes = [Node("a", name, f"{name}\n{name}"), Node("b", "b", "b")]
    figure = drawn("en", nodes, [Edge("a", "b", name)])
    shown = [note["text"] for note in figure.layout.meta["wide"]["layout"]["annotations"]]
    shown += [text for trace in figure.data[1:] for text in trace.hovertext]
    for text in shown:
        assert "<" not in text.replace("<br>", "")
    assert name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in shown


def test_the_order_is_the_same_for_the_same_question_and_keeps_partners_near():
    dice = random.Random(3)
    codes = [f"firm-{number}" for number in range(30)]
    ring = [(codes[one], codes[one - 1]) for one in range(30)]
    shuffled = [tuple(dice.sample(pair, 2)) for pair in dice.sample(ring, 30)]
    found = order_linked_firms(dice.sample(codes, 30), shuffled)
    assert found == order_linked_firms(codes, ring) and sorted(found) == sorted(codes)
    place = {code: number for number, code in enumerate(found)}
    assert max(abs(place[one] - place[other]) for one, other in ring) == 2, "a ring folds in two"


def test_each_group_starts_at_a_firm_with_the_fewest_partners_and_is_never_split():
    star = [("m", "z"), ("m", "k"), ("m", "b"), ("b", "k")]
    found = order_linked_firms(["m", "z", "k", "b", "a", "y", "x"], [*star, ("x", "y")])
    assert found == ["a", "z", "m", "b", "k", "x", "y"]
    assert order_linked_firms(["b", "a"], []) == ["a", "b"] and order_linked_firms([], []) == []


def test_firms_without_any_link_are_still_rows():
    assert len(marks(drawn(edges=[]))) == 4
