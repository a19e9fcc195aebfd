"""Sending responses without delay.

Streamlit opens its socket in a way in which asyncio does not disable Nagle's algorithm: on a persistent connection
the second packet of each response waits until the first is acknowledged, which takes 40 ms. Connections inherit the
option from the listening socket.
"""

import os
import socket
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

# the open file descriptors of this process, on Linux and macOS
OPEN = Path("/dev/fd")


def disable_nagle() -> None:
    """Disable Nagle's algorithm for all later connections; to be called once the sockets listen."""
    for handle in iter_listening_sockets():
        handle.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        handle.close()


def iter_listening_sockets() -> Iterator[socket.socket]:
    """Yield a duplicate of each TCP socket on which this process listens, which the caller closes.

    Yields nothing on systems where open descriptors cannot be listed.
    """
    for number in _list_open_descriptors():
        # a descriptor may be closed after it was listed
        with suppress(OSError):
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                duplicate = socket.socket(fileno=os.dup(number))
                if _is_listening(duplicate):
                    yield duplicate
                else:
                    duplicate.close()


def _list_open_descriptors() -> list[int]:
    with suppress(OSError):
        return sorted(int(name) for name in os.listdir(OPEN))
    return []


def _is_listening(handle: socket.socket) -> bool:
    is_tcp = handle.family in (socket.AF_INET, socket.AF_INET6) and handle.type == socket.SOCK_STREAM
    return is_tcp and bool(handle.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
