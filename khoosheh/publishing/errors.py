"""Refusals: why something was not published, in the reader's language."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from khoosheh.formatting import format_digits
from khoosheh.locale import format_message
from khoosheh.register import PackageError, version_store
from khoosheh.register.faults import escape_hidden_characters

# what the system says: the name of the refusal
SYSTEM = {
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "not_allowed"),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "full"),
}

# what is named by the number of a version
NUMBERS = ("version", "expected", "known")


class PublishError(Exception):
    """Why nothing was published; the version in force stays. ``code``: the machine's name of the reason."""

    def __init__(self, code: str, **params: object) -> None:
        """Keep the reason and what its words name."""
        super().__init__(f"{code}: {params}")
        self.code, self.params = code, params

    def words(self, lang: str) -> str:
        """Return what is wrong and what to do about it."""
        places = {name: escape_hidden_characters(str(value)) for name, value in self.params.items()}
        if "known" in places:
            places["known"] = format_message(lang, "list.comma").join(self.params["known"])
        places |= {name: format_digits(places[name], lang) for name in NUMBERS if name in places}
        return format_message(lang, f"publish.refused.{self.code}", **places)


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
