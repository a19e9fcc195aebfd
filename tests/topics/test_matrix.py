"""The matrix of chains and stages in words."""

import pytest

from khoosheh.measures.scope import Selection
from khoosheh.topics.request import FindingRequest, Question
from khoosheh.topics.value_chains import matrix
from khoosheh.topics.value_chains.findings import MATRIX


def request(of, lang: str, **selection) -> FindingRequest:
    return FindingRequest(of, Question(Selection(**selection)), lang)


def test_stages_are_counted_by_what_is_certain(shipped):
    """Billet and sections operate; of copper two, of steel one, of textiles two, of water two more are stated."""
    asked = request(shipped, "en")
    said = MATRIX.format_sentence(asked, MATRIX.read_rows(asked))
    assert said == "Of 27 stages of the value chains, 2 certainly operate; nobody stated the state of 18"


@pytest.mark.parametrize(("lang", "words"), [("en", "Next: Sponge iron"), ("fa", "حلقهٔ بعدی: آهن اسفنجی")])
def test_a_row_names_its_next_link(shipped, lang, words):
    rows = MATRIX.read_rows(request(shipped, lang, chains=("steel",)))
    assert matrix.format_next_stage(shipped, rows, lang) == words


def test_a_chain_of_which_nobody_spoke_has_no_next_link(shipped):
    asked = request(shipped, "en", chains=("engineering_services",))
    rows = MATRIX.read_rows(asked)
    assert matrix.format_next_stage(shipped, rows, "en") == "No state was stated"
    assert MATRIX.format_sentence(asked, rows) == "No stage's state was stated yet"


def test_where_sources_differ_the_span_and_their_number_are_said(shipped):
    rows = {row["stage_id"]: row for row in MATRIX.read_rows(request(shipped, "en"))}
    said = {stage: matrix.format_matrix_capacity(shipped, row, "en") for stage, row in rows.items()}
    assert said["steel-sponge-iron"] == "1,000 to 1,200 thousand tonnes a year (3 sources)"
    assert said["copper-mining"] == "1,000 thousand tonnes a year", "its two sources agree"
    assert said["steel-mining"] == "not stated"


def test_the_slide_sorts_stages_by_what_is_certain(shipped):
    slide = matrix.build_matrix_slide(request(shipped, "en"))
    assert slide.known == "9 of 27" and slide.table.headings[1:] == (
        "Certainly operating", "State stated, not certain to operate", "State not stated",
    )  # fmt: skip
    assert slide.table.rows[2] == (
        "Steel", "Billet, Steel sections", "Sponge iron (Building)", "Iron ore mining, Concentrate, Pelletising",
    )  # fmt: skip
