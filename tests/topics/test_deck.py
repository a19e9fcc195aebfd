"""The deck says what the pages say: same rows, same words, for any filters and day."""

import re
from dataclasses import replace
from datetime import date

import narwhals as nw
import pytest

from khoosheh import formatting, labels, queries
from khoosheh.figures.theme import Theme
from khoosheh.measures.scope import Selection
from khoosheh.measures.value_chains import READINESS
from khoosheh.topics.deck import PAGES as SLIDE_PAGES
from khoosheh.topics.deck import build_slide_deck
from khoosheh.topics.investment.sentences import format_stated_amount
from khoosheh.topics.request import Question
from khoosheh.topics.slide import BARS, LINES, Slide
from khoosheh.topics.value_chains import slides

LATIN_DIGIT = re.compile("[0-9]")
DAY = date(2024, 9, 21)


def deck(found, lang="en", **selection) -> dict[str, Slide]:
    made = build_slide_deck(found, Question(Selection(**selection)), lang)
    by_key = {one.key: one for one in made}
    assert len(by_key) == len(made)
    return by_key


def said(slide) -> list[str]:
    rows = (slide.table.headings, *slide.table.rows, [slide.table.cut]) if slide.table else ()
    native = slide.native
    drawn = (*native.categories, *native.labels, native.unit, native.instead) if native else ()
    return [slide.title, slide.known, slide.note, slide.legend, *(cell for row in rows for cell in row), *drawn]


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_each_slide_is_whole(shipped, invented, lang):
    for found in (shipped, invented):
        known = set(queries.read_register_table(found, "statements")["statement_id"].to_list())
        sources = set(queries.read_register_table(found, "sources")["source_id"].to_list())
        for key, slide in deck(found, lang).items():
            assert slide.title and re.fullmatch(r"[a-z0-9_-]+", key)
            assert slide.figure or slide.table
            assert set(slide.statement_ids) <= known and set(slide.sources) <= sources
            if slide.figure:
                for scheme in ("light", "dark"):
                    assert slide.figure(Theme(lang, scheme)).layout.meta["alt"]
            if slide.table:
                assert {len(row) for row in slide.table.rows} == {len(slide.table.headings)}
            if slide.native:
                assert slide.native.form in (BARS, LINES)
                assert {len(one.values) for one in slide.native.series} == {len(slide.native.categories)}
                assert len(slide.native.labels) in (0, len(slide.native.categories))
                assert any(value is not None for one in slide.native.series for value in one.values)


def test_persian_has_no_latin_digits(shipped):
    for slide in deck(shipped, "fa").values():
        # the register's own names of laws and places may have them; what the app writes has none
        assert not LATIN_DIGIT.search(" ".join(one for one in said(slide) if "OpenStreetMap" not in one)), slide.key


def test_the_keys_are_those_that_addresses_hold(shipped):
    assert list(deck(shipped)) == [
        "investment", "investment-m_eur", "ranking", "ranking-years", "ranking-map", "value_chains-matrix",
        "value_chains", "value_chains-time", "chain-water_agriculture", "chain-copper", "chain-steel", "chain-textile",
        "chain-engineering_services", "schedule", "progress-artavil-sponge-iron", "cluster",
    ]  # fmt: skip
    assert list(deck(shipped, "fa")) == list(deck(shipped))


@pytest.mark.parametrize("selection", [{}, {"as_of": DAY}, {"chains": ("steel",)}, {"unit": "m_usd_nima"}])
def test_bars_of_investment_are_the_rows_of_the_board(shipped, selection):
    rows = list(queries.query_investment_amounts(shipped, Selection(**selection)).iter_rows(named=True))
    made = [one for key, one in deck(shipped, **selection).items() if key.startswith("investment")]
    units = [labels.find_unit_label(shipped, unit, "en") for unit in {row["unit"]: 0 for row in rows}]
    assert sorted(one.native.unit for one in made) == sorted(units)
    for slide in made:
        mine = [row for row in rows if labels.find_unit_label(shipped, row["unit"], "en") == slide.native.unit]
        ends = [
            formatting.round_amount_ends(row["low"], row["high"], row["unit"])
            for row in sorted(mine, key=lambda r: -r["low"])
        ]
        certain, possible = (one.values for one in slide.native.series)
        assert list(certain) == [low for low, _ in ends]
        for more, (low, high) in zip(possible, ends, strict=True):
            assert more is None if high in (None, low) else low + more == pytest.approx(high)
        assert slide.native.labels == tuple(
            format_stated_amount(shipped, row, "en") for row in sorted(mine, key=lambda r: -r["low"])
        )


def test_places_over_the_years_have_gaps_and_begin_with_the_best(shipped):
    made = build_slide_deck(shipped, Question(provinces=("IR-02",)), "en")
    native = next(one for one in made if one.key == "ranking-years").native
    assert native.form == LINES and native.best_first and native.instead
    by_name = {one.name: one.values for one in native.series}
    assert by_name["Ardabil"][0] == 15 and by_name["Ardabil"][-1] == 24
    assert len(by_name) == 2


def test_the_map_becomes_bars_in_order_of_place(shipped):
    native = deck(shipped)["ranking-map"].native
    others, own = native.series
    assert len(native.categories) == 31 and native.categories[23] == "Ardabil"
    assert own.values[23] is not None and others.values[23] is None
    values = [a if a is not None else b for a, b in zip(others.values, own.values, strict=True)]
    assert values == sorted(values)


def test_the_figure_of_investment_marks_the_rows_that_the_note_counts(shipped):
    slide = deck(shipped)["investment"]
    marks, _ = slide.figure(Theme("en", projector=True)).data
    assert len(set(marks.y)) == len(slide.table.rows) == 6 and "The first 6 rows of" in slide.table.cut


@pytest.mark.parametrize(("key", "most"), [("ranking", 6)])
def test_a_figure_draws_the_rows_that_the_note_counts(shipped, key, most):
    slide = deck(shipped)[key]
    drawn = slide.figure(Theme("en", projector=True)).layout
    named = [one for one in drawn.annotations if one.yref != "paper"]
    assert len(named) == len(slide.table.rows) == most and f"The first {most} rows of" in slide.table.cut


def test_the_figure_of_promises_tells_of_the_subjects_of_its_table(shipped):
    slide = deck(shipped)["schedule"]
    drawn = slide.figure(Theme("en")).layout.annotations
    labels = [one.text.replace("<br>", " ") for one in drawn if one.yref != "paper"]
    subjects = list(dict.fromkeys(row[0] for row in slide.table.rows))
    assert [label.partition(": ")[0] for label in labels] == subjects
    assert labels[0].endswith("2 moved, 1 not due yet"), "a row counts all promises of its subject"


def test_the_map_says_the_place_of_the_province(shipped):
    slide = deck(shipped)["ranking-map"]
    assert slide.note.startswith("Ardabil, 1402: place 24 of 31")


def test_pages_with_slides_are_pages_of_the_deck(shipped):
    assert {one.page for one in deck(shipped).values()} == set(SLIDE_PAGES)


def test_completion_is_certain_up_to_possible(shipped):
    native = deck(shipped)["value_chains"].native
    for low, more in zip(native.series[0].values, native.series[1].values, strict=True):
        assert 0 <= (low or 0) <= (low or 0) + more <= 100
    assert native.labels[native.categories.index("Engineering services")] == "not stated"


def test_what_nobody_had_said_yet_is_a_gap_and_no_nought(shipped):
    native = deck(shipped)["value_chains-time"].native
    every = list(
        queries.query_completion_history(shipped, Selection())
        .filter(nw.col("definition") == READINESS)
        .iter_rows(named=True)
    )
    days = sorted({row["day"] for row in every})
    for one in native.series:
        rows = {row["day"]: row for row in every if slides.format_chain_name(shipped, row, "en") == one.name}
        for day, value in zip(days, one.values, strict=True):
            row = rows[max(each for each in rows if each <= day)]
            assert (value is None) == (row["known"] == 0)
            assert value is None or value == formatting.round_percent_ends(row["low"], None)[0]
    by_name = {one.name: one.values for one in native.series}
    assert set(by_name["Engineering services"]) == {None}, "nobody said anything of its stages"


def test_of_chains_of_which_nobody_spoke_nothing_changed_over_time(shipped):
    assert "value_chains-time" not in deck(shipped, chains=("engineering_services",))
    assert "value_chains-time" in deck(shipped, chains=("steel",))


def test_an_earlier_day_and_a_filter_know_less(shipped):
    whole, earlier = deck(shipped), deck(shipped, as_of=DAY)
    later = set(whole["schedule"].statement_ids) - set(earlier["schedule"].statement_ids)
    assert later and "progress-artavil-sponge-iron" not in earlier
    steel = deck(shipped, chains=("steel",))
    assert [key for key in steel if key.startswith("chain-")] == ["chain-steel"]
    assert deck(shipped, as_of=date(2010, 1, 1)).keys() <= {
        "value_chains", "value_chains-matrix", *(f"chain-{one}" for one in queries.list_selection_codes(shipped)["chain"])
    }  # fmt: skip


def test_long_tables_say_how_many_rows_they_leave_out(shipped):
    slide = deck(shipped)["schedule"]
    assert len(slide.table.rows) == 5 and slide.table.cut == "The first 5 rows of 11."


def test_an_indicator_may_be_chosen(shipped):
    one, other = queries.list_tabulated_indicators(shipped)[:2]
    titles = {
        indicator: next(
            slide.title
            for slide in build_slide_deck(shipped, replace(Question(), indicator=indicator), "en")
            if slide.key == "ranking-years"
        )
        for indicator in (one, other)
    }
    assert titles[one] != titles[other]
