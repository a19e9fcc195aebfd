"""The register: reading and checking a data package of any province.

Here belongs what turns files into checked tables that cannot be changed. Here does not belong: what is computed
from them (measures), or how it looks.
"""

from khoosheh.register import checksums, home
from khoosheh.register.dictionary import Dictionary
from khoosheh.register.faults import Fault, PackageError
from khoosheh.register.load import ANY_SIZE, Bounds, check, data_path, load, load_version
from khoosheh.register.memory import remembered
from khoosheh.register.register import Register, version_of
from khoosheh.register.standard import Progress

__all__ = [
    "ANY_SIZE",
    "Bounds",
    "Dictionary",
    "Fault",
    "PackageError",
    "Progress",
    "Register",
    "check",
    "checksums",
    "data_path",
    "home",
    "load",
    "load_version",
    "remembered",
    "version_of",
]
