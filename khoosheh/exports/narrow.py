"""Which rows of a register a selection leaves, so that every key still leads somewhere.

Statements, projects, chains and stages are narrowed as the pages narrow them; ranks, values of indicators, firms and
links by the day only. What a row that is left leads to stays, whatever the selection; a source goes where all that
rested on it went. Exchange rates, prices, needs and names stay whole: nobody stated them on a day of their own.
"""

from collections.abc import Mapping

import narwhals as nw
import numpy as np
import pandas as pd

from khoosheh import board
from khoosheh.engines import collected
from khoosheh.measures import scope
from khoosheh.measures.scope import Selection
from khoosheh.register import Register

STATEMENTS, SOURCES = "statements", "sources"
OF_CHAINS = ("chains", "stages")

Kept = Mapping[str, np.ndarray]


def kept(register: Register, selection: Selection) -> dict[str, np.ndarray]:
    """Return, for each table, which of its rows stay, in the order of its file."""
    tables = {name: register.table(name) for name in register.tables}
    found = {name: np.ones(len(frame), dtype=bool) for name, frame in tables.items()}
    found[STATEMENTS] = _among(tables[STATEMENTS], ("statement_id",), statements(register, selection))
    projects = scope.narrowed(board.table(register, "projects"), selection)
    found["projects"] = _among(tables["projects"], ("project_id",), projects)
    if selection.as_of is not None:
        found["observations"] = _of_sources(tables["observations"], board.standing(register, selection))
        told = statements(register, selection).filter(nw.col("measure") == "tier")
        found["ranks"] = _of_sources(tables["ranks"], told)
        day = Selection(as_of=selection.as_of)
        for name, shown in (("firms", board.firms(register, day)), ("links", board.links(register, day))):
            found[name] = _among(tables[name], (register.dictionary.key(name),), shown)
    if selection.chains:
        for name in OF_CHAINS:
            chain = tables[name]["chain_id"]
            found[name] = (chain.isna() | chain.isin(selection.chains)).to_numpy(dtype=bool)
    found[SOURCES] = ~_led_to(tables, register, {name: np.ones(len(one), dtype=bool) for name, one in tables.items()})
    _drop_what_leads_to_left_out(tables, register, found)
    _keep_what_is_led_to(tables, register, found)
    return found


def statements(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the statements that the pages show for a selection.

    Those of the selection, and those that pages show whatever the filters: about an indicator, about needs of the
    cluster, and about other provinces and the country.
    """
    known = collected(board.everywhere(register, selection))
    needed = board.needs(register, Selection(as_of=selection.as_of))
    shown = (board.statements(register, selection), board.elsewhere(register, selection), needed)
    ids = {one for table in shown for one in collected(table)["statement_id"].to_list()}
    return known.filter(nw.col("statement_id").is_in(sorted(ids)) | ~nw.col("indicator_id").is_null())


def _among(frame: pd.DataFrame, fields: tuple[str, ...], rows: nw.DataFrame) -> np.ndarray:
    wanted = pd.MultiIndex.from_frame(rows.select(*fields).to_pandas())
    return pd.MultiIndex.from_frame(frame[list(fields)]).isin(wanted)


def _of_sources(frame: pd.DataFrame, rows: nw.DataFrame) -> np.ndarray:
    return frame["source_id"].isin(rows["source_id"].to_list()).to_numpy(dtype=bool)


def _led_to(tables: Mapping[str, pd.DataFrame], register: Register, rows: Kept) -> np.ndarray:
    """Tell which sources any of the rows leads to."""
    found = np.zeros(len(tables[SOURCES]), dtype=bool)
    for name, frame in tables.items():
        for fields, other, there in register.dictionary.links(name):
            if other == SOURCES:
                found = found | _targets(frame[rows[name]], fields, tables[other], there)
    return found


def _targets(rows: pd.DataFrame, fields: tuple, other: pd.DataFrame, there: tuple) -> np.ndarray:
    """Tell which rows of the other table these rows lead to."""
    keys = rows[list(fields)].dropna()
    return pd.MultiIndex.from_frame(other[list(there)]).isin(pd.MultiIndex.from_frame(keys))


def _drop_what_leads_to_left_out(tables: Mapping, register: Register, found: dict[str, np.ndarray]) -> None:
    """Leave out what rows of a package's own tables say of statements that are left out."""
    for name, frame in tables.items():
        for fields, other, there in register.dictionary.links(name):
            if other == STATEMENTS and name != STATEMENTS:
                out = _targets(tables[other][~found[other]], there, frame, fields)
                found[name] = found[name] & ~out


def _keep_what_is_led_to(tables: Mapping, register: Register, found: dict[str, np.ndarray]) -> None:
    """Add rows until every key of a row that stays leads to a row that stays."""
    grown = True
    while grown:
        grown = False
        for name, frame in tables.items():
            for fields, other, there in register.dictionary.links(name):
                more = _targets(frame[found[name]], fields, tables[other], there) & ~found[other]
                if more.any():
                    found[other] = found[other] | more
                    grown = True
