"""Reading files that visitors upload, each in a process of its own under limits of memory, time and size.

This package keeps an untrusted file out of the server's process. What a file means is in :mod:`khoosheh.intake`, what
makes a package sound in :mod:`khoosheh.register`, and how the result is displayed in :mod:`khoosheh.ui`.
"""

from khoosheh.uploads.outcome import DifferenceWords, Outcome, TableWords
from khoosheh.uploads.process import mark_faults, read_upload
from khoosheh.uploads.waiting_queue import BusyError, Turns

__all__ = [
    "BusyError",
    "DifferenceWords",
    "Outcome",
    "TableWords",
    "Turns",
    "mark_faults",
    "read_upload",
]
