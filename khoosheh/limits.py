"""The limits of the server, each with its default and the environment variable that changes it.

The environment is read once, when the process starts. ``docs/deployment.md`` lists every setting; a test compares
both.
"""

import os

from khoosheh.errors import KhooshehError

MIB = 1 << 20
# the greatest value of a setting: beyond any machine, and small enough for every system call
_GREATEST = 10**9


class SettingError(KhooshehError, ValueError):
    """An environment variable whose value is no whole number within its bounds; ``value``: the value."""

    texts = ("setting.{code}",)


# setting -> default; filled by :func:`_read_setting`, and compared with the documentation by a test
SETTINGS: dict[str, int] = {}


def _read_setting(name: str, default: int, least: int = 1) -> int:
    """Return the whole number of an environment variable, or its default; raises ``SettingError``."""
    SETTINGS[name] = default
    given = os.environ.get(name, "").strip()
    if not given:
        return default
    if not (given.isascii() and given.isdigit()) or not least <= int(given[:10]) <= _GREATEST:
        raise SettingError("not_whole", given, name=name, least=least, most=_GREATEST)
    return int(given)


# --- A file that a visitor gives ----------------------------------------------------------------------------------
BYTES = _read_setting("KHOOSHEH_UPLOAD_FILE_MB", 50) * MIB
# bytes that a zip may unpack to, and the number of its parts
UNPACKED_BOOK = _read_setting("KHOOSHEH_UPLOAD_UNPACKED_WORKBOOK_MB", 256) * MIB
UNPACKED_PACKAGE = _read_setting("KHOOSHEH_UPLOAD_UNPACKED_PACKAGE_MB", 256) * MIB
PARTS = _read_setting("KHOOSHEH_UPLOAD_PARTS", 2000)
DIRECTORY = MIB
# cells between the first and the last filled one; a parser allocates memory for all of them
CELLS = _read_setting("KHOOSHEH_UPLOAD_CELLS", 3_000_000)
COLUMNS = 1000
SHEETS = 200
MERGED = 20_000
# rows of all tables of a register, and faults after which checking stops
ROWS = _read_setting("KHOOSHEH_UPLOAD_ROWS", 200_000)
FAULTS = _read_setting("KHOOSHEH_UPLOAD_FAULTS", 2000)

# --- The descriptor of any package ---
# The shipped one has 80 kB, 18 resources, at most 30 fields a table, 7 foreign keys and 32 codes.
DESCRIPTOR_BYTES = MIB
DEPTH = 20
RESOURCES = 100
FIELDS = 200
KEYS = 20
KEY_FIELDS = 8
CODES = 1000
TRUTHS = 20
MAP_BYTES = 20 * MIB

# --- The process that reads and checks it -------------------------------------------------------------------------
MEMORY = _read_setting("KHOOSHEH_UPLOAD_MEMORY_MB", 1536, least=256) * MIB
SECONDS_OF_WORK = _read_setting("KHOOSHEH_UPLOAD_SECONDS", 60)
# how long the result is awaited: on a busy machine a process gets only a part of the time
SECONDS_TO_WAIT = SECONDS_OF_WORK * 3 // 2
ANSWER = 256 * MIB
# files that are read at the same time, and visitors who wait in the queue
PROCESSES = _read_setting("KHOOSHEH_UPLOAD_PROCESSES", 2)
WAITING = _read_setting("KHOOSHEH_UPLOAD_WAITING", 8, least=0)

# --- What was computed from registers, and is kept for who asks again -----------------------------------------------
# bytes of answers and renderings of all registers, the published one and previews together
CACHE = _read_setting("KHOOSHEH_CACHE_MB", 1024) * MIB

# --- Registers that visitors preview ------------------------------------------------------------------------------
PREVIEWS = _read_setting("KHOOSHEH_PREVIEWS_MB", 512) * MIB
PREVIEWS_OF_VISITOR = _read_setting("KHOOSHEH_PREVIEWS_VISITOR_MB", 256) * MIB

# --- The address that receives files, before they are read ----------------------------------------------------------
# bytes of files that the server holds or is receiving, of one session, of one visitor and of all
UPLOADS_OF_SESSION = _read_setting("KHOOSHEH_UPLOAD_SESSION_MB", 120) * MIB
UPLOADS_OF_VISITOR = _read_setting("KHOOSHEH_UPLOAD_VISITOR_MB", 240) * MIB
UPLOADS_IN_ALL = _read_setting("KHOOSHEH_UPLOAD_TOTAL_MB", 480) * MIB
# files that are being received at the same time, of one visitor and of all
BODIES_OF_VISITOR = _read_setting("KHOOSHEH_UPLOAD_BODIES_VISITOR", 2)
BODIES_IN_ALL = _read_setting("KHOOSHEH_UPLOAD_BODIES", 8)
# how long receiving a file may take, how long it may pause, and the least average rate in kB a second
BODY_SECONDS = _read_setting("KHOOSHEH_UPLOAD_BODY_SECONDS", 600)
BODY_PAUSE_SECONDS = _read_setting("KHOOSHEH_UPLOAD_PAUSE_SECONDS", 10)
BODY_LEAST_RATE = _read_setting("KHOOSHEH_UPLOAD_LEAST_KB", 8) * 1024
# how long the file of a visitor whose connection was lost is kept for another connection
LEFT_SECONDS = _read_setting("KHOOSHEH_UPLOAD_LEFT_SECONDS", 10)

# --- Runs of the script that compute a page -----------------------------------------------------------------------
# runs that compute at the same time: Python runs one thread at a time, so that more would all be slower
RUNS_AT_ONCE = _read_setting("KHOOSHEH_RUNS_AT_ONCE", 1)
# visitors who wait in the queue; further ones are told that the server is busy
RUNS_WAITING = _read_setting("KHOOSHEH_RUNS_WAITING", 50, least=0)
# the time after which a run no longer blocks others, and how many such runs may continue beside the others
RUN_LONG_SECONDS = _read_setting("KHOOSHEH_RUN_LONG_SECONDS", 2)
RUNS_BESIDE = 16
