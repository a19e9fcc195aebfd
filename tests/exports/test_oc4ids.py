"""OC4IDS: accepted by the standard's own validator, and every number one that somebody stated."""

import functools
import json
from datetime import date
from urllib.parse import unquote

import narwhals as nw
import pytest

from khoosheh import queries, register
from khoosheh.exports import ExportError, oc4ids
from khoosheh.exports.oc4ids import cells
from khoosheh.formatting import is_missing
from khoosheh.measures.scope import Selection
from testing import made_up

ALL = Selection()
FREE_FORM = "/projects/metrics/observations/dimensions", "/projects/forecasts/observations/dimensions"


# each test gets values of its own, the bytes are made once
made = functools.cache(oc4ids.build_oc4ids_file)


def package(found, selection=ALL, lang="en") -> dict:
    return json.loads(made(found, selection, lang))


def project(found, one: str, selection=ALL, lang="en") -> dict:
    return next(each for each in package(found, selection, lang)["projects"] if each["identifiers"] == [{"id": one}])


def observations(of: dict, field: str) -> dict[str, dict]:
    return {one["id"]: one for metric in of.get(field, []) for one in metric["observations"]}


def assert_sound(report: dict) -> None:
    assert report["version_used"] == "0.9.5"
    assert report["validation_errors"] == []
    assert report["additional_closed_codelist_values"] == {}
    assert report["additional_checks"] == []
    # the standard leaves the names of dimensions to the publisher; any other field of our own would be a mistake
    assert {one["path"] for one in report["additional_fields"].values()} <= set(FREE_FORM)
    assert {one["check_id"] for one in report["conformance_checks"]} <= {"invalid-project-ids"}


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_shipped_register_passes_the_validator(lang, shipped, days, validated):
    for day in days:
        assert_sound(validated(package(shipped, Selection(as_of=day), lang)))


@pytest.mark.parametrize("name", ["invented", "hostile_register"])
def test_any_register_passes_the_validator(name, request, validated):
    found = request.getfixturevalue(name)
    for selection in (
        ALL,
        Selection(chains=("tea",)),
        Selection(as_of=date(2022, 6, 1)),
        Selection(kinds=("financing",)),
    ):
        assert_sound(validated(package(found, selection)))


def test_the_validator_is_one_that_refuses(shipped, validated):
    spoilt = package(shipped)
    spoilt["projects"][0]["status"] = "building"
    spoilt["projects"][1]["title"] = ""
    spoilt["projects"][1]["budget"]["amount"].pop("currency")
    report = validated(spoilt)
    assert report["additional_closed_codelist_values"] and report["validation_errors"] and report["additional_checks"]


def test_only_a_registered_prefix_is_missing(shipped, tmp_path, validated):
    checks = validated(package(shipped))["conformance_checks"]
    assert [one["check_id"] for one in checks] == ["invalid-project-ids"]
    made_up.write(tmp_path)
    file = tmp_path / "datapackage.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "oc4ids_prefix": "oc4ids-abc123"}))
    registered = package(register.load_register(tmp_path))
    assert {one["id"] for one in registered["projects"]} >= {"oc4ids-abc123-garden"}
    assert validated(registered)["conformance_checks"] == []


def test_the_same_question_gives_the_same_bytes(shipped, invented, invented_path):
    assert made(invented, ALL, "fa") == oc4ids.build_oc4ids_file(register.load_register(invented_path), ALL, "fa")
    uris = {
        package(shipped, one, lang)["uri"] for one in (ALL, Selection(chains=("steel",))) for lang in ("fa", "en")
    }
    assert len(uris) == 4 and all(one.startswith("urn:uuid:") for one in uris)


# Worked out by hand from the statements in tests/made_up.py.
def test_a_budget_has_an_amount_only_where_one_exact_amount_holds(invented):
    assert project(invented, "garden")["budget"]["amount"] == {"amount": 200 * 10**9, "currency": "IRR"}
    assert project(invented, "furnace")["budget"]["amount"] == {"amount": 3 * 10**6, "currency": "EUR"}
    dryer, packer = (project(invented, one)["budget"] for one in ("dryer", "packer"))
    assert set(dryer) == set(packer) == {"description"}
    assert "300,000,000,000 to 400,000,000,000 rial" in dryer["description"] and "M03" in dryer["description"]
    assert "at least 70,000,000,000 rial" in packer["description"]
    assert "budget" not in project(invented, "school")


def test_a_replaced_amount_was_the_budget_on_its_day(invented):
    then = project(invented, "garden", Selection(as_of=date(2022, 1, 1)))
    assert "budget" not in then and "metrics" not in then and "Nothing was said" in then["description"]
    then = project(invented, "garden", Selection(as_of=date(2022, 6, 1)))
    assert then["budget"]["amount"]["amount"] == 100 * 10**9
    assert set(observations(then, "forecasts")) == {"M01"}


def test_an_interval_is_two_observations_and_an_open_one_a_single_low(invented):
    told = observations(project(invented, "dryer"), "forecasts")
    assert told["M03-low"]["value"]["amount"] == 300 * 10**9 and told["M03-high"]["value"]["amount"] == 400 * 10**9
    assert [told[one]["dimensions"]["bound"] for one in ("M03-low", "M03-high")] == ["low", "high"]
    assert told["M04"]["dimensions"]["part"] == "true"
    jobs = observations(project(invented, "garden"), "metrics")
    assert jobs["M17-low"]["measure"] == 3000 and "M17-high" not in jobs and "M17" not in jobs
    assert jobs["M17-low"]["unit"] == {"name": "jobs", "id": "jobs"}


def test_a_state_is_a_status_only_where_all_it_may_be_has_the_same(invented):
    assert project(invented, "garden")["status"] == project(invented, "dryer")["status"] == "maintenance"
    packer = project(invented, "packer")
    assert "status" not in packer and "between" in packer["description"]
    told = observations(packer, "metrics")
    assert (told["M11-state-low"]["measure"], told["M11-state-high"]["measure"]) == ("licensed", "commissioning")
    before = project(invented, "garden", Selection(as_of=date(2022, 6, 1)))
    assert before["status"] == "implementation"
    assert "status" not in project(invented, "school")


def test_a_promise_is_a_forecast_over_the_days_it_is_due(invented):
    promise = observations(project(invented, "packer"), "forecasts")["M11-state"]
    assert promise["measure"] == "operating"
    assert promise["period"] == {"startDate": "2023-03-21T00:00:00Z", "endDate": "2025-03-20T23:59:59Z"}, (
        "1403 is a leap year"
    )
    row = next(
        row for row in queries.query_commitments(invented, ALL).iter_rows(named=True) if row["statement_id"] == "M11"
    )
    assert promise["dimensions"]["verdict"] == row["verdict"]
    assert "1402 – 1403" in promise["notes"]


def test_what_is_implausible_is_left_out_and_named(invented):
    furnace = project(invented, "furnace")
    assert "M12" in observations(furnace, "metrics") and "M13" not in observations(furnace, "metrics")
    assert "M13" in furnace["description"]


def test_progress_is_that_of_the_page(shipped):
    rows = list(queries.query_physical_progress(shipped, ALL).iter_rows(named=True))
    assert rows
    for row in rows:
        told = observations(project(shipped, row["project_id"]), "metrics")[row["statement_ids"]]
        assert (told["measure"], told["dimensions"]["bound"]) == (row["low_pct"], "exact")
        assert told["period"]["startDate"][:10] == row["said_first_day"].date().isoformat()
    metrics = project(shipped, "khodaafarin-network")["metrics"]
    assert "physicalProgress" in {one["id"] for one in metrics}


def test_every_plausible_figure_of_the_selection_is_there_once_and_no_other(shipped, days):
    for selection in (
        *(Selection(as_of=day) for day in days),
        Selection(chains=("copper",)),
        Selection(sectors=("C",)),
    ):
        wanted = set()
        for row in queries.select_statements(shipped, selection).iter_rows(named=True):
            if is_missing(row["project_id"]) or row["quality_flag"] == "implausible":
                continue
            if (
                not is_missing(row["value_low"])
                or not is_missing(row["state_low"])
                or not is_missing(row["due_state"])
            ):
                wanted.add(row["statement_id"])
        found = [
            one.split("-")[0]
            for each in package(shipped, selection)["projects"]
            for field in ("metrics", "forecasts")
            for one in observations(each, field)
        ]
        assert set(found) == wanted


@pytest.mark.parametrize("day", [None, date(2024, 7, 15)])
def test_budgets_are_the_amounts_of_the_page(day, shipped):
    selection = Selection(as_of=day)
    page = queries.query_investment_amounts(shipped, selection).filter(nw.col("measure") == "cost_planned")
    sizes = {"thousand_bn_irr": ("IRR", 10**12), "m_eur": ("EUR", 10**6)}
    expected = {
        row["group"]: (round(row["low"] * sizes[row["unit"]][1]), sizes[row["unit"]][0])
        for row in page.iter_rows(named=True)
        if row["low"] == row["high"]
    }
    found = {
        one["identifiers"][0]["id"]: tuple(one["budget"]["amount"].values())
        for one in package(shipped, selection)["projects"]
        if "amount" in one.get("budget", {})
    }
    assert found == expected and (day or expected)


def test_kinds_of_amount_that_were_not_chosen_are_left_out(invented):
    garden = project(invented, "garden", Selection(kinds=("cost_to_date",)))
    assert "budget" not in garden and "M07" in observations(garden, "metrics") and "forecasts" not in garden
    assert "M17-low" in observations(garden, "metrics"), "jobs are no amount of money"


def test_documents_are_the_sources_with_whole_addresses_only(hostile_register, shipped):
    found = [one for each in package(hostile_register)["projects"] for one in each.get("documents", [])]
    addresses = {one["id"]: one.get("url") for one in found}
    assert addresses and {one for one in addresses.values() if one} <= {
        "http://example.org/" + "x" * 3000, "https://example.org/#a'b",
    }  # fmt: skip
    report = next(
        one for one in project(shipped, "khodaafarin-network")["documents"] if one["id"] == "governor-report"
    )
    assert "datePublished" not in report and "url" not in report, "the report has neither day nor address"
    borna = next(one for one in project(shipped, "khodaafarin-network")["documents"] if one["id"] == "borna-2112018")
    assert borna["datePublished"] == "2024-07-01T00:00:00Z"


def test_the_policy_says_day_filters_licence_and_version(shipped):
    whole = package(shipped, Selection(chains=("copper",), as_of=date(2024, 9, 21)), "en")
    words = unquote(whole["publicationPolicy"].partition(",")[2])
    for part in ("31 Shahrivar 1403", "Copper", "MIT", shipped.version, "low or high end"):
        assert part in words
    assert whole["license"] == "https://opensource.org/license/mit"
    assert whole["publishedDate"] == "2026-11-22T00:00:00Z"


def test_a_selection_without_projects_is_refused_in_words(invented):
    with pytest.raises(ExportError) as refused:
        oc4ids.build_oc4ids_file(invented, Selection(chains=("glass",), sectors=("M",)), "fa")
    assert refused.value.code == "nothing" and all(refused.value.words(lang) for lang in ("fa", "en"))


def test_money_keeps_the_printed_digits():
    assert cells.build_money_value(43081, "bn_irr") == {"amount": 43081 * 10**9, "currency": "IRR"}
    assert json.dumps(cells.build_money_value(0.1, "hemat")["amount"]) == "1000000000000"
    assert cells.build_money_value(2.5, "eur") == {"amount": 2.5, "currency": "EUR"}
