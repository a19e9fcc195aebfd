"""Rules of a register of statements that a Table Schema cannot express."""

from collections.abc import Iterator, Sequence

import pandas as pd

from khoosheh import calendar
from khoosheh.hidden_characters import HOSTILE
from khoosheh.register import value_checks
from khoosheh.register.derived_columns import add_statement_places
from khoosheh.register.descriptor_types import Descriptor
from khoosheh.register.dictionary import Dictionary
from khoosheh.register.faults import Fault
from khoosheh.register.key_checks import NUMERIC, Tables, make_row_faults, select_masked_rows

# numbers whose absolute value is above this are faults
GREATEST = 1e18
PLAIN = {"integer": r"\s*[+-]?[0-9]+\s*", "year": r"\s*[0-9]{4}\s*"}
NUMBER = r"\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*"
NO_NUMBER = r"(?i)\s*[+-]?(nan|inf|infinity)\s*"
# table -> pairs of fields: the first date, the last date
DATES = {
    "sources": (("published_from", "published_to"),),
    "statements": (("said_from", "said_to"), ("due_from", "due_to")),
    "ranks": (("period_from", "period_to"),),
    "exchange_rates": (("first_day", "last_day"),),
}
# table -> pairs of fields: the lower number, the higher number
NUMBERS = {
    "statements": (("value_low", "value_high"),),
    "ranks": (("rank_low", "rank_high"),),
    "stages": (("input_t_per_t_low", "input_t_per_t_high"),),
    "firms": (("export_value_usd_per_year_low", "export_value_usd_per_year_high"),),
    "exchange_rates": (("rate_irr_low", "rate_irr_mean"), ("rate_irr_mean", "rate_irr_high")),
}


def check_register_rules(tables: Tables, dictionary: Dictionary, descriptor: Descriptor) -> Iterator[Fault]:
    """Yield the faults of tables of text cells against the rules of this module; missing columns are passed over."""
    for name, frame in tables.items():
        yield from _check_texts(name, frame, dictionary)
        yield from _check_dates(name, frame, dictionary)
        yield from _check_numbers(name, frame, dictionary)
    yield from _check_state_range(tables, dictionary)
    yield from _check_value_units(tables, dictionary)
    yield from value_checks.check_bounds(tables, dictionary)
    yield from _check_stage_chains(tables, dictionary)
    yield from _check_stage_order(tables, dictionary)
    yield from _check_exports(tables, dictionary)
    yield from _check_firm_links(tables, dictionary)
    yield from _check_package_province(tables, descriptor)


def _check_texts(name: str, frame: pd.DataFrame, dictionary: Dictionary) -> Iterator[Fault]:
    path = dictionary.path(name)
    for field in frame.columns:
        bad = {text for text in frame[field].dropna().unique() if HOSTILE.search(text)}
        if bad:
            yield from make_row_faults(path, frame, frame[field].isin(bad), field, "hostile_text")
    for field in dictionary.fields(name):
        if field in frame and dictionary.field(name, field).get("constraints", {}).get("required"):
            # a cell of blanks alone is valid by Table Schema
            yield from make_row_faults(path, frame, frame[field].str.strip() == "", field, "constraint_required")


def _check_dates(name: str, frame: pd.DataFrame, dictionary: Dictionary) -> Iterator[Fault]:
    path = dictionary.path(name)
    fields = [field for field in dictionary.fields(name) if dictionary.field(name, field).get("calendar") == "jalali"]
    read = {field: calendar.parse_jalali_dates(frame[field]) for field in fields if field in frame}
    for field, dates in read.items():
        for row, text in select_masked_rows(frame, dates["fault"].notna(), (field,)):
            yield _make_date_fault(text, path, row, field)
    for first, last in DATES.get(name, ()):
        if first in read and last in read:
            after = read[first]["first_day"] > read[last]["last_day"]
            yield from make_row_faults(path, frame, after, last, "from_after_to", other=first)
            alone = frame[last].notna() & frame[first].isna()
            yield from make_row_faults(path, frame, alone, last, "to_without_from", other=first)


def _make_date_fault(text: str, path: str, row: int | None, field: str) -> Fault:
    try:
        calendar.parse_jalali_date(text)
    except calendar.DateError as error:
        return Fault(f"date_{error.code}", path, row, field, text, error.params)
    return Fault("date_not_a_date", path, row, field, text)


def _check_numbers(name: str, frame: pd.DataFrame, dictionary: Dictionary) -> Iterator[Fault]:
    path = dictionary.path(name)
    read: dict[str, pd.Series] = {}
    for field in dictionary.fields(name):
        kind = dictionary.field(name, field)["type"]
        if kind not in NUMERIC or field not in frame:
            continue
        cells = frame[field]
        numbers = read[field] = pd.to_numeric(cells, errors="coerce").astype(float)
        unreal = cells.str.fullmatch(NO_NUMBER, na=False)
        yield from make_row_faults(path, frame, unreal | (numbers.abs() > GREATEST), field, "absurd_number")
        # frictionless also accepts digits of other scripts and '1_000', which pandas does not read alike
        plain = cells.str.fullmatch(PLAIN.get(kind, NUMBER), na=False)
        yield from make_row_faults(path, frame, cells.notna() & ~plain & ~unreal, field, "type", type=kind)
    for low, high in NUMBERS.get(name, ()):
        if low in read and high in read:
            yield from make_row_faults(path, frame, read[low] > read[high], high, "low_above_high", other=low)


def _check_state_range(tables: Tables, dictionary: Dictionary) -> Iterator[Fault]:
    frame = tables.get("statements")
    if frame is None or not {"state_low", "state_high"} <= set(frame):
        return
    order: Sequence[str | int | float] = (
        dictionary.field("statements", "state_low").get("constraints", {}).get("enum", ())
    )
    rungs = {state: rung for rung, state in enumerate(order)}
    low, high = (frame[field].map(rungs) for field in ("state_low", "state_high"))
    yield from make_row_faults(
        dictionary.path("statements"), frame, low > high, "state_high", "low_above_high", other="state_low"
    )


def _check_value_units(tables: Tables, dictionary: Dictionary) -> Iterator[Fault]:
    frame, path = tables.get("statements"), dictionary.path("statements")
    if frame is None or not {"value_low", "value_high", "unit"} <= set(frame):
        return
    low, high, unit = (frame[field].notna() for field in ("value_low", "value_high", "unit"))
    yield from make_row_faults(path, frame, (low | high) & ~unit, "unit", "value_without_unit")
    yield from make_row_faults(path, frame, ~(low | high) & unit, "unit", "unit_without_value")
    yield from make_row_faults(path, frame, ~low & high, "value_low", "no_low")


def _check_stage_chains(tables: Tables, dictionary: Dictionary) -> Iterator[Fault]:
    """Yield stages that do not belong to the chain of the same row, each taken from the row or from its project."""
    needed = {"stages": {"stage_id", "chain_id"}, "projects": {"project_id", "stage_id", "chain_id"}}
    if any(name not in tables or not fields <= set(tables[name]) for name, fields in needed.items()):
        return
    stages = tables["stages"].drop_duplicates("stage_id")
    projects, of_stage = tables["projects"], stages.set_index("stage_id")["chain_id"]
    strays = _find_stray_stages(projects, of_stage)
    yield from make_row_faults(dictionary.path("projects"), projects, strays, "stage_id", "stage_of_other_chain")
    frame, path = tables.get("statements"), dictionary.path("statements")
    if frame is None or not needed["projects"] <= set(frame):
        return
    strays = _find_stray_stages(add_statement_places(frame, projects.drop_duplicates("project_id"), stages), of_stage)
    own_stage, own_chain = frame["stage_id"].notna(), frame["chain_id"].notna()
    yield from make_row_faults(path, frame, strays & own_stage, "stage_id", "stage_of_other_chain")
    yield from make_row_faults(path, frame, strays & ~own_stage & own_chain, "chain_id", "chain_of_other_project")


def _find_stray_stages(frame: pd.DataFrame, of_stage: pd.Series) -> pd.Series:
    chain = frame["stage_id"].map(of_stage)
    return chain.notna() & frame["chain_id"].notna() & (chain != frame["chain_id"])


def _check_stage_order(tables: Tables, dictionary: Dictionary) -> Iterator[Fault]:
    stages = tables.get("stages")
    if stages is not None and {"chain_id", "seq"} <= set(stages):
        order = pd.DataFrame({"chain": stages["chain_id"], "seq": pd.to_numeric(stages["seq"], errors="coerce")})
        twice = order.duplicated() & order.notna().all(axis=1)
        yield from make_row_faults(dictionary.path("stages"), stages, twice, "seq", "stage_order_twice")


def _check_exports(tables: Tables, dictionary: Dictionary) -> Iterator[Fault]:
    """Yield values of exports without a low end, and those of firms that do not export."""
    frame, path = tables.get("firms"), dictionary.path("firms")
    ends = ["export_value_usd_per_year_low", "export_value_usd_per_year_high"]
    if frame is None or not {*ends, "exports"} <= set(frame):
        return
    low, high = (frame[end].notna() for end in ends)
    yield from make_row_faults(path, frame, ~low & high, ends[0], "no_low")
    stated = pd.to_numeric(frame[ends[0]], errors="coerce") > 0
    yield from make_row_faults(path, frame, stated & (frame["exports"] != "true"), "exports", "value_without_exports")


def _check_firm_links(tables: Tables, dictionary: Dictionary) -> Iterator[Fault]:
    frame, path = tables.get("links"), dictionary.path("links")
    if frame is not None and {"firm_id", "partner_firm_id"} <= set(frame):
        itself = frame["firm_id"] == frame["partner_firm_id"]
        yield from make_row_faults(path, frame, itself, "partner_firm_id", "link_to_itself")


def _check_package_province(tables: Tables, descriptor: Descriptor) -> Iterator[Fault]:
    provinces, own = tables.get("provinces"), descriptor["province"]
    if provinces is not None and "iso_3166_2" in provinces and own not in set(provinces["iso_3166_2"]):
        yield Fault("unknown_province", "datapackage.json", None, "province", own)
    try:
        calendar.parse_jalali_date(descriptor["compiled_on"])
    except calendar.DateError:
        yield _make_date_fault(descriptor["compiled_on"], "datapackage.json", None, "compiled_on")
