"""The matrix of chains and stages in words: its sentence, its columns, the next link of a row, and its slide."""

from collections.abc import Sequence

from khoosheh import formatting, labels, queries
from khoosheh.formatting import is_missing
from khoosheh.locale import format_message
from khoosheh.measures.chain_matrix import MatrixCellRow
from khoosheh.measures.rows import read_rows
from khoosheh.register import Register
from khoosheh.topics.columns import Column, make_evidence_column
from khoosheh.topics.request import FindingRequest, Row
from khoosheh.topics.slide import Slide, Table
from khoosheh.topics.slide_parts import MOST_ROWS, collect_statement_ids, join_sentences
from khoosheh.topics.value_chains import balance_sentences
from khoosheh.topics.value_chains.columns import CHAIN, STAGE, STATE
from khoosheh.topics.value_chains.order import list_ordered_chains
from khoosheh.topics.value_chains.sentences import format_stage_state

KEY = "value_chains-matrix"
# how far a stage is, by what is certain
OPERATING, UNDERWAY, UNSAID = "operating", "underway", "unsaid"
CERTAINTIES = (OPERATING, UNDERWAY, UNSAID)


def classify_stage(row: Row, ladder: Sequence[str]) -> str:
    """Return 'operating' (for certain), 'underway' (stated, but not certain to operate) or 'unsaid' (not stated)."""
    if not row["known"]:
        return UNSAID
    return OPERATING if row["low"] == len(ladder) - 1 else UNDERWAY


def format_matrix_summary(register: Register, rows: Sequence[Row], lang: str) -> str:
    """Return of how many stages it is certain that they operate, and of how many no state was stated."""
    found = [classify_stage(row, queries.list_stage_states(register)) for row in rows]
    if OPERATING not in found and UNDERWAY not in found:
        return format_message(lang, "finding.completion.unknown")
    return format_message(
        lang,
        "finding.matrix",
        count=len(found),
        **{certainty: found.count(certainty) for certainty in CERTAINTIES},
    )


def format_next_stage(register: Register, rows: Sequence[Row], lang: str) -> str:
    """Return the next missing link of a chain in short; ``rows``: its stages."""
    best = next((row for row in rows if row["is_next"]), None)
    if best is not None:
        stage = labels.find_row_label(register, "stages", best["stage_id"], lang)
        return format_message(lang, "matrix.row.next", stage=stage)
    return format_message(lang, "matrix.row.complete" if any(row["known"] for row in rows) else "matrix.row.unsaid")


def format_matrix_capacity(register: Register, row: Row, lang: str) -> str:
    """Return all that was stated of the capacity of a stage; 'not stated' where nothing was."""
    amount = balance_sentences.format_tonnage_interval(register, row, "capacity", lang)
    low, high = (row[f"capacity_{end}_t_per_year"] for end in ("low", "high"))
    if row["capacity_sources"] < 2 or low == high:
        return amount
    return format_message(lang, "matrix.capacity", amount=amount, count=int(row["capacity_sources"]))


def _format_input(request: FindingRequest, row: Row) -> str:
    if not row["input_kind"]:
        return request.t("value.not_stated")
    flow = {
        "kind": row["input_kind"],
        "low_t_per_year": row["input_low_t_per_year"],
        "high_t_per_year": row["input_high_t_per_year"],
    }
    return balance_sentences.format_flow_amount(request.register, flow, request.lang)


MATRIX_COLUMNS = (
    CHAIN,
    STAGE,
    STATE,
    Column(
        "capacity",
        lambda request, row: format_matrix_capacity(request.register, row, request.lang),
        muted=lambda row: is_missing(row["capacity_low_t_per_year"]),
    ),
    Column("input", _format_input, muted=lambda row: not row["input_kind"]),
    make_evidence_column(),
)


def build_matrix_slide(request: FindingRequest) -> Slide:
    """Return the slide of the matrix; its table sorts the stages of each chain by what is certain of them."""
    rows = read_rows(queries.query_chain_matrix(request.register, request.selection), MatrixCellRow)
    chains = list_ordered_chains(request.register, rows)
    return Slide(
        key=KEY,
        page="value_chains",
        title=format_matrix_summary(request.register, rows, request.lang),
        known=formatting.format_known_count(sum(row["known"] > 0 for row in rows), len(rows), request.lang),
        note=join_sentences(request.t("map.key.box")),
        table=_build_slide_table(request, rows, chains),
        statement_ids=collect_statement_ids(rows),
    )


def _build_slide_table(request: FindingRequest, rows: Sequence[Row], chains: Sequence[str]) -> Table:
    headings = (CHAIN.format_heading(request), *(request.t(f"matrix.{certainty}") for certainty in CERTAINTIES))
    cells = tuple(
        _format_slide_row(request, [row for row in rows if row["chain_id"] == chain]) for chain in chains[:MOST_ROWS]
    )
    cut = request.t("slide.first_rows", shown=MOST_ROWS, count=len(chains)) if len(chains) > MOST_ROWS else ""
    return Table(headings, cells, cut)


def _format_slide_row(request: FindingRequest, rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the name of a chain and, for each certainty, its stages in order; underway ones with their state."""
    register, lang, ladder = request.register, request.lang, queries.list_stage_states(request.register)
    listed: dict[str, list[str]] = {certainty: [] for certainty in CERTAINTIES}
    for row in rows:
        certainty = classify_stage(row, ladder)
        name = labels.find_row_label(register, "stages", row["stage_id"], lang)
        state = f" ({format_stage_state(register, row, ladder, lang)})" if certainty == UNDERWAY else ""
        listed[certainty].append(name + state)
    comma = request.t("list.comma")
    return (
        labels.find_row_label(register, "chains", rows[0]["chain_id"], lang),
        *(comma.join(listed[certainty]) or request.t("value.none") for certainty in CERTAINTIES),
    )
