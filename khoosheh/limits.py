"""The limits of the server: one place, each with its default and the environment variable that changes it.

Read once, when the process starts. ``docs/deployment.md`` lists every setting; a test holds the two together.
"""

import os

MIB = 1 << 20
# the greatest value that a setting may have; far beyond any machine, and small enough for every system call
_GREATEST = 10**9


class SettingError(ValueError):
    """A setting of the environment that is no whole number within its bounds."""


# setting: default; filled by :func:`_setting` and read by the test of the documentation
SETTINGS: dict[str, int] = {}


def _setting(name: str, default: int, least: int = 1) -> int:
    """Return the whole number of an environment variable, or its default; raises ``SettingError``."""
    SETTINGS[name] = default
    given = os.environ.get(name, "").strip()
    if not given:
        return default
    if not (given.isascii() and given.isdigit()) or not least <= int(given[:10]) <= _GREATEST:
        raise SettingError(f"{name}: {given!r} is not a whole number from {least} to {_GREATEST}")
    return int(given)


# --- A file that a visitor gives ----------------------------------------------------------------------------------
BYTES = _setting("KHOOSHEH_UPLOAD_FILE_MB", 50) * MIB
# what may come out of a zip, and of how many parts
UNPACKED_BOOK = _setting("KHOOSHEH_UPLOAD_UNPACKED_WORKBOOK_MB", 256) * MIB
UNPACKED_PACKAGE = _setting("KHOOSHEH_UPLOAD_UNPACKED_PACKAGE_MB", 256) * MIB
PARTS = _setting("KHOOSHEH_UPLOAD_PARTS", 2000)
DIRECTORY = MIB
# cells between the first and the last filled one; a reader sets memory aside for all of them
CELLS = _setting("KHOOSHEH_UPLOAD_CELLS", 3_000_000)
COLUMNS = 1000
SHEETS = 200
MERGED = 20_000
# rows of all tables of a register, and faults after which checking stops
ROWS = _setting("KHOOSHEH_UPLOAD_ROWS", 200_000)
FAULTS = _setting("KHOOSHEH_UPLOAD_FAULTS", 2000)

# --- The process that reads and checks it -------------------------------------------------------------------------
MEMORY = _setting("KHOOSHEH_UPLOAD_MEMORY_MB", 1536, least=256) * MIB
SECONDS_OF_WORK = _setting("KHOOSHEH_UPLOAD_SECONDS", 60)
# how long its answer is awaited, since a busy machine gives a process only a part of its time
SECONDS_TO_WAIT = SECONDS_OF_WORK * 3 // 2
ANSWER = 256 * MIB
# files that are read at the same time, and visitors who wait for their turn
PROCESSES = _setting("KHOOSHEH_UPLOAD_PROCESSES", 2)
WAITING = _setting("KHOOSHEH_UPLOAD_WAITING", 8, least=0)

# --- Registers that visitors preview ------------------------------------------------------------------------------
PREVIEWS = _setting("KHOOSHEH_PREVIEWS_MB", 512) * MIB
PREVIEWS_OF_VISITOR = _setting("KHOOSHEH_PREVIEWS_VISITOR_MB", 256) * MIB

# --- Runs of the script that compute a page -----------------------------------------------------------------------
# runs that compute at the same time: Python runs one thread at a time, so more answer no sooner, and all of them late
RUNS_AT_ONCE = _setting("KHOOSHEH_RUNS_AT_ONCE", 1)
# visitors who wait for their turn; whoever comes beyond is told that the server is busy
RUNS_WAITING = _setting("KHOOSHEH_RUNS_WAITING", 50, least=0)
# a run that takes longer no longer keeps others out, and how many such runs may continue beside the others
RUN_LONG_SECONDS = _setting("KHOOSHEH_RUN_LONG_SECONDS", 2)
RUNS_BESIDE = 16
