"""The difference of two registers: worked out by hand, and random ones against what they were made of."""

import json
import random

import pytest

from khoosheh import publishing, register
from khoosheh.measures.scope import Selection
from khoosheh.publishing import description
from khoosheh.topics import registry
from testing import made_up


@pytest.fixture(scope="module")
def both(packages) -> tuple[register.Register, register.Register]:
    return tuple(map(register.load_register, packages))


@pytest.fixture(scope="module")
def found(both) -> publishing.Difference:
    return publishing.compare_registers(*both)


def test_a_register_differs_in_nothing_from_itself(both):
    for one in both:
        same = publishing.compare_registers(one, one)
        assert not same and not same.tables and not same.figures
        assert description.format_difference_summary(same, "en") == "Nothing differs."


def test_rows_are_matched_by_their_keys(found):
    assert set(found.tables) == {"statements", "projects", "ranks", "observations"}
    said = found.tables["statements"]
    assert said.key == ("statement_id",)
    assert [row["statement_id"] for row in said.added] == ["M21"]
    assert [row["statement_id"] for row in said.withdrawn] == ["M07"]
    assert {row.after["statement_id"]: row.fields for row in said.changed} == {
        "M03": ("value_high",), "M17": ("said_to",), "M20": ("state_low", "state_high")
    }  # fmt: skip
    cost = said.changed[0]
    assert (cost.before["value_high"], cost.after["value_high"]) == (400, 500)
    moved = found.tables["projects"].changed[0]
    assert moved.fields == ("county_id",)
    assert (moved.before["county_id"], moved.after["county_id"]) == ("pain", None)


def test_a_key_of_several_fields_matches_rows(found):
    ranks = found.tables["ranks"]
    assert ranks.key == ("indicator_id", "iso_3166_2", "period_from")
    assert not ranks.added and not ranks.withdrawn
    assert [row.fields for row in ranks.changed] == [("rank_high",)]


def test_figures_that_move(found):
    amounts = {
        (after or before)["group"]: tuple(one and (one["low"], one["high"]) for one in (before, after))
        for before, after in found.figures["investment"]
        if (after or before)["measure"] == "cost_planned"
    }
    # in thousand billion rial
    assert amounts == {"dryer": ((0.3, 0.4), (0.3, 0.5)), "school": (None, (0.008, 0.008))}
    # M07, the only cost to date, was withdrawn
    gone = [before["measure"] for before, after in found.figures["investment"] if after is None]
    assert gone == ["cost_to_date"]
    places = {before["kind"]: (before["low"], before["high"], after["low"], after["high"])
              for before, after in found.figures["ranking"]}  # fmt: skip
    assert places == {"tier": (2, 3, 2, 2), "computed": (1, 1, 3, 3)}
    stages = {before["stage_id"]: (before["low"], after["low"]) for before, after in found.figures["stages"]}
    assert stages == {"glass-1": (1, 2)}
    assert [after["definition"] for _, after in found.figures["chains"]] == ["readiness"]
    assert set(found.figures) == {"investment", "ranking", "stages", "chains"}


def test_the_difference_of_figures_turns_one_register_into_the_other(both, found):
    for one_finding in registry.COMPARED:
        name, compared = one_finding.id, one_finding.compared
        rows = [
            {tuple(row[key] for key in compared.keys): str([row[value] for value in compared.values])
             for row in one_finding.query(one, Selection()).iter_rows(named=True)}
            for one in both
        ]  # fmt: skip
        for old, new in found.figures.get(name, ()):
            if old is not None:
                del rows[0][tuple(old[key] for key in compared.keys)]
            if new is not None:
                rows[0][tuple(new[key] for key in compared.keys)] = str([new[value] for value in compared.values])
        assert rows[0] == rows[1], name


def test_words_in_both_languages(found):
    english = description.format_changed_rows(found, "en")["Statements"]
    assert {row.name.partition(":")[0]: (row.what, row.fields) for row in english} == {
        "M21": ("added", ()),
        "M03": ("changed", (f"{label(found, 'value_high', 'en')}: 400 → 500",)),
        "M17": ("changed", (f"{label(found, 'said_to', 'en')}: Shahrivar 1402 → Mehr 1402",)),
        "M20": (
            "changed",
            tuple(f"{label(found, field, 'en')}: Exploring → Licensed" for field in ("state_low", "state_high")),
        ),
        "M07": ("withdrawn", ()),
    }
    persian = {
        row.name.partition(":")[0]: row.fields for row in description.format_changed_rows(found, "fa")["گفته‌ها"]
    }
    assert persian["M17"] == (f"{label(found, 'said_to', 'fa')}: شهریور ۱۴۰۲ ← مهر ۱۴۰۲",)
    assert (
        description.format_difference_summary(found, "en")
        == "1 row added, 6 changed, 1 withdrawn; 7 figures of the pages move"
    )
    figures = {(one.before, one.after) for one in description.format_changed_figures(found, "en")}
    assert ("Tea dryer · Planned cost: 0.3 to 0.4 thousand billion rial",
            "Tea dryer · Planned cost: 0.3 to 0.5 thousand billion rial") in figures  # fmt: skip
    assert any(before == "not stated" and after.startswith("Sample college") for before, after in figures)


def label(found: publishing.Difference, field: str, lang: str) -> str:
    return found.after.dictionary.field_label("statements", field, lang)


def test_the_order_of_rows_is_no_difference(both, tmp_path):
    rows = made_up.tables()
    random.Random(1).shuffle(rows["statements"])
    shuffled = register.load_register(made_up.write(tmp_path, rows))
    assert shuffled.version != both[0].version
    assert not publishing.compare_registers(both[0], shuffled)


@pytest.mark.parametrize("seed", range(2))
def test_random_differences_are_found_again(both, tmp_path, seed):
    choose, rows = random.Random(seed), made_up.tables()
    said = rows["statements"]
    gone, altered = set(), {}
    for row in list(said):
        fate = choose.random()
        if fate < 0.2:
            said.remove(row)
            gone.add(row["statement_id"])
        elif fate < 0.4:
            row["claim_en"] = f"Other words {choose.random()}"
            altered[row["statement_id"]] = row["claim_en"]
    new = [made_up.statement((f"N{number}", *made_up.STATEMENTS[0][1:])) for number in range(choose.randrange(3))]
    for row in new:
        said.insert(choose.randrange(len(said)), row)
    after = register.load_register(made_up.write(tmp_path, rows))
    found = publishing.compare_registers(both[0], after).tables["statements"]
    assert {row["statement_id"] for row in found.withdrawn} == gone
    assert {one.after["statement_id"]: one.after["claim_en"] for one in found.changed} == altered
    assert {row["statement_id"] for row in found.added} == {row["statement_id"] for row in new}
    back = publishing.compare_registers(after, both[0]).tables["statements"]
    assert (back.added, back.withdrawn) == (found.withdrawn, found.added)


def with_diary(folder, lines: str, **about) -> register.Register:
    """A package with a table of its own that has no key."""
    labels = {"fa": "دفترچه", "en": "Diary"}
    described = {**made_up.descriptor(), **about}
    field = {"name": "word", "type": "string", "labels": labels}
    described["resources"] += [
        {"name": "diary", "path": "diary.csv", "labels": labels, "schema": {"fields": [field], "missingValues": [""]}}
    ]
    made_up.write(folder)
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    (folder / "diary.csv").write_text(lines, encoding="utf-8")
    return register.load_register(folder)


def test_rows_without_a_key_are_compared_whole(tmp_path):
    before = with_diary(tmp_path / "a", "word\nsun\nrain\nrain\n")
    after = with_diary(tmp_path / "b", "word\nrain\nsnow\nsun\n", compiled_on="1403-01-01")
    found = publishing.compare_registers(before, after)
    diary = found.tables["diary"]
    assert (diary.key, diary.changed) == ((), ())
    assert (diary.added, diary.withdrawn) == (({"word": "snow"},), ({"word": "rain"},))
    assert [row.name for row in description.format_changed_rows(found, "en")["Diary"]] == ["snow", "rain"]
    assert found.descriptor == ("compiled_on",)
    assert description.format_other_differences(found, "en") == ["datapackage.json: compiled_on"]


def test_a_table_that_only_one_register_has(both, tmp_path):
    more = with_diary(tmp_path, "word\nsun\n")
    assert publishing.compare_registers(both[0], more).tables["diary"].added == ({"word": "sun"},)
    found = publishing.compare_registers(more, both[0])
    assert found.tables["diary"].withdrawn == ({"word": "sun"},)
    assert found.descriptor == ("resources.diary",)
    assert [row.what for row in description.format_changed_rows(found, "fa")["دفترچه"]] == ["withdrawn"]


def test_a_map_that_changed_is_named(both, tmp_path):
    made_up.write(tmp_path)
    file = tmp_path / "geo" / "counties.geojson"
    file.write_text(file.read_text().replace("51, 31", "51, 32"))
    found = publishing.compare_registers(both[0], register.load_register(tmp_path))
    assert (found.maps, found.tables) == (("counties-map",), {})
    assert description.format_other_differences(found, "en") == ["map “counties-map”"]
