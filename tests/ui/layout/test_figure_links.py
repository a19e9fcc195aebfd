"""Tooltips name speaker, day and source; labels set the filter of the subject that they name."""

import csv
import html
import re
from itertools import chain

import pytest
from page_visits import figures, visit

from testing import made_up


def read_table(name: str) -> dict[str, dict[str, str]]:
    with (made_up.SHIPPED / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {next(iter(row.values())): row for row in rows}


def plain(text: str) -> str:
    bare = re.sub("<[^>]*>", " ", text).replace("\u202b", "").replace("\u202c", "").replace("●", " ")
    return html.unescape(" ".join(bare.split()))


def iter_marks(figure: dict):
    """Yield the statement ids and the tooltip of each mark that has statements."""
    for trace in figure["data"]:
        for mark, text in zip(trace.get("customdata") or (), trace.get("hovertext") or (), strict=False):
            if mark[0]:
                yield mark[0].split(), plain(text)


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("page", ["investment", "schedule", "value_chains"])
def test_tooltips_name_who_said_it_when_and_where(page, lang):
    statements, sources = read_table("statements"), read_table("sources")
    marks = list(chain.from_iterable(map(iter_marks, figures(visit(page, lang=lang)))))
    assert len(marks) > 5
    for mark_ids, text in marks:
        ids = [one for one in mark_ids if one in statements]
        named = [
            one
            for one in ids
            if statements[one][f"speaker_{lang}"] in text
            and plain(sources[statements[one]["source_id"]][f"title_{lang}"]) in text
        ]
        assert len(named) >= min(len(ids), 3), text


def test_a_tooltip_does_not_repeat_the_label():
    figure = figures(visit("investment", lang="en"))[0]
    # the name of a row stands in the tooltips of its marks, which are far from it
    labels = {plain(label["text"]) for label in figure["layout"]["annotations"] if not label.get("name")}
    assert labels
    for _, text in iter_marks(figure):
        assert not any(text.startswith(label) for label in labels), text


def test_labels_set_the_filter_of_the_project_that_they_name():
    projects = read_table("projects")
    figure = figures(visit("investment", lang="en"))[0]
    for form in (figure, figure["layout"]["meta"]["wide"]):
        named = [label for label in form["layout"]["annotations"] if label.get("name")]
        # four projects of which an amount was stated
        assert len(named) == 4
        for label in named:
            field, code = label["name"].split("=")
            assert field == "project" and plain(label["text"]) == projects[code]["name_en"]
            assert label["captureevents"] and plain(label["hovertext"]) == (
                f"Filter by Project: {projects[code]['name_en']}"
            )


def test_labels_of_chains_set_the_chain_though_one_project_alone_may_be_known():
    figure = figures(visit("investment", lang="en", by="chain_id"))[0]
    named = {label["name"]: plain(label["text"]) for label in figure["layout"]["annotations"] if label.get("name")}
    assert named == {
        "chain=water_agriculture": "Water and agriculture",
        "chain=copper": "Copper",
        "chain=steel": "Steel",
    }


def test_a_page_that_no_filter_selects_has_labels_that_do_nothing():
    for figure in figures(visit("ranking", lang="en")):
        assert not any(label.get("name") for label in figure["layout"].get("annotations", ()))
