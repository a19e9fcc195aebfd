"""Answers that leave the server at once.

Streamlit opens its socket in a way in which asyncio does not switch off Nagle's algorithm: the second half of each
answer on a line that is kept open waits until the first has been acknowledged, which takes 40 ms. What is set on the
socket that listens holds for each line that comes in through it.
"""

import os
import socket
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

# the files that this process holds open, on Linux and macOS
OPEN = Path("/dev/fd")


def disable_nagle() -> None:
    """Switch Nagle's algorithm off for every line that will come in; to be called when the sockets listen already."""
    for one in iter_listening_sockets():
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        one.close()


def iter_listening_sockets() -> Iterator[socket.socket]:
    """Yield a second handle to each TCP socket on which this process listens; none where they cannot be listed."""
    for number in _list_open_descriptors():
        # closed meanwhile
        with suppress(OSError):
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                one = socket.socket(fileno=os.dup(number))
                if _is_listening(one):
                    yield one
                else:
                    one.close()


def _list_open_descriptors() -> list[int]:
    with suppress(OSError):
        return sorted(int(name) for name in os.listdir(OPEN))
    return []


def _is_listening(one: socket.socket) -> bool:
    internet = one.family in (socket.AF_INET, socket.AF_INET6) and one.type == socket.SOCK_STREAM
    return internet and bool(one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
