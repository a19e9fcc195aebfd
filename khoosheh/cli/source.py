"""What a command is given: a package, or a spreadsheet or zip that is read into one for as long as it is needed."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from khoosheh import intake, register
from khoosheh.cli.progress import progress
from khoosheh.intake import Intake
from khoosheh.register import PackageError, Register
from khoosheh.register.descriptor import DESCRIPTOR

FILE = "folder of a package, or a file: .xlsx, .ods, .xls, .csv, .zip"


def is_file(path: str | None) -> bool:
    """Tell whether a path has to be read into a package first."""
    return path is not None and Path(path).is_file() and Path(path).name != DESCRIPTOR


@contextmanager
def opened(path: str, lang: str, in_force: Path | str | None = None) -> Iterator[Path]:
    """Give the package of a path as long as the block runs; raises ``PackageError`` with the faults of a file.

    ``in_force``: the register that gives what a file leaves out; default ``KHOOSHEH_DATA``, then the shipped one.
    """
    if not is_file(path):
        yield Path(path)
        return
    with tempfile.TemporaryDirectory() as into:
        found = read(path, Path(into), lang, in_force)
        if found.faults:
            raise PackageError(found.faults)
        yield found.folder


def read(path: str, into: Path, lang: str, in_force: Path | str | None = None) -> Intake:
    """Read a file into a package below ``into``."""
    return intake.read(Path(path), into, base=_base(in_force), progress=progress(lang))


def _base(in_force: Path | str | None) -> Register | None:
    """Return the register in force; nothing where it is faulty or not there yet, so that the shipped one is taken."""
    try:
        return register.load(in_force)
    except PackageError:
        return None
