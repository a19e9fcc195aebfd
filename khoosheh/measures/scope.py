"""Scope: which statements and projects a reader asks about, and as known on which day."""

from dataclasses import dataclass
from datetime import date

import narwhals as nw

from khoosheh.engines import Frame
from khoosheh.measures import common

# where a statement or project belongs, as far as a reader can choose
COLUMNS = ("chain_id", "county_id", "sector")


@dataclass(frozen=True)
class Selection:
    """A reader's question. Empty tuples mean all; ``as_of`` missing means all that is in the register.

    ``kinds``: codes of ``measure`` that are amounts; ``unit``: a display unit of :mod:`khoosheh.money`; ``by``: a
    dimension of :mod:`khoosheh.measures.investment`. Firms only: ``isic``, classes; ``knowledge_based`` and
    ``exporting``, answers of :mod:`khoosheh.measures.cluster`.
    """

    chains: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    unit: str = "thousand_bn_irr"
    by: str = "project_id"
    as_of: date | None = None
    isic: tuple[str, ...] = ()
    knowledge_based: tuple[str, ...] = ()
    exporting: tuple[str, ...] = ()


def filter_by_scope(frame: Frame, selection: Selection) -> Frame:
    """Keep the rows of the chosen chains, counties and sectors; works on projects and on statements."""
    wanted = (selection.chains, selection.counties, selection.sectors)
    for column, codes in zip(COLUMNS, wanted, strict=True):
        if codes:
            frame = frame.filter(nw.col(column).is_in(list(codes)))
    return frame


def filter_known_in_scope(statements: Frame, selection: Selection) -> Frame:
    """Keep what was known on the day about what was chosen."""
    return filter_by_scope(common.statements_known_on(statements, selection.as_of), selection)
