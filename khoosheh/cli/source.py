"""The input of a command: a package, or a spreadsheet or zip that is converted to a temporary package."""

import errno
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from khoosheh import intake, register
from khoosheh.cli.terminal import make_progress_printer
from khoosheh.intake import Intake
from khoosheh.register import Fault, PackageError, Register
from khoosheh.register.descriptor import DESCRIPTOR

FILE = "folder of a package, or a file: .xlsx, .ods, .xls, .csv, .zip"


def is_intake_file(path: str | None) -> bool:
    """Return whether a path is a file that has to be converted to a package, not a package itself."""
    return path is not None and Path(path).is_file() and Path(path).name != DESCRIPTOR


def load_base_register(path: Path | str | None = None) -> Register | None:
    """Return the register of a path, default ``KHOOSHEH_DATA``; ``None`` if it is faulty or missing.

    Raises ``PackageError`` if a store's version differs from what was published: another register must not take its
    place unnoticed.
    """
    try:
        return register.load_register(path)
    except PackageError as error:
        if any(fault.code.startswith("version_") for fault in error.faults):
            raise
        return None


@contextmanager
def open_as_package(path: str, lang: str, base: Callable[[], Register | None] = load_base_register) -> Iterator[Path]:
    """Provide the package of a path for the length of the block; raises ``PackageError`` with the faults of a file.

    ``base``: returns the register whose tables complete the file, ``None`` for the shipped one.
    """
    if not is_intake_file(path):
        yield Path(path)
        return
    with tempfile.TemporaryDirectory() as into:
        intake_result = read_as_package(path, Path(into), lang, base)
        if intake_result.faults:
            raise PackageError(intake_result.faults)
        yield intake_result.folder


def read_as_package(
    path: str, into: Path, lang: str, base: Callable[[], Register | None] = load_base_register
) -> Intake:
    """Convert a file to a package below ``into``; raises ``PackageError`` for errors of the system: a full disk."""
    try:
        return intake.read_source(Path(path), into, base=base(), progress=make_progress_printer(lang))
    except OSError as error:
        note = errno.errorcode.get(error.errno or 0, type(error).__name__)
        raise PackageError([Fault("system", Path(path).name, params={"note": note})]) from error
