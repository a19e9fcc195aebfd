"""The body of an upload: its size and duration are limited while it arrives, and a refused one is read to its end."""

import asyncio

from starlette.types import Message, Receive, Send

from khoosheh import limits
from khoosheh.errors import KhooshehError

# the parts of a form around a file; Streamlit allows for the same size
MARGIN = limits.MIB
MOST = limits.BYTES + MARGIN
# how long to wait for the rest of a refused body, so that the client reads the response before the connection ends
LINGER_SECONDS = 3
# reason of a refusal: HTTP status
STATUSES = {"not_allowed": 403, "too_slow": 408, "too_large": 413, "too_many": 429}


class BodyRefusedError(KhooshehError):
    """A refused request. ``code``: one of ``STATUSES``."""

    texts = ("upload.refused.{code}",)

    @property
    def status(self) -> int:
        """The HTTP status of the response."""
        return STATUSES[self.code]


class SenderLeftError(Exception):
    """The connection ended before the body did."""


class Body:
    """The body of one request, refused if it is too large, too slow, or takes too long.

    A sender may be late by ``BODY_PAUSE_SECONDS``. Waiting uses up this time, and received bytes refill it at
    ``BODY_LEAST_RATE``, so that neither a long pause nor a slow transfer is possible. Time in which the server itself
    is busy does not count.
    """

    def __init__(self, receive: Receive, most: int = MOST) -> None:
        """Read a body of at most ``most`` bytes."""
        self._receive, self._most = receive, most
        self._clock = asyncio.get_running_loop().time
        self._end = self._clock() + limits.BODY_SECONDS
        self._spare = float(limits.BODY_PAUSE_SECONDS)
        self.is_complete = False

    async def receive(self) -> Message:
        """Return the next part; raises ``BodyRefusedError`` beyond a limit, ``SenderLeftError`` on disconnection."""
        began = self._clock()
        try:
            async with asyncio.timeout(min(self._spare, self._end - began)):
                message = await self._receive()
        except TimeoutError:
            raise BodyRefusedError("too_slow") from None
        if message["type"] == "http.disconnect":
            raise SenderLeftError
        part = len(message.get("body", b""))
        self._count_part(part, self._clock() - began)
        self.is_complete = not message.get("more_body")
        return message

    def _count_part(self, part: int, waited: float) -> None:
        self._most -= part
        if self._most < 0:
            raise BodyRefusedError("too_large")
        gained = part / limits.BODY_LEAST_RATE
        self._spare = min(limits.BODY_PAUSE_SECONDS, self._spare - waited + gained)

    def limit(self, most: int) -> None:
        """Limit the rest of the body to ``most`` bytes."""
        self._most = most

    async def discard(self) -> None:
        """Read the rest and discard it, for ``LINGER_SECONDS`` at most."""
        try:
            async with asyncio.timeout(LINGER_SECONDS):
                while not self.is_complete:
                    message = await self._receive()
                    self.is_complete = message["type"] == "http.disconnect" or not message.get("more_body")
        except TimeoutError:
            return


class Answer:
    """The response to an upload; it closes the connection if the body is incomplete by then.

    A server that closes a connection while bytes still arrive resets it: the response is lost, and a proxy would take
    the server for dead. Therefore the rest of the body is read before the end of the response is sent.
    """

    def __init__(self, send: Send, body: Body) -> None:
        """Send the response to a request with ``body``."""
        self._send, self._body, self._begun = send, body, False

    async def send(self, message: Message) -> None:
        """Send a message of the response."""
        if message["type"] == "http.response.start":
            self._begun = True
            if not self._body.is_complete:
                headers = [pair for pair in message.get("headers", []) if pair[0].lower() != b"connection"]
                message = {**message, "headers": [*headers, (b"connection", b"close")]}
        elif not message.get("more_body") and not self._body.is_complete:
            await self._send({**message, "more_body": True})
            await self._body.discard()
            message = {"type": "http.response.body", "body": b""}
        await self._send(message)

    async def refuse(self, status: int, reason: str) -> None:
        """Respond with a status and a short text; has no effect once a response has begun."""
        if self._begun:
            return
        text = reason.encode()
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(text)).encode())]
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": text})
