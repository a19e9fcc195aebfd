"""The journal of a store: an entry in the folder of each version, so that no separate list can contradict them."""

import dataclasses
import json
from pathlib import Path

from khoosheh import calendar
from khoosheh.publishing.errors import convert_system_errors
from khoosheh.register import version_store

ACTIONS = ("seed", "publish", "restore")
# the action of an entry that cannot be read
DAMAGED = "damaged"


@dataclasses.dataclass(frozen=True)
class Version:
    """The entry of one version of a store.

    ``id``: its number, four digits or more; ``action``: 'seed', 'publish', 'restore', or 'damaged' for an entry that
    cannot be read; ``who`` and ``why``: the publisher and the reason; ``when``: time in UTC, ISO 8601; ``day``: the
    Jalali day in Tehran; ``checksum``: SHA-256 of all files; ``register``: :attr:`Register.version`; ``parent``: the
    version that was in force before, '' for the first; ``statements``: their number; ``restored``: the older version
    whose files it has, '' for none.
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
        """Return the text of the entry's file: JSON."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False, indent=1) + "\n"


def list_published_versions(store: Path) -> list[Version]:
    """Return all versions that are or were in force, newest first; raises ``PackageError`` and ``PublishError``."""
    current = parse_version_number(read_current_version(store))
    with convert_system_errors(store):
        return [read_version_entry(store, name) for name in reversed(list_version_ids(store)) if int(name) <= current]


def read_current_version(store: Path) -> str:
    """Return the id of the version in force, '' before the first; raises ``PackageError``."""
    pointer = version_store.read_pointer(store)
    return pointer.version if pointer else ""


def read_version_entry(store: Path, version: str) -> Version:
    """Return the entry of a version, one with the action 'damaged' where it cannot be read."""
    try:
        values = json.loads(
            (store / version_store.VERSIONS / version / version_store.ENTRY).read_text(encoding="utf-8")
        )
        entry = Version(**values)
        calendar.parse_jalali_date(entry.day)
    except (OSError, ValueError, TypeError, RecursionError):
        return Version(version)
    kinds = {field.name: field.type for field in dataclasses.fields(Version)}
    sound = (
        entry.id == version and entry.action in ACTIONS and all(type(values[name]) is kinds[name] for name in values)
    )
    return entry if sound else Version(version)


def list_version_ids(store: Path) -> list[str]:
    """Return the ids of all versions in ascending order, with those that never came into force."""
    names = [folder.name for folder in (store / version_store.VERSIONS).iterdir() if folder.name.isdecimal()]
    return sorted(names, key=int)


def parse_version_number(version: str) -> int:
    """Return the number of a version, 0 for ''."""
    return int(version or 0)


def make_next_version_id(store: Path) -> str:
    """Return the id of the version after the newest one."""
    return f"{int((list_version_ids(store) or ['0'])[-1]) + 1:04}"
