"""One project of OC4IDS from what was stated about it."""

from collections.abc import Iterator, Mapping, Sequence

import narwhals as nw

from khoosheh import formatting, labels, money, queries
from khoosheh.exports.oc4ids import cells, metrics
from khoosheh.exports.oc4ids.documents import build_documents
from khoosheh.formatting import is_missing
from khoosheh.locale import format_message
from khoosheh.measures import common, earned_value, investment, value_chains
from khoosheh.measures.scope import Selection
from khoosheh.register import Register
from khoosheh.topics.commitments.sentences import format_jalali_day

ISIC, PROVINCE, RELATION = "ISIC", "ISO3166-2", "OSMR"
PREFIX = "oc4ids_prefix"
SEPARATOR = " · "

Row = Mapping[str, object]


def build_oc4ids_projects(register: Register, selection: Selection, chosen: nw.DataFrame, lang: str) -> list[dict]:
    """Return the projects of the table ``chosen``, in its order, with what the selection knows of them."""
    every = queries.select_statements(register, selection)
    known = _filter_by_kinds(register, every, selection)
    promises = {
        row["statement_id"]: row for row in queries.query_commitments(register, selection).iter_rows(named=True)
    }
    told = metrics.ProjectContext(
        register=register,
        promises=promises,
        said={row["statement_id"]: row for row in every.iter_rows(named=True)},
        sources=_index_rows_by_id(register, "sources"),
        counties=_index_rows_by_id(register, "counties"),
        prefix=find_project_id_prefix(register),
        lang=lang,
    )
    by_project: dict[str, list[Row]] = {}
    for row in known.iter_rows(named=True):
        by_project.setdefault(row["project_id"], []).append(row)
    ladder = queries.list_stage_states(register)
    states = {
        row["project_id"]: row for row in value_chains.compute_project_states(known, ladder).iter_rows(named=True)
    }
    budgets = _group_planned_costs(known)
    on = format_jalali_day(queries.find_as_of_day(register, selection), lang)
    made = []
    for row in chosen.iter_rows(named=True):
        one, mine = row["project_id"], by_project.get(row["project_id"], [])
        counted = [each for each in mine if each["quality_flag"] != common.IMPLAUSIBLE]
        state = states.get(one)
        made.append(cells.drop_empty_fields({
            "id": f"{told.prefix}-{one}",
            "identifiers": [{"id": one}],
            "language": lang,
            "title": row[f"name_{lang}"],
            "description": _format_project_description(row, mine, state, on, told),
            "status": _find_project_status(register, ladder, state),
            "additionalClassifications": list(_build_classifications(row, told)),
            "locations": list(_build_locations(row, told)),
            "budget": _build_budget(budgets.get(one, []), told),
            "benefits": list(_build_benefits(counted, told)),
            **metrics.build_metrics(counted, told),
            "documents": build_documents([each["source_id"] for each in mine], told),
        }))  # fmt: skip
    return made


def find_project_id_prefix(register: Register) -> str:
    """Return what the ids of projects begin with: the prefix registered for it, else the name of its package."""
    given = register.descriptor
    return given.get(PREFIX) or given.get("name") or register.province


def _index_rows_by_id(register: Register, table: str) -> dict[str, Row]:
    key = register.dictionary.key(table)
    return {row[key]: row for row in queries.read_register_table(register, table).iter_rows(named=True)}


def _filter_by_kinds(register: Register, statements: nw.DataFrame, selection: Selection) -> nw.DataFrame:
    """Leave out the amounts of kinds that were not chosen."""
    if not selection.kinds:
        return statements
    others = [kind for kind in queries.list_measure_codes(register, "investment") if kind not in selection.kinds]
    return statements.filter(~nw.col("measure").is_in(others))


def _find_project_status(register: Register, ladder: Sequence[str], state: Row | None) -> str:
    """Return the status that all states between both ends have; none where they have several, or one has none."""
    if state is None:
        return ""
    codes = register.dictionary.values("statements", "state_low")
    between = ladder[int(state["low"]) : int(state["high"]) + 1]
    found = {codes[one].get("oc4ids_status", "") for one in between}
    return found.pop() if len(found) == 1 else ""


def _format_project_description(
    row: Row, mine: Sequence[Row], state: Row | None, on: str, told: metrics.ProjectContext
) -> str:
    lang, note = told.lang, row[f"location_note_{told.lang}"]
    parts = [] if is_missing(note) else [note]
    if not mine:
        parts.append(format_message(lang, "projects.nothing", day=on))
    elif state is None:
        parts.append(format_message(lang, "projects.no_state", day=on))
    else:
        shown = labels.format_state_span(
            told.register, queries.list_stage_states(told.register), state["low"], state["high"], lang
        )
        parts.append(format_message(lang, "projects.state", day=on, state=shown))
    out = [each["statement_id"] for each in mine if each["quality_flag"] == common.IMPLAUSIBLE]
    if out:
        parts.append(format_message(lang, "projects.left_out", ids=format_message(lang, "list.comma").join(out)))
    return SEPARATOR.join(parts)


def _build_classifications(row: Row, told: metrics.ProjectContext) -> Iterator[dict]:
    label = labels.find_value_label(told.register, "projects", "sector", row["sector"], told.lang)
    yield {"scheme": ISIC, "id": row["sector"], "description": label}
    for field in ("chain_id", "stage_id"):
        if not is_missing(row[field]):
            table = labels.TABLES[field]
            label = labels.find_row_label(told.register, table, row[field], told.lang)
            yield {"scheme": f"{told.prefix}-{table}", "id": row[field], "description": label}


def _build_locations(row: Row, told: metrics.ProjectContext) -> Iterator[dict]:
    code = row["iso_3166_2"]
    province = labels.find_row_label(told.register, "provinces", code, told.lang)
    yield {
        "id": code,
        "description": province,
        "gazetteer": {"scheme": PROVINCE, "identifiers": [code]},
        "address": {"region": province},
    }
    if is_missing(row["county_id"]):
        return
    county = labels.find_row_label(told.register, "counties", row["county_id"], told.lang)
    relation = told.counties[row["county_id"]]["osm_relation"]
    yield cells.drop_empty_fields({
        "id": row["county_id"],
        "description": county,
        "gazetteer": {} if is_missing(relation) else {"scheme": RELATION, "identifiers": [str(relation)]},
        "address": {"region": province, "locality": county},
    })  # fmt: skip


def _group_planned_costs(known: nw.DataFrame) -> dict[str, list[Row]]:
    """Return the planned cost in force of each project, a row a currency; nothing is converted between currencies."""
    table, trail = investment.compute_stated_amounts(known, [earned_value.INPUTS["budget"]], "irr", money.Rates({}))
    found: dict[str, list[Row]] = {}
    for row in common.add_statement_ids(table, trail, investment.SUBJECT).sort("amount_unit").iter_rows(named=True):
        found.setdefault(row["project_id"], []).append(row)
    return found


def _build_budget(rows: Sequence[Row], told: metrics.ProjectContext) -> dict:
    """Return the planned cost in words, and its amount where exactly one was stated."""
    lang, shown = told.lang, []
    for row in rows:
        unit = labels.find_unit_label(told.register, row["amount_unit"], lang)
        amount = formatting.format_value_range(row["low"], row["high"], lang, unit)
        kind = labels.find_measure_label(told.register, row["measure"], lang)
        ids = format_message(lang, "list.comma").join(row["statement_ids"].split())
        shown.append(format_message(lang, "projects.budget", kind=kind, amount=amount, ids=ids))
    exact = len(rows) == 1 and rows[0]["low"] == rows[0]["high"]
    amount = cells.build_money_value(rows[0]["low"], rows[0]["amount_unit"]) if exact else {}
    return cells.drop_empty_fields({"description": " ".join(shown), "amount": amount})


def _build_benefits(counted: Sequence[Row], told: metrics.ProjectContext) -> Iterator[dict]:
    """Yield the effects that were stated without a figure."""
    groups = set(queries.list_measure_codes(told.register, "benefit"))
    for row in counted:
        if row["measure"] in groups and is_missing(row["value_low"]):
            title = labels.find_measure_label(told.register, row["measure"], told.lang)
            yield {"title": title, "description": metrics.format_statement_notes(row, told)}
