"""Comparing two registers, and publishing packages into a store that keeps every version of a register.

Only this package writes to a store. The version in force is read by :mod:`khoosheh.register.version_store`; a
difference is put into words by :mod:`khoosheh.publishing.description`.
"""

from khoosheh.publishing.difference import ChangedRow, Difference, TableDifference, compare_registers
from khoosheh.publishing.errors import PublishError
from khoosheh.publishing.journal import Version, list_published_versions, read_current_version
from khoosheh.publishing.publish import find_version_damage, publish_package, restore_version
from khoosheh.publishing.verify import Verification, VerifiedVersion, verify_store

__all__ = [
    "ChangedRow",
    "Difference",
    "PublishError",
    "TableDifference",
    "Verification",
    "VerifiedVersion",
    "Version",
    "compare_registers",
    "find_version_damage",
    "list_published_versions",
    "publish_package",
    "read_current_version",
    "restore_version",
    "verify_store",
]
