"""Whether this server accepts files of visitors, and how large they may be.

Streamlit accepts files at an address of its own, whatever the pages show: the page and the guard of that address both
use these settings.
"""

import ipaddress
import logging
import os
from functools import cache

from streamlit import config, get_option

from khoosheh import limits

UPLOADS = "KHOOSHEH_UPLOADS"
# the largest file in megabytes, the unit of Streamlit's setting
MOST_MB = limits.BYTES // limits.MIB
_SIZE = "server.maxUploadSize"


def uploads_allowed() -> bool:
    """Return whether the server accepts files: as ``KHOOSHEH_UPLOADS`` says, else only if the server is local."""
    setting = os.environ.get(UPLOADS, "").strip().lower()
    if not setting:
        return is_local(get_option("server.address"))
    if setting not in ("on", "off"):
        _warn_once(setting)
    return setting == "on"


def is_local(address: str | None) -> bool:
    """Return whether ``address`` is a loopback address; a server without an address listens on all interfaces."""
    if not address:
        return False
    if address.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def set_size_limit() -> None:
    """Make Streamlit refuse files above the limit of Khoosheh, also where the environment sets another."""
    if get_option(_SIZE) != MOST_MB:
        config.set_option(_SIZE, MOST_MB, "the limits of Khoosheh")


@cache
def _warn_once(setting: str) -> None:
    logging.getLogger(__name__).warning("%s is %r, neither 'on' nor 'off': files are not taken", UPLOADS, setting)
