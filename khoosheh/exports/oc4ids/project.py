"""One project of OC4IDS from what was stated about it."""

from collections.abc import Iterator, Mapping, Sequence

import narwhals as nw

from khoosheh import board, money, names, words
from khoosheh.exports.oc4ids import cells, metrics
from khoosheh.exports.oc4ids.documents import documents
from khoosheh.findings.schedule import day
from khoosheh.locale import text
from khoosheh.measures import chains, common, earned_value, investment
from khoosheh.measures.scope import Selection
from khoosheh.register import Register
from khoosheh.words import missing

ISIC, PROVINCE, RELATION = "ISIC", "ISO3166-2", "OSMR"
PREFIX = "oc4ids_prefix"
SEPARATOR = " · "

Row = Mapping[str, object]


def projects(register: Register, selection: Selection, chosen: nw.DataFrame, lang: str) -> list[dict]:
    """Return the projects of the table ``chosen``, in its order, with what the selection knows of them."""
    every = board.statements(register, selection)
    known = _of_kinds(register, every, selection)
    promises = {row["statement_id"]: row for row in board.promises(register, selection).iter_rows(named=True)}
    told = metrics.Told(
        register=register,
        promises=promises,
        said={row["statement_id"]: row for row in every.iter_rows(named=True)},
        sources=_by_id(register, "sources"),
        counties=_by_id(register, "counties"),
        prefix=prefix(register),
        lang=lang,
    )
    by_project: dict[str, list[Row]] = {}
    for row in known.iter_rows(named=True):
        by_project.setdefault(row["project_id"], []).append(row)
    ladder = board.ladder(register)
    states = {row["project_id"]: row for row in chains.project_states(known, ladder).iter_rows(named=True)}
    budgets = _budgets(known)
    on = day(board.day_of(register, selection), lang)
    made = []
    for row in chosen.iter_rows(named=True):
        one, mine = row["project_id"], by_project.get(row["project_id"], [])
        counted = [each for each in mine if each["quality_flag"] != common.IMPLAUSIBLE]
        state = states.get(one)
        made.append(cells.filled({
            "id": f"{told.prefix}-{one}",
            "identifiers": [{"id": one}],
            "language": lang,
            "title": row[f"name_{lang}"],
            "description": _description(row, mine, state, on, told),
            "status": _status(register, ladder, state),
            "additionalClassifications": list(_classifications(row, told)),
            "locations": list(_locations(row, told)),
            "budget": _budget(budgets.get(one, []), told),
            "benefits": list(_benefits(counted, told)),
            **metrics.metrics(counted, told),
            "documents": documents([each["source_id"] for each in mine], told),
        }))  # fmt: skip
    return made


def prefix(register: Register) -> str:
    """Return what the ids of projects begin with: the prefix registered for it, else the name of its package."""
    given = register.descriptor
    return given.get(PREFIX) or given.get("name") or register.province


def _by_id(register: Register, table: str) -> dict[str, Row]:
    key = register.dictionary.key(table)
    return {row[key]: row for row in board.table(register, table).iter_rows(named=True)}


def _of_kinds(register: Register, statements: nw.DataFrame, selection: Selection) -> nw.DataFrame:
    """Leave out the amounts of kinds that were not chosen."""
    if not selection.kinds:
        return statements
    others = [kind for kind in board.measures_of(register, "investment") if kind not in selection.kinds]
    return statements.filter(~nw.col("measure").is_in(others))


def _status(register: Register, ladder: Sequence[str], state: Row | None) -> str:
    """Return the status that all states between both ends have; none where they have several, or one has none."""
    if state is None:
        return ""
    codes = register.dictionary.values("statements", "state_low")
    between = ladder[int(state["low"]) : int(state["high"]) + 1]
    found = {codes[one].get("oc4ids_status", "") for one in between}
    return found.pop() if len(found) == 1 else ""


def _description(row: Row, mine: Sequence[Row], state: Row | None, on: str, told: metrics.Told) -> str:
    lang, note = told.lang, row[f"location_note_{told.lang}"]
    parts = [] if missing(note) else [note]
    if not mine:
        parts.append(text(lang, "projects.nothing", day=on))
    elif state is None:
        parts.append(text(lang, "projects.no_state", day=on))
    else:
        shown = names.state_span(told.register, board.ladder(told.register), state["low"], state["high"], lang)
        parts.append(text(lang, "projects.state", day=on, state=shown))
    out = [each["statement_id"] for each in mine if each["quality_flag"] == common.IMPLAUSIBLE]
    if out:
        parts.append(text(lang, "projects.left_out", ids=text(lang, "list.comma").join(out)))
    return SEPARATOR.join(parts)


def _classifications(row: Row, told: metrics.Told) -> Iterator[dict]:
    label = names.of_value(told.register, "projects", "sector", row["sector"], told.lang)
    yield {"scheme": ISIC, "id": row["sector"], "description": label}
    for field in ("chain_id", "stage_id"):
        if not missing(row[field]):
            table = names.TABLES[field]
            label = names.of_row(told.register, table, row[field], told.lang)
            yield {"scheme": f"{told.prefix}-{table}", "id": row[field], "description": label}


def _locations(row: Row, told: metrics.Told) -> Iterator[dict]:
    code = row["iso_3166_2"]
    province = names.of_row(told.register, "provinces", code, told.lang)
    yield {
        "id": code,
        "description": province,
        "gazetteer": {"scheme": PROVINCE, "identifiers": [code]},
        "address": {"region": province},
    }
    if missing(row["county_id"]):
        return
    county = names.of_row(told.register, "counties", row["county_id"], told.lang)
    relation = told.counties[row["county_id"]]["osm_relation"]
    yield cells.filled({
        "id": row["county_id"],
        "description": county,
        "gazetteer": {} if missing(relation) else {"scheme": RELATION, "identifiers": [str(relation)]},
        "address": {"region": province, "locality": county},
    })  # fmt: skip


def _budgets(known: nw.DataFrame) -> dict[str, list[Row]]:
    """Return the planned cost in force of each project, a row a currency; nothing is converted between currencies."""
    table, trail = investment.stated_amounts(known, [earned_value.INPUTS["budget"]], "irr", money.Rates({}))
    found: dict[str, list[Row]] = {}
    for row in common.with_ids(table, trail, investment.SUBJECT).sort("amount_unit").iter_rows(named=True):
        found.setdefault(row["project_id"], []).append(row)
    return found


def _budget(rows: Sequence[Row], told: metrics.Told) -> dict:
    """Return the planned cost in words, and its amount where exactly one was stated."""
    lang, shown = told.lang, []
    for row in rows:
        unit = names.of_unit(told.register, row["amount_unit"], lang)
        amount = words.interval(row["low"], row["high"], lang, unit)
        kind = names.of_kind(told.register, row["measure"], lang)
        ids = text(lang, "list.comma").join(row["statement_ids"].split())
        shown.append(text(lang, "projects.budget", kind=kind, amount=amount, ids=ids))
    exact = len(rows) == 1 and rows[0]["low"] == rows[0]["high"]
    amount = cells.money(rows[0]["low"], rows[0]["amount_unit"]) if exact else {}
    return cells.filled({"description": " ".join(shown), "amount": amount})


def _benefits(counted: Sequence[Row], told: metrics.Told) -> Iterator[dict]:
    """Yield the effects that were stated without a figure."""
    groups = set(board.measures_of(told.register, "benefit"))
    for row in counted:
        if row["measure"] in groups and missing(row["value_low"]):
            title = names.of_kind(told.register, row["measure"], told.lang)
            yield {"title": title, "description": metrics.notes(row, told)}
