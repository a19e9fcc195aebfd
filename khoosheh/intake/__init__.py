"""Converting the spreadsheets of a planning office to packages, and registers to templates and marked copies.

What makes a package sound is in :mod:`khoosheh.register`; :mod:`khoosheh.publishing` brings one into force.
"""

from khoosheh.intake.reading import read_source
from khoosheh.intake.results import Cell, CellFault, Intake, LeftOut, Reading

__all__ = ["Cell", "CellFault", "Intake", "LeftOut", "Reading", "read_source"]
