"""The register: reading and checking a data package of any province.

Here belongs what turns files into checked tables that cannot be changed. Here does not belong: what is computed
from them (measures), or how it looks.
"""

from khoosheh.register import checksums, version_store
from khoosheh.register.cache import cached_per_register
from khoosheh.register.dictionary import Dictionary
from khoosheh.register.faults import Fault, PackageError
from khoosheh.register.loading import ANY_SIZE, Bounds, check_package, data_path, load_register, load_version
from khoosheh.register.register import Register, compute_version
from khoosheh.register.schema_checks import Progress

__all__ = [
    "ANY_SIZE",
    "Bounds",
    "Dictionary",
    "Fault",
    "PackageError",
    "Progress",
    "Register",
    "cached_per_register",
    "check_package",
    "checksums",
    "compute_version",
    "data_path",
    "load_register",
    "load_version",
    "version_store",
]
