"""Intake: from the spreadsheet of a planning office to a package, and back.

Here belongs what workbooks and packages have to do with each other. Here does not belong: what makes a package sound
(register), or bringing one into force (publishing).
"""

from khoosheh.intake.reading import read_source
from khoosheh.intake.results import Cell, CellFault, Intake, LeftOut, Reading

__all__ = ["Cell", "CellFault", "Intake", "LeftOut", "Reading", "read_source"]
