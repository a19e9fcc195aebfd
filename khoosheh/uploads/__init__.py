"""Uploads: files of visitors, read and checked in a process of its own under limits of memory, time and size.

Here belongs what keeps a file from outside away from the server's process. Here does not belong: what a file means
(intake), what makes a package sound (register), or how it looks on the page (ui).
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
