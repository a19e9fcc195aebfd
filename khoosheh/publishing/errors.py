"""The error of publishing, with messages in the user's language."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from khoosheh.formatting import format_digits
from khoosheh.locale import format_message
from khoosheh.register import PackageError, version_store
from khoosheh.register.faults import escape_hidden_characters

# error number of the system: code of the refusal
SYSTEM = {
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "not_allowed"),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "full"),
}

# parameters that are numbers of versions, written in the digits of the language
NUMBERS = ("version", "expected", "known")


class PublishError(Exception):
    """Nothing was published, the version in force is unchanged. ``code``: key of the reason in the catalogues."""

    def __init__(self, code: str, **params: object) -> None:
        """Build the exception from a code and the values that its message names."""
        super().__init__(f"{code}: {params}")
        self.code, self.params = code, params

    def words(self, lang: str) -> str:
        """Return the message: the reason and what to do about it."""
        separator = format_message(lang, "list.comma")
        places = {
            name: separator.join(value) if isinstance(value, list) else escape_hidden_characters(str(value))
            for name, value in self.params.items()
        }
        places |= {name: format_digits(places[name], lang) for name in NUMBERS if name in places}
        return format_message(lang, f"publish.refused.{self.code}", **places)


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
