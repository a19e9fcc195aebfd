"""Scope: which statements and projects a reader selects, and as known on which day."""

from dataclasses import dataclass
from datetime import date

from khoosheh.engines import is_among
from khoosheh.measures import common
from khoosheh.measures.rows import FrameT

# the columns of statements and projects by which a reader can select them
COLUMNS = ("chain_id", "county_id", "sector", "project_id")


@dataclass(frozen=True)
class Selection:
    """What a reader selects. An empty tuple selects all; without ``as_of`` every statement of the register counts.

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
    projects: tuple[str, ...] = ()


def filter_by_scope(frame: FrameT, selection: Selection) -> FrameT:
    """Return the rows of the selected chains, counties, sectors and projects, of projects or of statements."""
    selected = (selection.chains, selection.counties, selection.sectors, selection.projects)
    for column, codes in zip(COLUMNS, selected, strict=True):
        if codes:
            frame = frame.filter(is_among(column, codes))
    return frame


def filter_known_in_scope(statements: FrameT, selection: Selection) -> FrameT:
    """Return the statements in scope that were known on the selected day."""
    return filter_by_scope(common.statements_known_on(statements, selection.as_of), selection)
