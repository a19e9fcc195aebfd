"""The map of counties: the projects that the files name, those without a county in a box, and a click that filters."""

import csv
from collections import defaultdict
from datetime import date

import pytest

from khoosheh import queries
from khoosheh.figures.area_map import CLASSES
from khoosheh.figures.theme import Theme
from khoosheh.formatting import is_missing
from khoosheh.measures.scope import Selection
from khoosheh.topics.investment import counties
from khoosheh.topics.investment.findings import COUNTIES
from khoosheh.topics.request import FindingRequest, Question
from testing import made_up
from testing.browser import ready, visit

MESHGINSHAHR = "meshginshahr"
TEXT = """county => {
  const plot = document.querySelector('.st-key-khoosheh-chart-counties .khoosheh-plot');
  const trace = plot.data.find(trace => trace.name === 'places');
  return trace.text[trace.customdata.findIndex(codes => codes[0] === county)];
}"""
PLACE = """county => {
  const plot = document.querySelector('.st-key-khoosheh-chart-counties .khoosheh-plot');
  plot.scrollIntoView({block: 'center'});
  const full = plot._fullLayout, frame = plot.getBoundingClientRect();
  const trace = plot.data.find(trace => trace.name === 'places');
  const at = trace.customdata.findIndex(codes => codes[0] === county);
  return [frame.x + full.xaxis._offset + full.xaxis.l2p(trace.x[at]), frame.y + full.yaxis._offset + full.yaxis.l2p(trace.y[at])];
}"""


def read_csv(name):
    with (made_up.SHIPPED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def count_by_hand(chains=()):
    """The projects of each county, '' for none, straight from the files."""
    spoken_of = {row["project_id"] for row in read_csv("statements")}
    found = defaultdict(set)
    for row in read_csv("projects"):
        if row["project_id"] in spoken_of and (not chains or row["chain_id"] in chains):
            found[row["county_id"]].add(row["project_id"])
    return dict(found)


@pytest.mark.parametrize("chains", [(), ("copper",), ("steel",)])
def test_counties_have_the_projects_that_the_files_name(shipped, chains):
    selection = Selection(chains=chains, counties=("ardabil",), unit="irr")
    found = defaultdict(set)
    for row in queries.select_project_counties(shipped, selection).iter_rows(named=True):
        found["" if is_missing(row["county_id"]) else row["county_id"]].add(row["project_id"])
        assert row["statement_ids"]
    assert found == count_by_hand(chains)


def test_before_anything_was_said_there_is_no_project(shipped):
    assert not len(queries.select_project_counties(shipped, Selection(as_of=date(1990, 1, 1))))


def test_a_county_with_more_projects_is_darker_and_a_selected_one_has_a_wider_outline(invented):
    rows = COUNTIES.read_rows(FindingRequest(invented, Question(), "en"))
    by_county = [
        (project["project_id"], county) for project, county in zip(rows, ("bala", "bala", "pain"), strict=False)
    ]
    rows = [{"project_id": project, "county_id": county, "statement_ids": "M01"} for project, county in by_county]
    request = FindingRequest(invented, Question(Selection(counties=("pain",))), "en")
    figure = counties.make_county_map_factory(request, rows, "Counties")(Theme("en"))
    polygons = {trace.name: trace for trace in figure.data if trace.fill == "toself"}
    assert [polygons[county].fillcolor for county in ("bala", "pain")] == [CLASSES[0], CLASSES[2]]
    assert polygons["bala"].line.width < polygons["pain"].line.width
    assert polygons["bala"].text.startswith("Bala: 2 projects (")


@pytest.mark.parametrize(("lang", "width"), [("fa", 1280), ("en", 390)])
def test_a_click_on_a_county_filters_by_it_and_a_second_click_no_longer(app, visitor, lang, width):
    tab = visit(visitor(width=width, locale={"fa": "fa-IR", "en": "en-US"}[lang]), f"{app}/investment?lang={lang}")
    tab.locator(".st-key-khoosheh-chart-counties .khoosheh-plot").wait_for()
    assert {"fa": "۳", "en": "3"}[lang] in tab.evaluate(TEXT, MESHGINSHAHR)
    box = tab.locator(".st-key-khoosheh-without-county")
    notes = {row["project_id"]: row[f"location_note_{lang}"] for row in read_csv("projects")}
    shown = box.inner_text()
    assert {"fa": "۱۳", "en": "13"}[lang] in shown.splitlines()[0]
    assert all(notes[project] in shown for project in count_by_hand()[""])
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for selected in (True, False):
        tab.evaluate(PLACE, MESHGINSHAHR)
        ready(tab)
        tab.mouse.click(*tab.evaluate(PLACE, MESHGINSHAHR))
        tab.wait_for_url(lambda address, selected=selected: (f"county={MESHGINSHAHR}" in address) is selected)
        ready(tab)
        # the map itself still shows all
        assert box.inner_text() == shown
    assert not tab.locator("[data-testid=stException]").count()
