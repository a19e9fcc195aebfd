"""Whether this server takes files from visitors, and how large they may be: one answer for the page and the address.

Streamlit takes files at an address of its own, whatever the pages show. What is set must hold for both.
"""

import ipaddress
import logging
import os
from functools import cache

from streamlit import config, get_option

from khoosheh import limits

UPLOADS = "KHOOSHEH_UPLOADS"
# the size of a file as Streamlit's settings count it
MOST_MB = limits.BYTES // limits.MIB
_SIZE = "server.maxUploadSize"


def uploads_allowed() -> bool:
    """Tell whether the server takes files: as it is set, else only where nobody but this machine can reach it."""
    given = os.environ.get(UPLOADS, "").strip().lower()
    if not given:
        return is_local(get_option("server.address"))
    if given not in ("on", "off"):
        _warn_once(given)
    return given == "on"


def is_local(address: str | None) -> bool:
    """Tell whether only its own machine reaches a server bound to ``address``; without one it is bound to all."""
    if not address:
        return False
    if address.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def set_size_limit() -> None:
    """Make Streamlit refuse what is larger than a file may be, also where the environment changes the limit."""
    if get_option(_SIZE) != MOST_MB:
        config.set_option(_SIZE, MOST_MB, "the limits of Khoosheh")


@cache
def _warn_once(given: str) -> None:
    logging.getLogger(__name__).warning("%s is %r, neither 'on' nor 'off': files are not taken", UPLOADS, given)
