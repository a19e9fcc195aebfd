"""Refusals: why something was not published, in the reader's language."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from khoosheh.locale import text
from khoosheh.register import PackageError, home
from khoosheh.register.faults import visible
from khoosheh.words import digits

# what the system says: the name of the refusal
SYSTEM = {
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "not_allowed"),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "full"),
}

# what is named by the number of a version
NUMBERS = ("version", "expected", "known")


class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault of the programme
    """Why nothing was published; the version in force stays. ``code``: the machine's name of the reason."""

    def __init__(self, code: str, **params: object) -> None:
        """Keep the reason and what its words name."""
        super().__init__(f"{code}: {params}")
        self.code, self.params = code, params

    def words(self, lang: str) -> str:
        """Return what is wrong and what to do about it."""
        places = {name: visible(str(value)) for name, value in self.params.items()}
        if "known" in places:
            places["known"] = text(lang, "list.comma").join(self.params["known"])
        places |= {name: digits(places[name], lang) for name in NUMBERS if name in places}
        return text(lang, f"publish.refused.{self.code}", **places)


@contextmanager
def told(store: Path) -> Iterator[None]:
    """Turn an error of the system into a refusal that names the file."""
    try:
        yield
    except OSError as error:
        code = SYSTEM.get(error.errno, "failed")
        note = errno.errorcode.get(error.errno, type(error).__name__)
        raise Refusal(code, path=error.filename or store, note=note, version=_in_force(store)) from error


def _in_force(store: Path) -> str:
    """Return what is in force after an error, which may have come before or after the switch."""
    try:
        found = home.pointer(store)
    except PackageError:
        return "—"
    return found.version if found else "—"
