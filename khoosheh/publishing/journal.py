"""The journal of a store: each version keeps its own entry, so no second file can disagree with them."""

import dataclasses
import json
from pathlib import Path

from khoosheh import calendar
from khoosheh.publishing.refusal import told
from khoosheh.register import home

ACTIONS = ("seed", "publish", "restore")
# an action beside these: the entry cannot be read
DAMAGED = "damaged"


@dataclasses.dataclass(frozen=True)
class Version:
    """One version of a store.

    ``id``: its number in digits; ``action``: 'seed', 'publish', 'restore', or 'damaged' where its entry cannot be
    read; ``when``: UTC, ISO; ``day``: the Jalali day in Tehran; ``checksum``: SHA-256 of all files; ``register``:
    :attr:`Register.version`, as pages show it; ``parent``: the version it followed; ``restored``: the one it repeats.
    """

    id: str
    action: str = DAMAGED
    who: str = ""
    why: str = ""
    when: str = ""
    day: str = ""
    checksum: str = ""
    register: str = ""
    parent: str = ""
    statements: int = 0
    restored: str = ""

    def __str__(self) -> str:
        """Return the text of its entry."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False, indent=1) + "\n"


def history(store: Path) -> list[Version]:
    """Return the versions of a store that were ever in force, newest first; raises ``PackageError``, ``Refusal``."""
    top = number(in_force(store))
    with told(store):
        return [entry(store, name) for name in reversed(names(store)) if int(name) <= top]


def in_force(store: Path) -> str:
    """Return the id of the version in force, nothing before the first; raises ``PackageError``."""
    found = home.pointer(store)
    return found.version if found else ""


def entry(store: Path, version: str) -> Version:
    """Return the entry of a version, 'damaged' where it cannot be read."""
    try:
        given = json.loads((store / home.VERSIONS / version / home.ENTRY).read_text(encoding="utf-8"))
        found = Version(**given)
        calendar.parse(found.day)
    except (OSError, ValueError, TypeError, RecursionError):
        return Version(version)
    kinds = {field.name: field.type for field in dataclasses.fields(Version)}
    sound = (
        found.id == version and found.action in ACTIONS and all(type(given[name]) is kinds[name] for name in given)
    )
    return found if sound else Version(version)


def names(store: Path) -> list[str]:
    """Return the ids of all folders of versions, in order, those that never came into force included."""
    found = [one.name for one in (store / home.VERSIONS).iterdir() if one.name.isdecimal()]
    return sorted(found, key=int)


def number(version: str) -> int:
    """Return the number of a version, 0 where there is none."""
    return int(version or 0)


def following(store: Path) -> str:
    """Return the id of the next version."""
    return f"{int((names(store) or ['0'])[-1]) + 1:04}"
