"""Answers leave at once on each line that comes in, and no other socket is touched."""

import os
import socket

import pytest

from khoosheh.ui.serving import tcp_nodelay


def at_once(one: socket.socket) -> bool:
    return bool(one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))


@pytest.mark.parametrize(("family", "host"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")])
def test_each_line_that_comes_in_is_told_to_send_at_once(family, host):
    with socket.socket(family) as listening:
        try:
            listening.bind((host, 0))
        except OSError as error:
            pytest.skip(f"no {host} here: {error}")
        listening.listen()
        tcp_nodelay.disable_nagle()
        with socket.create_connection(listening.getsockname()[:2]) as caller, listening.accept()[0] as line:
            assert at_once(line)
            # who calls has not asked for it
            assert not at_once(caller)
            line.sendall(b"still open")
            assert caller.recv(20) == b"still open"


def test_only_sockets_that_listen_are_found():
    with socket.socket() as listening, socket.socket() as bound, socket.socket(type=socket.SOCK_DGRAM) as datagrams:
        for one in (listening, bound, datagrams):
            one.bind(("127.0.0.1", 0))
        listening.listen()
        found = []
        for one in tcp_nodelay.iter_listening_sockets():
            found.append(one.getsockname())
            one.close()
        assert listening.getsockname() in found
        assert bound.getsockname() not in found
        assert datagrams.getsockname() not in found


def test_nothing_more_is_open_afterwards():
    reading, writing = os.pipe()
    with socket.socket() as listening, open(reading, "rb") as read:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        before = len(os.listdir(tcp_nodelay.OPEN))
        for one in tcp_nodelay.iter_listening_sockets():
            one.close()
        assert len(os.listdir(tcp_nodelay.OPEN)) == before
        os.close(writing)
        # a second handle to its other end would keep it waiting
        assert read.read() == b""


def test_where_sockets_cannot_be_listed_the_app_starts_all_the_same(monkeypatch, tmp_path):
    monkeypatch.setattr(tcp_nodelay, "OPEN", tmp_path / "none")
    tcp_nodelay.disable_nagle()
    assert list(tcp_nodelay.iter_listening_sockets()) == []
