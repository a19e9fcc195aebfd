"""The error of publishing, with messages in the user's language."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from khoosheh.errors import KhooshehError
from khoosheh.formatting import format_digits
from khoosheh.register import PackageError, version_store

# error number of the system: code of the refusal
SYSTEM = {
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "not_allowed"),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "full"),
}

# parameters that are numbers of versions, written in the digits of the language
NUMBERS = ("version", "expected", "known")


class PublishError(KhooshehError):
    """Nothing was published, the version in force is unchanged. ``code``: key of the reason in the catalogues."""

    texts = ("publish.refused.{code}",)

    def _format_place(self, name: str, value: object, lang: str) -> object:
        shown = super()._format_place(name, value, lang)
        return format_digits(str(shown), lang) if name in NUMBERS else shown


@contextmanager
def convert_system_errors(store: Path) -> Iterator[None]:
    """Convert ``OSError`` within the block to ``PublishError``, which names the file."""
    try:
        yield
    except OSError as error:
        number = error.errno or 0
        code, note = SYSTEM.get(number, "failed"), errno.errorcode.get(number, type(error).__name__)
        raise PublishError(
            code, path=error.filename or store, note=note, version=_find_current_version(store)
        ) from error


def _find_current_version(store: Path) -> str:
    """Return the version in force after an error, '—' for none: the error may follow the switch to the new one."""
    try:
        pointer = version_store.read_pointer(store)
    except PackageError:
        return "—"
    return pointer.version if pointer else "—"
