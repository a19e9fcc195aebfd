"""Which rows of a register a selection leaves, so that every key still leads somewhere.

Statements, projects, chains and stages are narrowed as the pages narrow them; ranks, values of indicators, firms and
links by the day only. What a row that is left leads to stays, whatever the selection; a source goes where all that
rested on it went. Exchange rates, prices, needs and names stay whole: nobody stated them on a day of their own.
"""

from collections.abc import Mapping

import narwhals as nw
import numpy as np
import pandas as pd

from khoosheh import queries
from khoosheh.engines import collect_frame
from khoosheh.measures import scope
from khoosheh.measures.scope import Selection
from khoosheh.register import Register

STATEMENTS, SOURCES = "statements", "sources"
OF_CHAINS = ("chains", "stages")

Kept = Mapping[str, np.ndarray]


def compute_row_masks(register: Register, selection: Selection) -> dict[str, np.ndarray]:
    """Return, for each table, which of its rows stay, in the order of its file."""
    tables = {name: register.table(name) for name in register.tables}
    found = {name: np.ones(len(frame), dtype=bool) for name, frame in tables.items()}
    found[STATEMENTS] = _mask_matching_keys(
        tables[STATEMENTS], ("statement_id",), select_exported_statements(register, selection)
    )
    projects = scope.filter_by_scope(queries.read_register_table(register, "projects"), selection)
    found["projects"] = _mask_matching_keys(tables["projects"], ("project_id",), projects)
    if selection.as_of is not None:
        found["observations"] = _mask_rows_by_source(
            tables["observations"], queries.query_computed_rankings(register, selection)
        )
        told = select_exported_statements(register, selection).filter(nw.col("measure") == "tier")
        found["ranks"] = _mask_rows_by_source(tables["ranks"], told)
        day = Selection(as_of=selection.as_of)
        for name, shown in (
            ("firms", queries.query_firms(register, day)),
            ("links", queries.select_firm_links(register, day)),
        ):
            found[name] = _mask_matching_keys(tables[name], (register.dictionary.key(name),), shown)
    if selection.chains:
        for name in OF_CHAINS:
            chain = tables[name]["chain_id"]
            found[name] = (chain.isna() | chain.isin(selection.chains)).to_numpy(dtype=bool)
    found[SOURCES] = ~_mask_referenced_sources(
        tables, register, {name: np.ones(len(one), dtype=bool) for name, one in tables.items()}
    )
    _drop_dangling_rows(tables, register, found)
    _keep_referenced_rows(tables, register, found)
    return found


def select_exported_statements(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the statements that the pages show for a selection.

    Those of the selection, and those that pages show whatever the filters: about an indicator, about needs of the
    cluster, and about other provinces and the country.
    """
    known = collect_frame(queries.select_all_known_statements(register, selection))
    needed = queries.select_need_statements(register, Selection(as_of=selection.as_of))
    shown = (
        queries.select_statements(register, selection),
        queries.select_other_province_statements(register, selection),
        needed,
    )
    ids = {one for table in shown for one in collect_frame(table)["statement_id"].to_list()}
    return known.filter(nw.col("statement_id").is_in(sorted(ids)) | ~nw.col("indicator_id").is_null())


def _mask_matching_keys(frame: pd.DataFrame, fields: tuple[str, ...], rows: nw.DataFrame) -> np.ndarray:
    wanted = pd.MultiIndex.from_frame(rows.select(*fields).to_pandas())
    return pd.MultiIndex.from_frame(frame[list(fields)]).isin(wanted)


def _mask_rows_by_source(frame: pd.DataFrame, rows: nw.DataFrame) -> np.ndarray:
    return frame["source_id"].isin(rows["source_id"].to_list()).to_numpy(dtype=bool)


def _mask_referenced_sources(tables: Mapping[str, pd.DataFrame], register: Register, rows: Kept) -> np.ndarray:
    """Tell which sources any of the rows leads to."""
    found = np.zeros(len(tables[SOURCES]), dtype=bool)
    for name, frame in tables.items():
        for fields, other, there in register.dictionary.links(name):
            if other == SOURCES:
                found = found | _mask_referenced_rows(frame[rows[name]], fields, tables[other], there)
    return found


def _mask_referenced_rows(rows: pd.DataFrame, fields: tuple, other: pd.DataFrame, there: tuple) -> np.ndarray:
    """Tell which rows of the other table these rows lead to."""
    keys = rows[list(fields)].dropna()
    return pd.MultiIndex.from_frame(other[list(there)]).isin(pd.MultiIndex.from_frame(keys))


def _drop_dangling_rows(tables: Mapping, register: Register, found: dict[str, np.ndarray]) -> None:
    """Leave out what rows of a package's own tables say of statements that are left out."""
    for name, frame in tables.items():
        for fields, other, there in register.dictionary.links(name):
            if other == STATEMENTS and name != STATEMENTS:
                out = _mask_referenced_rows(tables[other][~found[other]], there, frame, fields)
                found[name] = found[name] & ~out


def _keep_referenced_rows(tables: Mapping, register: Register, found: dict[str, np.ndarray]) -> None:
    """Add rows until every key of a row that stays leads to a row that stays."""
    grown = True
    while grown:
        grown = False
        for name, frame in tables.items():
            for fields, other, there in register.dictionary.links(name):
                more = _mask_referenced_rows(frame[found[name]], fields, tables[other], there) & ~found[other]
                if more.any():
                    found[other] = found[other] | more
                    grown = True
