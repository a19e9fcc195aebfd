"""The rows of a register that belong to a selection, such that all foreign keys among them can be resolved.

Statements, projects, chains and stages are filtered as on the pages; ranks, values of indicators, firms and links
only by the day of 'as known on'. Rows to which a remaining row refers are kept in any case. Sources to which no
remaining row refers are dropped. Exchange rates, prices, needs and names have no day of their own and are all kept.
"""

from collections.abc import Mapping
from typing import TypeAlias

import narwhals as nw
import numpy as np
import pandas as pd

from khoosheh import queries
from khoosheh.engines import collect_frame, is_among
from khoosheh.measures import scope
from khoosheh.measures.rows import Table
from khoosheh.measures.scope import Selection
from khoosheh.register import Register

STATEMENTS, SOURCES = "statements", "sources"
OF_CHAINS = ("chains", "stages")

# for each table, which of its rows belong to the subset
Masks: TypeAlias = Mapping[str, np.ndarray]
Tables: TypeAlias = Mapping[str, pd.DataFrame]


def compute_row_masks(register: Register, selection: Selection) -> dict[str, np.ndarray]:
    """Return a boolean mask for each table, in the order of its rows in the file."""
    tables = {name: register.table(name) for name in register.tables}
    masks = {name: np.ones(len(frame), dtype=bool) for name, frame in tables.items()}
    everything = dict(masks)
    statements = select_exported_statements(register, selection)
    masks[STATEMENTS] = _mask_matching_keys(tables[STATEMENTS], ("statement_id",), statements)
    projects = collect_frame(scope.filter_by_scope(queries.read_register_table(register, "projects"), selection))
    masks["projects"] = _mask_matching_keys(tables["projects"], ("project_id",), projects)
    if selection.as_of is not None:
        masks["observations"] = _mask_rows_by_source(
            tables["observations"], queries.query_computed_rankings(register, selection)
        )
        stated_ranks = statements.filter(nw.col("measure") == "tier")
        masks["ranks"] = _mask_rows_by_source(tables["ranks"], stated_ranks)
        day = Selection(as_of=selection.as_of)
        for name, shown in (
            ("firms", queries.query_firms(register, day)),
            ("links", queries.select_firm_links(register, day)),
        ):
            masks[name] = _mask_matching_keys(tables[name], (register.dictionary.key(name),), shown)
    if selection.chains:
        for name in OF_CHAINS:
            chain = tables[name]["chain_id"]
            masks[name] = (chain.isna() | chain.isin(selection.chains)).to_numpy(dtype=bool)
    # sources without any reference in the register stay; the others stay only where a remaining row refers to them
    masks[SOURCES] = ~_mask_referenced_sources(tables, register, everything)
    _drop_dangling_rows(tables, register, masks)
    _keep_referenced_rows(tables, register, masks)
    return masks


def select_exported_statements(register: Register, selection: Selection) -> Table:
    """Return the statements that the pages show for a selection.

    These are the statements of the selection, and those that pages show with any filter: about indicators, about
    needs of the cluster, and about other provinces and the country.
    """
    known = collect_frame(queries.select_all_known_statements(register, selection))
    needed = queries.select_need_statements(register, Selection(as_of=selection.as_of))
    shown = (
        queries.select_statements(register, selection),
        queries.select_other_province_statements(register, selection),
        needed,
    )
    ids = {code for table in shown for code in collect_frame(table)["statement_id"].to_list()}
    return known.filter(is_among("statement_id", sorted(ids)) | ~nw.col("indicator_id").is_null())


def _mask_matching_keys(frame: pd.DataFrame, fields: tuple[str, ...], rows: Table) -> np.ndarray:
    wanted = pd.MultiIndex.from_frame(rows.select(*fields).to_pandas())
    return pd.MultiIndex.from_frame(frame[list(fields)]).isin(wanted)


def _mask_rows_by_source(frame: pd.DataFrame, rows: Table) -> np.ndarray:
    return frame["source_id"].isin(rows["source_id"].to_list()).to_numpy(dtype=bool)


def _mask_referenced_sources(tables: Tables, register: Register, rows: Masks) -> np.ndarray:
    """Return a mask of the sources to which any of the rows refers."""
    mask = np.zeros(len(tables[SOURCES]), dtype=bool)
    for name, frame in tables.items():
        for fields, other, there in register.dictionary.links(name):
            if other == SOURCES:
                mask = mask | _mask_referenced_rows(frame[rows[name]], fields, tables[other], there)
    return mask


def _mask_referenced_rows(
    rows: pd.DataFrame, fields: tuple[str, ...], other: pd.DataFrame, there: tuple[str, ...]
) -> np.ndarray:
    """Return a mask of the rows of ``other`` to which ``rows`` refer; ``fields`` refer to its fields ``there``."""
    keys = rows[list(fields)].dropna()
    return pd.MultiIndex.from_frame(other[list(there)]).isin(pd.MultiIndex.from_frame(keys))


def _drop_dangling_rows(tables: Tables, register: Register, masks: dict[str, np.ndarray]) -> None:
    """Drop rows that refer to statements outside of the subset, which tables of the package's own may contain."""
    for name, frame in tables.items():
        for fields, other, there in register.dictionary.links(name):
            if other == STATEMENTS and name != STATEMENTS:
                dangling = _mask_referenced_rows(tables[other][~masks[other]], there, frame, fields)
                masks[name] = masks[name] & ~dangling


def _keep_referenced_rows(tables: Tables, register: Register, masks: dict[str, np.ndarray]) -> None:
    """Add rows until every foreign key in the subset refers to a row of the subset."""
    grown = True
    while grown:
        grown = False
        for name, frame in tables.items():
            for fields, other, there in register.dictionary.links(name):
                more = _mask_referenced_rows(frame[masks[name]], fields, tables[other], there) & ~masks[other]
                if more.any():
                    masks[other] = masks[other] | more
                    grown = True
