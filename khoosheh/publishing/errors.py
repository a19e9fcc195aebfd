"""Refusals: why something was not published, in the reader's language."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from khoosheh.errors import KhooshehError
from khoosheh.formatting import format_digits
from khoosheh.register import PackageError, version_store

# what the system says: the name of the refusal
SYSTEM = {
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "not_allowed"),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "full"),
}

# what is named by the number of a version
NUMBERS = ("version", "expected", "known")


class PublishError(KhooshehError):
    """Why nothing was published; the version in force stays. ``code``: the machine's name of the reason."""

    texts = ("publish.refused.{code}",)

    def _format_place(self, name: str, value: object, lang: str) -> object:
        shown = super()._format_place(name, value, lang)
        return format_digits(str(shown), lang) if name in NUMBERS else shown


@contextmanager
def convert_system_errors(store: Path) -> Iterator[None]:
    """Turn an error of the system into a refusal that names the file."""
    try:
        yield
    except OSError as error:
        code = SYSTEM.get(error.errno, "failed")
        note = errno.errorcode.get(error.errno, type(error).__name__)
        raise PublishError(
            code, path=error.filename or store, note=note, version=_find_current_version(store)
        ) from error


def _find_current_version(store: Path) -> str:
    """Return what is in force after an error, which may have come before or after the switch."""
    try:
        found = version_store.read_pointer(store)
    except PackageError:
        return "—"
    return found.version if found else "—"
