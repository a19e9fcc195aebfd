"""Links that were made before fields of the address had their present names."""

import made_up_cluster
import pytest
from page_visits import visit, words
from streamlit.testing.v1 import AppTest

from khoosheh.queries import FORMER_FIELDS
from khoosheh.ui.state import view
from testing import made_up

VALUES = {"kb": "yes,no", "exports": "not_stated", "whatif": "tea-1:5"}


def field(app: AppTest, name: str) -> str:
    """Return a field of the address, which AppTest gives as text or in a list."""
    value = app.query_params[name]
    return value if isinstance(value, str) else value[0]


@pytest.mark.parametrize("former", FORMER_FIELDS)
def test_a_former_name_gives_the_view_of_the_present_one(former, invented):
    present, value = FORMER_FIELDS[former], VALUES[former]
    old = view.read_view({former: value, "lang": "en"}, invented)
    assert old == view.read_view({present: value, "lang": "en"}, invented)
    assert getattr(old, present) != getattr(view.PLAIN, present)
    assert old.query() == {"lang": "en", present: value}


@pytest.mark.parametrize("former", FORMER_FIELDS)
@pytest.mark.parametrize("value", ["", "no", "tea-2:7"])
def test_a_former_name_is_ignored_beside_the_present_one(former, value, invented):
    present = FORMER_FIELDS[former]
    both = {former: VALUES[former], present: value}
    assert view.read_view(both, invented) == view.read_view({present: value}, invented)


def test_what_a_former_name_asks_for_in_vain_is_named_by_the_present_one(invented):
    unknown = view.read_view({"kb": "maybe", "whatif": "nosuch:5"}, invented).unknown
    assert sorted(unknown) == [("knowledge_based", "maybe", ""), ("scenario", "nosuch:5", "")]


@pytest.fixture
def filled(monkeypatch, tmp_path):
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.write(tmp_path, made_up_cluster.tables())))


@pytest.mark.parametrize(("former", "changed"), [("kb", ["yes"]), ("kb", []), ("exports", ["no"]), ("exports", [])])
def test_a_changed_filter_is_written_under_its_present_name_only(filled, former, changed):
    present = FORMER_FIELDS[former]
    app = visit("cluster", lang="en", **{former: "not_stated"})
    shown = words(visit("cluster", lang="en", **{present: "not_stated"}))
    assert words(app) == shown
    control = next(one for one in app.multiselect if one.key == f"filter-{present}")
    assert control.value == ["not_stated"]
    control.set_value(changed).run()
    assert former not in app.query_params
    assert (field(app, present) if changed else "") == ",".join(changed)
    assert (present in app.query_params) == bool(changed)
    assert next(one for one in app.multiselect if one.key == f"filter-{present}").value == changed


def test_changed_assumptions_are_written_under_the_present_name_only(shipped):
    app = visit("value_chains", chain="steel", whatif="steel-pellet:1600,copper-refining:70", lang="en")
    assert app.number_input(key="whatif-steel-pellet").value == 1600
    app.button(key="close-steel").click().run()
    assert "whatif" not in app.query_params and field(app, "scenario") == "copper-refining:70"
    app = visit("value_chains", chain="steel", whatif="steel-pellet:1600", lang="en")
    app.button(key="close-steel").click().run()
    assert not {"whatif", "scenario"} & set(app.query_params)
