"""What a command is given: a package, or a spreadsheet or zip that is read into one for as long as it is needed."""

import errno
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from khoosheh import intake, register
from khoosheh.cli.progress import make_progress_printer
from khoosheh.intake import Intake
from khoosheh.register import Fault, PackageError, Register
from khoosheh.register.descriptor import DESCRIPTOR

FILE = "folder of a package, or a file: .xlsx, .ods, .xls, .csv, .zip"


def is_intake_file(path: str | None) -> bool:
    """Tell whether a path has to be read into a package first."""
    return path is not None and Path(path).is_file() and Path(path).name != DESCRIPTOR


def load_base_register(path: Path | str | None = None) -> Register | None:
    """Return the register of a path, default ``KHOOSHEH_DATA``; nothing where it is faulty or not there yet.

    Raises ``PackageError`` where a store's version is not what was published: another register must not stand in for
    it unnoticed.
    """
    try:
        return register.load_register(path)
    except PackageError as error:
        if any(one.code.startswith("version_") for one in error.faults):
            raise
        return None


@contextmanager
def open_as_package(path: str, lang: str, base: Callable[[], Register | None] = load_base_register) -> Iterator[Path]:
    """Give the package of a path as long as the block runs; raises ``PackageError`` with the faults of a file.

    ``base``: asked for the register that gives what a file leaves out; for nothing the shipped one does.
    """
    if not is_intake_file(path):
        yield Path(path)
        return
    with tempfile.TemporaryDirectory() as into:
        found = read_as_package(path, Path(into), lang, base)
        if found.faults:
            raise PackageError(found.faults)
        yield found.folder


def read_as_package(
    path: str, into: Path, lang: str, base: Callable[[], Register | None] = load_base_register
) -> Intake:
    """Read a file into a package below ``into``; raises ``PackageError`` where the system fails: a full disk."""
    try:
        return intake.read_source(Path(path), into, base=base(), progress=make_progress_printer(lang))
    except OSError as error:
        note = errno.errorcode.get(error.errno, type(error).__name__)
        raise PackageError([Fault("system", Path(path).name, params={"note": note})]) from error
