"""Publishing: what differs between two registers, and a store that keeps every version of one.

Here belongs what writes to a store. Here does not belong: reading the version in force (``register.home``), or
words (``findings.difference``).
"""

from khoosheh.publishing.difference import Changed, Difference, TableDifference, difference
from khoosheh.publishing.journal import Version, history, in_force
from khoosheh.publishing.publish import damage, publish, restore
from khoosheh.publishing.refusal import Refusal
from khoosheh.publishing.verify import Verification, Verified, verify

__all__ = [
    "Changed",
    "Difference",
    "Refusal",
    "TableDifference",
    "Verification",
    "Verified",
    "Version",
    "damage",
    "difference",
    "history",
    "in_force",
    "publish",
    "restore",
    "verify",
]
