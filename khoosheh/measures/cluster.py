"""The cluster: its needs and their evidence, the phases that depend on them, its firms and the links between them.

A need is *named* by a statement that says the cluster needs it. Every other statement about it is *evidence*: it
measures something of the need, which does not mean that the need is met. No phase is ever called reached, since
nobody stated one.

Firms and stages are matched by classes of ISIC Rev.4: a firm can serve a stage with which it shares a class. A stage
without a class is not judged, and a firm whose class was not stated may serve any stage, so 'no firm' is certain only
where there is no firm of unknown class.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypedDict

import narwhals as nw

from khoosheh.engines import Frame, collect_frame, is_among
from khoosheh.formatting import is_missing
from khoosheh.measures import common
from khoosheh.measures.rows import Table, build_table, read_rows
from khoosheh.measures.scope import Selection

NEED = "need"
COUNTED = ["statement_id", "requirement_id", "measure", "said_first_day", "said_last_day"]
YES, NO, NOT_STATED = "yes", "no", "not_stated"
ANSWERS = (YES, NO, NOT_STATED)
SERVED, GAP, PERHAPS, NO_CLASS, NO_FIRMS = "served", "gap", "perhaps", "no_class", "no_firms"


class NeedRow(TypedDict):
    """What was stated of one need: statements that name it (``named``) and that are evidence (``evidenced``).

    ``newest_first_day``, ``newest_last_day``: the days between which the newest of them was said, missing where there
    is none. ``statement_ids``: all of them.
    """

    requirement_id: str
    seq: int
    phase_id: str | None
    named: int
    named_ids: str
    evidenced: int
    evidence_ids: str
    newest_first_day: datetime | None
    newest_last_day: datetime | None
    statement_ids: str


class PhaseRow(TypedDict):
    """One phase of a scale: ``of`` needs that it depends on, ``known`` of them with evidence.

    ``lacking``: ids of the needs without evidence, blank-separated; ``statement_ids``: the evidence.
    """

    scale: str
    phase_id: str
    seq: int
    source_id: str
    known: int
    of: int
    lacking: str
    statement_ids: str


class FirmRow(TypedDict):
    """One firm of the register, with ``stage_ids`` that share a class with it, and its number of ``partners``.

    ``isic4``: blank-separated classes of ISIC Rev.4. Export values in US dollars a year. ``stage_ids``:
    blank-separated; ``partners``: firms linked with it, selected or not.
    """

    firm_id: str
    name_fa: str
    name_en: str
    isic4: str | None
    county_id: str | None
    is_knowledge_based: bool | None
    exports: bool | None
    export_value_usd_per_year_low: float | None
    export_value_usd_per_year_high: float | None
    source_id: str
    stage_ids: str
    partners: int


class FirmLinkRow(TypedDict):
    """One stated link between two firms of the register."""

    link_id: str
    firm_id: str
    partner_firm_id: str
    kind: str
    source_id: str


class SpecialityRow(TypedDict):
    """How many firms can serve one stage.

    ``low``: firms that share a class with it; ``high``: also those whose class was not stated; both missing where the
    stage is not judged. ``known``: firms with a class; ``of``: all firms. ``verdict``: 'served'; 'gap' (no firm);
    'perhaps' (no firm, but the class of some was not stated); 'no_class' (the stage has none); 'no_firms' (the
    register has none). ``firm_ids``, ``source_ids``: the firms that share a class and their sources.
    """

    chain_id: str
    stage_id: str
    seq: int
    isic4: str | None
    low: float | None
    high: float | None
    known: int
    of: int
    verdict: str
    firm_ids: str
    source_ids: str


class _PhaseInput(TypedDict):
    scale: str
    phase_id: str
    seq: int
    source_id: str


class _StageInput(TypedDict):
    chain_id: str
    stage_id: str
    seq: int
    isic4: str | None


class _FirmInput(TypedDict):
    firm_id: str
    isic4: str | None
    county_id: str | None
    is_knowledge_based: bool | None
    exports: bool | None
    source_id: str


def build_needs_table(statements: Frame, requirements: Table) -> Table:
    """Count the statements that name each need and that are evidence for it: rows of :class:`NeedRow`.

    ``statements``: those about requirements; implausible ones are not counted.
    """
    counted = collect_frame(common.plausible_statements(statements).select(COUNTED))
    is_need = nw.col("measure") == NEED
    table = requirements.select("requirement_id", "seq", "phase_id")
    for count, ids, rows in (
        ("named", "named_ids", counted.filter(is_need)),
        ("evidenced", "evidence_ids", counted.filter(~is_need)),
    ):
        counts = rows.group_by("requirement_id").agg(nw.len().alias(count))
        table = table.join(counts, on="requirement_id", how="left")
        table = table.with_columns(nw.col(count).fill_null(0).cast(nw.Int64))
        table = common.add_statement_ids(table, rows, ["requirement_id"]).rename({"statement_ids": ids})
    newest = counted.group_by("requirement_id").agg(
        nw.col("said_first_day").max().alias("newest_first_day"),
        nw.col("said_last_day").max().alias("newest_last_day"),
    )
    table = table.join(newest, on="requirement_id", how="left")
    return common.add_statement_ids(table, counted, ["requirement_id"]).sort("seq", "requirement_id")


def build_phases_table(needs: Table, life_cycle: Table) -> Table:
    """Count the needs that each phase depends on, and those with evidence: rows of :class:`PhaseRow`.

    ``needs``: rows of :class:`NeedRow`; ``life_cycle``: the register's table of phases.
    """
    by_phase: dict[str | None, list[NeedRow]] = defaultdict(list)
    for need in read_rows(needs, NeedRow):
        by_phase[need["phase_id"]].append(need)
    rows = [
        _build_phase_row(phase, by_phase.get(phase["phase_id"], []))
        for phase in read_rows(life_cycle.sort("scale", "seq"), _PhaseInput)
    ]
    return build_table(rows, PhaseRow, life_cycle)


def _build_phase_row(phase: _PhaseInput, needs: Sequence[NeedRow]) -> PhaseRow:
    return {
        "scale": phase["scale"],
        "phase_id": phase["phase_id"],
        "seq": phase["seq"],
        "source_id": phase["source_id"],
        "known": sum(need["evidenced"] > 0 for need in needs),
        "of": len(needs),
        "lacking": " ".join(need["requirement_id"] for need in needs if not need["evidenced"]),
        "statement_ids": common.join_ids(need["evidence_ids"] for need in needs),
    }


def classify_answer(cell: bool | None) -> str:
    """Return 'yes', 'no' or 'not_stated' for a cell of yes or no that may be missing."""
    return NOT_STATED if is_missing(cell) else YES if cell else NO


def parse_isic_classes(cell: str | float | None) -> set[str]:
    """Return the ISIC classes of a blank-separated cell; the empty set where it is missing (``None`` or NaN)."""
    return set(cell.split()) if isinstance(cell, str) else set()


def filter_firms(firms: Table, links: Table, stages: Table, selection: Selection) -> Table:
    """Return the firms that fit the selection, by id: rows of :class:`FirmRow`.

    A firm fits a selected chain by any stage with which it shares a class. ``links``: all links of the register.
    """
    stage_rows, partners = read_rows(stages, _StageInput), _index_partners(links)
    table = firms.sort("firm_id")
    rows = read_rows(table, _FirmInput)
    served = [_select_served_stages(row, stage_rows) for row in rows]
    stage_ids = [" ".join(stage["stage_id"] for stage in some) for some in served]
    counts = [len(partners[row["firm_id"]]) for row in rows]
    selected = [
        _is_firm_selected(row, {stage["chain_id"] for stage in some}, selection)
        for row, some in zip(rows, served, strict=True)
    ]
    backend = firms.implementation
    return table.with_columns(
        nw.new_series("stage_ids", stage_ids, nw.String, backend=backend).alias("stage_ids"),
        nw.new_series("partners", counts, nw.Int64, backend=backend).alias("partners"),
    ).filter(nw.new_series("selected", selected, nw.Boolean, backend=backend))


def _select_served_stages(firm: _FirmInput, stages: Iterable[_StageInput]) -> list[_StageInput]:
    classes = parse_isic_classes(firm["isic4"])
    return [stage for stage in stages if classes & parse_isic_classes(stage["isic4"])]


def _index_partners(links: Table) -> dict[str, set[str]]:
    partners: dict[str, set[str]] = defaultdict(set)
    for firm, partner in links.select("firm_id", "partner_firm_id").iter_rows():
        partners[firm].add(partner)
        partners[partner].add(firm)
    return partners


def _is_firm_selected(firm: _FirmInput, chains: set[str], selection: Selection) -> bool:
    county = firm["county_id"]
    criteria = (
        (selection.counties, {county} if county else set()),
        (selection.chains, chains),
        (selection.isic, parse_isic_classes(firm["isic4"])),
        (selection.knowledge_based, {classify_answer(firm["is_knowledge_based"])}),
        (selection.exporting, {classify_answer(firm["exports"])}),
    )
    return all(not wanted or codes & set(wanted) for wanted, codes in criteria)


def select_links_between(links: Table, firms: Table) -> Table:
    """Return the links of which both firms are among ``firms``, by id: rows of :class:`FirmLinkRow`."""
    ids = firms["firm_id"].to_list()
    return links.filter(is_among("firm_id", ids), is_among("partner_firm_id", ids)).sort("link_id")


def list_most_linked_firms(links: Table) -> list[str]:
    """Return the ids of the firms that have links, those with the most partners first."""
    partners = _index_partners(links)
    return sorted(partners, key=lambda firm: (-len(partners[firm]), firm))


def build_specialities_table(firms: Table, stages: Table) -> Table:
    """Count the firms that can serve each stage, by chain and order: rows of :class:`SpecialityRow`."""
    firm_rows = read_rows(firms, _FirmInput)
    known = sum(bool(parse_isic_classes(firm["isic4"])) for firm in firm_rows)
    rows = [
        _build_speciality_row(stage, firm_rows, known)
        for stage in read_rows(stages.sort("chain_id", "seq"), _StageInput)
    ]
    return build_table(rows, SpecialityRow, stages)


def _build_speciality_row(stage: _StageInput, firms: Sequence[_FirmInput], known: int) -> SpecialityRow:
    classes = parse_isic_classes(stage["isic4"])
    serving = [firm for firm in firms if parse_isic_classes(firm["isic4"]) & classes]
    judged = bool(classes and firms)
    return {
        "chain_id": stage["chain_id"],
        "stage_id": stage["stage_id"],
        "seq": stage["seq"],
        "isic4": stage["isic4"],
        "low": float(len(serving)) if judged else None,
        "high": float(len(serving) + len(firms) - known) if judged else None,
        "known": known,
        "of": len(firms),
        "verdict": _judge_speciality(bool(classes), len(firms), len(serving), len(firms) - known),
        "firm_ids": " ".join(sorted({firm["firm_id"] for firm in serving})),
        "source_ids": " ".join(sorted({firm["source_id"] for firm in serving})),
    }


def _judge_speciality(has_class: bool, firms: int, serving: int, unknown: int) -> str:
    """Return the verdict on a stage; ``unknown``: firms whose class was not stated."""
    if not has_class:
        return NO_CLASS
    if not firms:
        return NO_FIRMS
    if serving:
        return SERVED
    return PERHAPS if unknown else GAP
