"""A visitor without a browser, who opens a session over the WebSocket and sends what no page would."""

import http.client
import re
import socket
from collections.abc import Iterable
from contextlib import ExitStack
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

SECONDS = 60
BOUNDARY = b"khoosheh"
FORM = f"multipart/form-data; boundary={BOUNDARY.decode()}"
# nothing was answered before the connection ended
CUT = 0


class Session:
    """An open session, whose page has been drawn."""

    def __init__(self, address: str, page: str, visitor: str) -> None:
        """Open a page of the app at ``address``, as the browser whose cookie says ``visitor``."""
        where = urlsplit(address)
        self.place, self.base = where.netloc, where.path.rstrip("/")
        self.token = self._token()
        self._stack = ExitStack()
        self._socket = self._stack.enter_context(
            connect(
                f"ws://{self.place}{self.base}/_stcore/stream",
                subprotocols=["streamlit"],
                max_size=None,
                open_timeout=SECONDS,
                additional_headers={"Cookie": f"khoosheh_visitor={visitor}"},
            )
        )
        self.id = self._open(page)

    def _token(self) -> str:
        """Return the token without which Streamlit takes nothing."""
        line = http.client.HTTPConnection(self.place, timeout=SECONDS)
        line.request("GET", f"{self.base}/_stcore/health")
        found = line.getresponse().getheader("Set-Cookie")
        line.close()
        return re.search("_streamlit_xsrf=([^;]+)", found)[1]

    def _open(self, page: str) -> str:
        asked, session = BackMsg(), ""
        asked.rerun_script.page_name = page
        self._socket.send(asked.SerializeToString())
        while True:
            message = ForwardMsg.FromString(self._socket.recv(timeout=SECONDS))
            kind = message.WhichOneof("type")
            if kind == "new_session":
                session = message.new_session.initialize.session_id
            elif kind == "script_finished":
                return session

    def headers(self) -> dict[str, str]:
        return {"Cookie": f"_streamlit_xsrf={self.token}", "X-Xsrftoken": self.token, "Content-Type": FORM}

    def path(self, name: str) -> str:
        return f"{self.base}/_stcore/upload_file/{self.id}/{name}"

    def put(self, name: str, size: int, chunked: bool = False) -> int:
        """Send a file of ``size`` bytes; return the status, or ``CUT``."""
        line = http.client.HTTPConnection(self.place, timeout=SECONDS)
        extra = {} if chunked else {"Content-Length": str(sum(map(len, form(size))))}
        try:
            line.request("PUT", self.path(name), form(size), self.headers() | extra, encode_chunked=chunked)
            return line.getresponse().status
        except OSError:
            return _late_status(line)
        finally:
            line.close()

    def stall(self, name: str, size: int) -> socket.socket:
        """Begin to send a file and stop after its first bytes; return the open connection."""
        host, port = self.place.split(":")
        line = socket.create_connection((host, int(port)), timeout=SECONDS)
        said = "".join(f"{key}: {value}\r\n" for key, value in self.headers().items())
        line.sendall(f"PUT {self.path(name)} HTTP/1.1\r\nHost: {self.place}\r\n{said}".encode())
        line.sendall(f"Content-Length: {size}\r\n\r\n--{BOUNDARY.decode()}\r\n".encode())
        return line

    def close(self) -> None:
        """Leave."""
        self._stack.close()


def form(size: int) -> Iterable[bytes]:
    """Return a form with one file, in parts."""
    head = b'Content-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'
    part = bytes(1 << 20)
    whole, rest = divmod(size, len(part))
    return [b"--" + BOUNDARY + b"\r\n" + head, *[part] * whole, part[:rest] or b"", b"\r\n--" + BOUNDARY + b"--\r\n"]


def _late_status(line: http.client.HTTPConnection) -> int:
    """Return the status of an answer that came while the request was still being sent."""
    try:
        answer = http.client.HTTPResponse(line.sock)
        answer.begin()
        return answer.status
    except (OSError, http.client.HTTPException):
        return CUT
