"""Projects of OC4IDS from the statements about them."""

from collections.abc import Iterator, Sequence

from khoosheh import formatting, labels, money, queries
from khoosheh.engines import is_among
from khoosheh.exports.oc4ids import cells, metrics
from khoosheh.exports.oc4ids.documents import build_documents
from khoosheh.formatting import is_missing
from khoosheh.locale import format_message
from khoosheh.measures import common, earned_value, investment, value_chains
from khoosheh.measures.rows import Table
from khoosheh.measures.scope import Selection
from khoosheh.register import Register
from khoosheh.topics.commitments.sentences import format_jalali_day
from khoosheh.topics.request import Row

ISIC, PROVINCE, RELATION = "ISIC", "ISO3166-2", "OSMR"
PREFIX = "oc4ids_prefix"
SEPARATOR = " · "


def build_oc4ids_projects(
    register: Register, selection: Selection, chosen: Table, lang: str
) -> list[cells.JsonObject]:
    """Return the projects of the table ``chosen`` in its order, with the statements of the selection about them."""
    selected = queries.select_statements(register, selection)
    known = _filter_by_kinds(register, selected, selection)
    promises = {
        row["statement_id"]: row for row in queries.query_commitments(register, selection).iter_rows(named=True)
    }
    context = metrics.ProjectContext(
        register=register,
        promises=promises,
        statements={row["statement_id"]: row for row in selected.iter_rows(named=True)},
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
    day = format_jalali_day(queries.find_as_of_day(register, selection), lang)
    projects = []
    for row in chosen.iter_rows(named=True):
        code = row["project_id"]
        statements = by_project.get(code, [])
        counted = [statement for statement in statements if statement["quality_flag"] != common.IMPLAUSIBLE]
        state = states.get(code)
        projects.append(cells.drop_empty_fields({
            "id": f"{context.prefix}-{code}",
            "identifiers": [{"id": code}],
            "language": lang,
            "title": row[f"name_{lang}"],
            "description": _format_project_description(row, statements, state, day, context),
            "status": _find_project_status(register, ladder, state),
            "additionalClassifications": list(_build_classifications(row, context)),
            "locations": list(_build_locations(row, context)),
            "budget": _build_budget(budgets.get(code, []), context),
            "benefits": list(_build_benefits(counted, context)),
            **metrics.build_metrics(counted, context),
            "documents": build_documents([statement["source_id"] for statement in statements], context),
        }))  # fmt: skip
    return projects


def find_project_id_prefix(register: Register) -> str:
    """Return the prefix of project ids: the one registered for the publisher, else the name of the package."""
    descriptor = register.descriptor
    return str(descriptor.get(PREFIX) or descriptor.get("name") or register.province)


def _index_rows_by_id(register: Register, table: str) -> dict[str, Row]:
    key = register.dictionary.key(table)
    return {row[key]: row for row in queries.read_register_table(register, table).iter_rows(named=True)}


def _filter_by_kinds(register: Register, statements: Table, selection: Selection) -> Table:
    """Drop amounts of kinds that the selection does not contain."""
    if not selection.kinds:
        return statements
    others = [kind for kind in queries.list_measure_codes(register, "investment") if kind not in selection.kinds]
    return statements.filter(~is_among("measure", others))


def _find_project_status(register: Register, ladder: Sequence[str], state: Row | None) -> str:
    """Return the status of a project; an empty string if its possible states do not all have the same status."""
    if state is None:
        return ""
    codes = register.dictionary.values("statements", "state_low")
    between = ladder[int(state["low"]) : int(state["high"]) + 1]
    statuses = {str(codes[code].get("oc4ids_status", "")) for code in between}
    return statuses.pop() if len(statuses) == 1 else ""


def _format_project_description(
    row: Row, statements: Sequence[Row], state: Row | None, day: str, context: metrics.ProjectContext
) -> str:
    lang, note = context.lang, row[f"location_note_{context.lang}"]
    parts = [] if is_missing(note) else [note]
    if not statements:
        parts.append(format_message(lang, "projects.nothing", day=day))
    elif state is None:
        parts.append(format_message(lang, "projects.no_state", day=day))
    else:
        shown = labels.format_state_span(
            context.register, queries.list_stage_states(context.register), state["low"], state["high"], lang
        )
        parts.append(format_message(lang, "projects.state", day=day, state=shown))
    implausible = [
        statement["statement_id"] for statement in statements if statement["quality_flag"] == common.IMPLAUSIBLE
    ]
    if implausible:
        parts.append(
            format_message(lang, "projects.left_out", ids=format_message(lang, "list.comma").join(implausible))
        )
    return SEPARATOR.join(parts)


def _build_classifications(row: Row, context: metrics.ProjectContext) -> Iterator[cells.JsonObject]:
    label = labels.find_value_label(context.register, "projects", "sector", row["sector"], context.lang)
    yield {"scheme": ISIC, "id": row["sector"], "description": label}
    for field in ("chain_id", "stage_id"):
        if not is_missing(row[field]):
            table = labels.TABLES[field]
            label = labels.find_row_label(context.register, table, row[field], context.lang)
            yield {"scheme": f"{context.prefix}-{table}", "id": row[field], "description": label}


def _build_locations(row: Row, context: metrics.ProjectContext) -> Iterator[cells.JsonObject]:
    code = row["iso_3166_2"]
    province = labels.find_row_label(context.register, "provinces", code, context.lang)
    yield {
        "id": code,
        "description": province,
        "gazetteer": {"scheme": PROVINCE, "identifiers": [code]},
        "address": {"region": province},
    }
    if is_missing(row["county_id"]):
        return
    county = labels.find_row_label(context.register, "counties", row["county_id"], context.lang)
    relation = context.counties[row["county_id"]]["osm_relation"]
    yield cells.drop_empty_fields({
        "id": row["county_id"],
        "description": county,
        "gazetteer": {} if is_missing(relation) else {"scheme": RELATION, "identifiers": [str(relation)]},
        "address": {"region": province, "locality": county},
    })  # fmt: skip


def _group_planned_costs(known: Table) -> dict[str, list[Row]]:
    """Return the current planned cost of each project, one row for each currency, without conversion."""
    table, trail = investment.compute_stated_amounts(known, [earned_value.INPUTS["budget"]], "irr", money.Rates({}))
    by_project: dict[str, list[Row]] = {}
    for row in common.add_statement_ids(table, trail, investment.SUBJECT).sort("amount_unit").iter_rows(named=True):
        by_project.setdefault(row["project_id"], []).append(row)
    return by_project


def _build_budget(rows: Sequence[Row], context: metrics.ProjectContext) -> cells.JsonObject:
    """Return the planned cost as text, and as an amount if exactly one was stated."""
    lang, texts = context.lang, []
    for row in rows:
        unit = labels.find_unit_label(context.register, row["amount_unit"], lang)
        value = formatting.format_value_range(row["low"], row["high"], lang, unit)
        kind = labels.find_measure_label(context.register, row["measure"], lang)
        ids = format_message(lang, "list.comma").join(row["statement_ids"].split())
        texts.append(format_message(lang, "projects.budget", kind=kind, amount=value, ids=ids))
    is_exact = len(rows) == 1 and rows[0]["low"] == rows[0]["high"]
    amount = cells.build_money_value(rows[0]["low"], rows[0]["amount_unit"]) if is_exact else {}
    return cells.drop_empty_fields({"description": " ".join(texts), "amount": amount})


def _build_benefits(counted: Sequence[Row], context: metrics.ProjectContext) -> Iterator[cells.JsonObject]:
    """Yield the effects that were stated without a value."""
    measures = set(queries.list_measure_codes(context.register, "benefit"))
    for row in counted:
        if row["measure"] in measures and is_missing(row["value_low"]):
            title = labels.find_measure_label(context.register, row["measure"], context.lang)
            yield {"title": title, "description": metrics.format_statement_notes(row, context)}
