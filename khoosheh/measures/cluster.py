"""The cluster: its needs and the evidence for each, the phases that rest on them, its firms, and who works with whom.

A need is *named* by a statement that says the cluster takes it; every other statement about it is *evidence*: it
measures something of it, which does not say that the need is met. No phase is ever called reached: nobody stated one.

A firm and a stage meet where they share a class of ISIC Rev.4. A stage without a class is not judged, and a firm
whose class was not stated may serve any stage: 'no firm' is certain only where there is no such firm.
"""

from collections import defaultdict
from collections.abc import Sequence

import narwhals as nw

from khoosheh.engines import Frame, collect_frame
from khoosheh.formatting import is_missing
from khoosheh.measures import common
from khoosheh.measures.scope import Selection

NEED = "need"
TOLD = ["statement_id", "requirement_id", "measure", "said_first_day", "said_last_day"]
YES, NO, NOT_STATED = "yes", "no", "not_stated"
ANSWERS = (YES, NO, NOT_STATED)
SERVED, GAP, PERHAPS, NO_CLASS, NO_FIRMS = "served", "gap", "perhaps", "no_class", "no_firms"


def build_needs_table(told: Frame, requirements: nw.DataFrame) -> nw.DataFrame:
    """Return one row a requirement: how many statements name it (``named``), how many are evidence (``evidenced``).

    ``told``: statements about requirements; implausible ones are not counted. ``newest_first_day`` and
    ``newest_last_day`` bound the day of the newest one. ``named_ids`` and ``evidence_ids`` tell the statements apart,
    ``statement_ids`` has all of them.
    """
    counted = collect_frame(common.plausible_statements(told).select(TOLD))
    is_need = nw.col("measure") == NEED
    table = requirements.select("requirement_id", "seq", "phase_id")
    for kind, ids, rows in (
        ("named", "named_ids", counted.filter(is_need)),
        ("evidenced", "evidence_ids", counted.filter(~is_need)),
    ):
        counts = rows.group_by("requirement_id").agg(nw.len().alias(kind))
        table = table.join(counts, on="requirement_id", how="left")
        table = table.with_columns(nw.col(kind).fill_null(0).cast(nw.Int64))
        table = common.add_statement_ids(table, rows, ["requirement_id"]).rename({"statement_ids": ids})
    newest = counted.group_by("requirement_id").agg(
        nw.col("said_first_day").max().alias("newest_first_day"),
        nw.col("said_last_day").max().alias("newest_last_day"),
    )
    table = table.join(newest, on="requirement_id", how="left")
    return common.add_statement_ids(table, counted, ["requirement_id"]).sort("seq", "requirement_id")


def build_phases_table(needs_: nw.DataFrame, life_cycle: nw.DataFrame) -> nw.DataFrame:
    """Return one row a phase of each scale: ``of`` needs that it rests on, ``known`` of them with evidence.

    ``lacking``: the requirements without evidence, blank-separated; ``statement_ids``: the evidence.
    """
    rested = defaultdict(list)
    for need in needs_.iter_rows(named=True):
        rested[need["phase_id"]].append(need)
    table = life_cycle.sort("scale", "seq").select("scale", "phase_id", "seq", "source_id")
    mine = [rested.get(phase, []) for phase in table["phase_id"].to_list()]
    columns = {
        "known": ([sum(need["evidenced"] > 0 for need in one) for one in mine], nw.Int64),
        "of": ([len(one) for one in mine], nw.Int64),
        "lacking": ([" ".join(n["requirement_id"] for n in one if not n["evidenced"]) for one in mine], nw.String),
        "statement_ids": ([common.join_ids(need["evidence_ids"] for need in one) for one in mine], nw.String),
    }
    return _add_columns(table, columns)


def classify_answer(cell: object) -> str:
    """Return 'yes', 'no' or 'not_stated' for a cell that may be blank."""
    return NOT_STATED if is_missing(cell) else YES if cell else NO


def parse_isic_classes(cell: object) -> set[str]:
    """Return the ISIC classes of a cell; none where it is blank."""
    return set() if is_missing(cell) else set(cell.split())


def filter_firms(
    every: nw.DataFrame, links: nw.DataFrame, stages: nw.DataFrame, selection: Selection
) -> nw.DataFrame:
    """Return the firms that fit the selection, by id, with ``stage_ids`` and ``partners``.

    ``stage_ids``: the stages with which a firm shares a class; a firm fits a chosen chain by one of its stages.
    ``partners``: with how many others it is linked, within the selection or not.
    """
    of_stage = {
        row["stage_id"]: (row["chain_id"], parse_isic_classes(row["isic4"])) for row in stages.iter_rows(named=True)
    }
    partners = _index_partners(links)
    table = every.sort("firm_id")
    rows = list(table.iter_rows(named=True))
    shared = [[one for one, (_, has) in of_stage.items() if has & parse_isic_classes(row["isic4"])] for row in rows]
    chains = [{of_stage[one][0] for one in stages_} for stages_ in shared]
    fits = [_is_firm_selected(row, of, selection) for row, of in zip(rows, chains, strict=True)]
    columns = {
        "stage_ids": ([" ".join(one) for one in shared], nw.String),
        "partners": ([len(partners[row["firm_id"]]) for row in rows], nw.Int64),
    }
    return _add_columns(table, columns).filter(nw.new_series("fits", fits, nw.Boolean, backend=every.implementation))


def _index_partners(links: nw.DataFrame) -> dict[str, set[str]]:
    found = defaultdict(set)
    for one, other in links.select("firm_id", "partner_firm_id").iter_rows():
        found[one].add(other)
        found[other].add(one)
    return found


def _is_firm_selected(row: dict, chains: set[str], selection: Selection) -> bool:
    asked = (
        (selection.counties, {row["county_id"]}),
        (selection.chains, chains),
        (selection.isic, parse_isic_classes(row["isic4"])),
        (selection.knowledge_based, {classify_answer(row["is_knowledge_based"])}),
        (selection.exporting, {classify_answer(row["exports"])}),
    )
    return all(not wanted or has & set(wanted) for wanted, has in asked)


def select_links_between(links: nw.DataFrame, firms_: nw.DataFrame) -> nw.DataFrame:
    """Return the links of which both firms are among ``firms_``, by id."""
    known = firms_["firm_id"].to_list()
    return links.filter(nw.col("firm_id").is_in(known), nw.col("partner_firm_id").is_in(known)).sort("link_id")


def list_most_linked_firms(links: nw.DataFrame) -> list[str]:
    """Return the firms that have links, those with the most partners first."""
    partners = _index_partners(links)
    return sorted(partners, key=lambda firm: (-len(partners[firm]), firm))


def build_specialities_table(firms_: nw.DataFrame, stages: nw.DataFrame) -> nw.DataFrame:
    """Return one row a stage: how many firms share a class with it, and a ``verdict``.

    ``low``: firms that do; ``high``: also those whose class was not stated; both missing where the stage is not
    judged. ``known``: firms with a class; ``of``: all firms. ``verdict``: 'served'; 'gap' (no firm); 'perhaps' (none,
    but of some firms the class was not stated); 'no_class' (the stage has none); 'no_firms' (there is no directory).
    """
    rows = list(firms_.iter_rows(named=True))
    known = sum(bool(parse_isic_classes(row["isic4"])) for row in rows)
    table = stages.sort("chain_id", "seq").select("chain_id", "stage_id", "seq", "isic4")
    found = [
        _compute_speciality(parse_isic_classes(cell), rows, len(rows) - known) for cell in table["isic4"].to_list()
    ]
    low, high, verdicts, firm_ids, source_ids = zip(*found, strict=True) if found else ((),) * 5
    columns = {
        "low": (low, nw.Float64),
        "high": (high, nw.Float64),
        "known": ([known] * len(found), nw.Int64),
        "of": ([len(rows)] * len(found), nw.Int64),
        "verdict": (verdicts, nw.String),
        "firm_ids": (firm_ids, nw.String),
        "source_ids": (source_ids, nw.String),
    }
    return _add_columns(table, columns)


def _compute_speciality(wanted: set[str], rows: Sequence[dict], unstated: int) -> tuple:
    if not wanted or not rows:
        return None, None, NO_FIRMS if wanted else NO_CLASS, "", ""
    mine = [row for row in rows if parse_isic_classes(row["isic4"]) & wanted]
    verdict = SERVED if mine else PERHAPS if unstated else GAP
    ids = (" ".join(sorted({row[name] for row in mine})) for name in ("firm_id", "source_id"))
    return float(len(mine)), float(len(mine) + unstated), verdict, *ids


def _add_columns(table: nw.DataFrame, columns: dict[str, tuple[Sequence, object]]) -> nw.DataFrame:
    """Add columns, given as values and type, to a table."""
    return table.with_columns(
        *(
            nw.new_series(name, list(values), kind, backend=table.implementation).alias(name)
            for name, (values, kind) in columns.items()
        )
    )
