"""The journal of a store: each version keeps its own entry, so no second file can disagree with them."""

import dataclasses
import json
from pathlib import Path

from khoosheh import calendar
from khoosheh.publishing.errors import convert_system_errors
from khoosheh.register import version_store

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


def list_published_versions(store: Path) -> list[Version]:
    """Return the versions of a store that were ever in force, newest first; raises ``PackageError``, ``Refusal``."""
    top = parse_version_number(read_current_version(store))
    with convert_system_errors(store):
        return [read_version_entry(store, name) for name in reversed(list_version_ids(store)) if int(name) <= top]


def read_current_version(store: Path) -> str:
    """Return the id of the version in force, nothing before the first; raises ``PackageError``."""
    found = version_store.read_pointer(store)
    return found.version if found else ""


def read_version_entry(store: Path, version: str) -> Version:
    """Return the entry of a version, 'damaged' where it cannot be read."""
    try:
        given = json.loads(
            (store / version_store.VERSIONS / version / version_store.ENTRY).read_text(encoding="utf-8")
        )
        found = Version(**given)
        calendar.parse_jalali_date(found.day)
    except (OSError, ValueError, TypeError, RecursionError):
        return Version(version)
    kinds = {field.name: field.type for field in dataclasses.fields(Version)}
    sound = (
        found.id == version and found.action in ACTIONS and all(type(given[name]) is kinds[name] for name in given)
    )
    return found if sound else Version(version)


def list_version_ids(store: Path) -> list[str]:
    """Return the ids of all folders of versions, in order, those that never came into force included."""
    found = [one.name for one in (store / version_store.VERSIONS).iterdir() if one.name.isdecimal()]
    return sorted(found, key=int)


def parse_version_number(version: str) -> int:
    """Return the number of a version, 0 where there is none."""
    return int(version or 0)


def make_next_version_id(store: Path) -> str:
    """Return the id of the next version."""
    return f"{int((list_version_ids(store) or ['0'])[-1]) + 1:04}"
