"""The page that presents: which slide stands on the screen, in which order, and how a set is chosen."""

import json
import re
from html import unescape

import pytest
from page_visits import figures, visit, words

from khoosheh.figures.theme import Theme
from khoosheh.measures.scope import Selection
from khoosheh.topics.deck import build_slide_deck, select_deck_slides
from khoosheh.topics.request import Question
from khoosheh.topics.slide import Slide
from testing import made_up


@pytest.fixture(autouse=True)
def published(monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.SHIPPED))


def hand(app) -> dict:
    """Return what the keys and buttons of a slide were told."""
    parts = [one.proto for one in app.get("bidi_component") if one.proto.component_name == "khoosheh_present"]
    return json.loads(parts[0].json)


def deck(found, lang="en", question=None) -> list[Slide]:
    return build_slide_deck(found, question or Question(), lang)


def set_of(app) -> list[str]:
    """Return the set of slides in the address."""
    found = app.query_params["slides"]
    return (found[0] if isinstance(found, list) else found).split(",")


def plain(app) -> str:
    return re.sub(r"\\(.)", r"\1", app.title[0].value)


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_each_slide_of_the_deck_is_shown_with_its_small_print(shipped, lang):
    app = visit("present", lang=lang)
    every = deck(shipped, lang)
    # one of each kind is enough in the language whose digits cannot go wrong
    some = every if lang == "fa" else every[:: len(every) // 4]
    for slide in some:
        app.query_params["slide"] = slide.key
        app.run()
        assert not app.exception and plain(app) == slide.title
        assert (hand(app)["at"], len(app.title)) == (every.index(slide), 1)
        said = re.sub(r"\\(.)", r"\1", app.caption[0].value)
        assert slide.known in said and {"fa": "۱۴۰۵", "en": "1405"}[lang] in said
        assert bool(slide.statement_ids) == ("./evidence?" in said)
        if slide.sources:
            assert {"fa": "منبع:", "en": "Source:"}[lang] in said
        if lang == "fa":
            assert not re.search("[0-9]", re.sub(r"\(\S*\)", "", said)), said
            assert not re.search("[0-9]", hand(app)["shown"])


def drop_tooltips(figure: dict) -> dict:
    """Return a figure without its tooltips, to which a page adds speaker, day and source."""
    wide = (figure["layout"].get("meta") or {}).get("wide")
    for trace in [*figure["data"], *(wide["data"] if wide else ())]:
        trace.pop("hovertext", None)
        trace.pop("hoverinfo", None)
    return figure


def test_a_figure_is_the_one_of_the_deck_with_letters_for_a_projector(shipped):
    app = visit("present", lang="en", slide="investment", unit="hemat", chain="copper")
    asked = Question(Selection(unit="hemat", chains=("copper",)))
    slide = next(one for one in deck(shipped, "en", asked) if one.key == "investment")
    twin = json.loads(slide.figure(Theme("en", "light", projector=True)).to_json())
    assert list(map(drop_tooltips, figures(app))) == [drop_tooltips(twin)] and plain(app) == slide.title
    assert hand(app)["heights"] == [twin["layout"]["height"], twin["layout"]["meta"]["wide"]["layout"]["height"]]
    onpage = json.loads(slide.figure(Theme("en", "light")).to_json())
    assert [one["x"] for one in twin["data"]] == [one["x"] for one in onpage["data"]]
    size = {one["font"]["size"] for one in onpage["layout"]["annotations"]}
    assert min(one["font"]["size"] for one in twin["layout"]["annotations"]) > max(size)


def test_a_set_has_its_order_and_names_what_it_lacks(shipped):
    every = deck(shipped)
    chosen, lost = select_deck_slides(every, ("cluster", "gold", "investment"), "")
    assert [one.key for one in chosen] == ["cluster", "investment"] and lost == ("gold",)
    assert {one.page for one in select_deck_slides(every, (), "ranking")[0]} == {"ranking"}
    assert select_deck_slides(every, (), "evidence")[0] == every
    app = visit("present", lang="en", slides="cluster,gold,investment,cluster")
    assert hand(app)["keys"] == ["cluster", "investment"] and "gold" in app.caption[0].value
    app = visit("present", lang="en", of="schedule", slide="progress-artavil-sponge-iron")
    assert hand(app)["keys"] == ["schedule", "progress-artavil-sponge-iron"] and hand(app)["at"] == 1
    app = visit("present", lang="en", slide="nothing-such")
    assert hand(app)["at"] == 0 and "nothing-such" in app.caption[0].value


@pytest.mark.parametrize(
    ("field", "value"),
    [("slide", "<b>x</b>"), ("slides", "a b,investment"), ("of", "gold"), ("choose", "2"), ("asof", "1402-13")],
)
def test_what_an_address_does_not_mean_is_said_on_the_slide(field, value):
    app = visit("present", lang="en", **{field: value})
    assert not app.exception and len(app.title) == 1
    assert "was not understood" in app.caption[0].value and "<b>" not in app.caption[0].value.replace("\\<", "")


def test_an_earlier_day_is_told_and_leaves_out_what_was_not_said():
    app = visit("present", lang="en", asof="1403-06", slide="progress-artavil-sponge-iron")
    assert "31 Shahrivar 1403" in app.caption[0].value and "no such slide" in app.caption[0].value
    assert "asof=1403-06" in hand(app)["links"]["leave"]


def test_no_frame_stands_around_a_slide_and_each_page_leads_to_its_own():
    app = visit("present")
    assert not app.get("selectbox") and not app.get("expander")
    assert "<footer" not in words(app)
    assert "<nav" not in words(app)
    for page in ("overview", "investment", "value_chains", "evidence"):
        app = visit(page, asof="1403-06", slides="cluster", slide="cluster")
        (link,) = re.findall(r'<a href="\./present\?([^"]*)"[^>]*>ارائه</a>', words(app))
        told = dict(one.split("=") for one in unescape(link).split("&"))
        of = {} if page in ("overview", "evidence") else {"of": page}
        assert told == {"asof": "1403-06", **of}


def test_before_the_first_word_that_is_the_finding():
    app = visit("present", lang="en", asof="1390-01", of="investment")
    # that nothing was stated of the chains is a finding of its own; of other pages no slide is left
    assert not app.exception and hand(app)["keys"][0] == "value_chains-matrix"
    assert "No stage's state" in plain(app)


def test_a_set_of_which_nothing_is_left_says_so():
    app = visit("present", lang="en", slides="cluster,investment", asof="1390-01")
    assert app.title[0].value == "There is no slide to show" and app.info
    assert "cluster" in app.warning[0].value and "choose=1" in words(app)


def test_a_set_of_no_slides_can_be_mended():
    app = visit("present", lang="en", slides="gold", choose="1")
    assert "gold" in app.warning[0].value and not any(one.value for one in app.checkbox)
    app.checkbox(key="tick-cluster").check().run()
    assert set_of(app) == ["cluster"] and not app.warning


def test_slides_are_chosen_and_moved_and_the_set_lives_in_the_address(shipped):
    whole = [one.key for one in deck(shipped, "fa")]
    app = visit("present", choose="1")
    assert [one.key for one in app.checkbox] == [f"tick-{key}" for key in whole]
    assert all(one.value for one in app.checkbox) and "slides" not in app.query_params
    app.checkbox(key="tick-ranking").uncheck().run()
    assert set_of(app) == [key for key in whole if key != "ranking"]
    app.button(key=f"down-{whole[0]}").click().run()
    first = set_of(app)[:2]
    assert first == [whole[1], whole[0]] and [one.key for one in app.checkbox][:2] == [f"tick-{one}" for one in first]
    assert app.button(key=f"up-{whole[1]}").disabled and not app.button(key=f"up-{whole[0]}").disabled
    app.button(key=f"up-{whole[0]}").click().run()
    app.checkbox(key="tick-ranking").check().run()
    assert set_of(app)[-1] == "ranking"
    assert "۱۶" in app.title[0].value


def test_the_last_slide_of_a_set_stays():
    app = visit("present", choose="1", slides="cluster")
    assert app.checkbox(key="tick-cluster").disabled and not app.checkbox(key="tick-ranking").disabled
