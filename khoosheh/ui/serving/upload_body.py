"""The body of a request that brings a file: counted and timed while it comes, and read to its end on refusal."""

import asyncio

from starlette.types import Message, Receive, Send

from khoosheh import limits
from khoosheh.errors import KhooshehError

# what a browser puts around a file; Streamlit allows for as much
MARGIN = limits.MIB
MOST = limits.BYTES + MARGIN
# how long the rest of a refused body is awaited, so that the answer is read before the connection ends
LINGER_SECONDS = 3
# reason of a refusal: HTTP status
STATUSES = {"not_allowed": 403, "too_slow": 408, "too_large": 413, "too_many": 429}


class BodyRefusedError(KhooshehError):
    """The request is refused. ``code``: one of ``STATUSES``."""

    texts = ("upload.refused.{code}",)

    @property
    def status(self) -> int:
        """The HTTP status of the answer."""
        return STATUSES[self.code]


class SenderLeftError(Exception):
    """The connection has ended before the body."""


class Body:
    """The body of one request: refused when it is too large, too slow, or takes too long.

    A sender has ``BODY_PAUSE_SECONDS`` to spare. Waiting uses them up, and what comes gives some back, at the least
    rate; so that neither a pause nor a trickle lasts. Time in which the server itself is busy does not count.
    """

    def __init__(self, receive: Receive, most: int = MOST) -> None:
        """Allow for ``most`` bytes."""
        self._receive, self._most = receive, most
        self._clock = asyncio.get_running_loop().time
        self._end = self._clock() + limits.BODY_SECONDS
        self._spare = float(limits.BODY_PAUSE_SECONDS)
        self.is_complete = False

    async def receive(self) -> Message:
        """Return the next part; raises ``BodyRefusedError`` or ``SenderLeftError``."""
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
        """Allow for ``most`` bytes from now on."""
        self._most = most

    async def discard(self) -> None:
        """Read the rest and keep nothing of it, for some seconds at most."""
        try:
            async with asyncio.timeout(LINGER_SECONDS):
                while not self.is_complete:
                    message = await self._receive()
                    self.is_complete = message["type"] == "http.disconnect" or not message.get("more_body")
        except TimeoutError:
            return


class Answer:
    """What is sent back; where the body has not come whole by then, the connection ends with the answer.

    A server that closes a connection while bytes still come resets it, and the answer is lost. A proxy in front would
    then take the server for dead. So the rest of the body is read before the answer's end is sent.
    """

    def __init__(self, send: Send, body: Body) -> None:
        """Answer a request whose body is ``body``."""
        self._send, self._body, self._begun = send, body, False

    async def send(self, message: Message) -> None:
        """Send a part of the answer."""
        if message["type"] == "http.response.start":
            self._begun = True
            if not self._body.is_complete:
                kept = [pair for pair in message.get("headers", []) if pair[0].lower() != b"connection"]
                message = {**message, "headers": [*kept, (b"connection", b"close")]}
        elif not message.get("more_body") and not self._body.is_complete:
            await self._send({**message, "more_body": True})
            await self._body.discard()
            message = {"type": "http.response.body", "body": b""}
        await self._send(message)

    async def refuse(self, status: int, words: str) -> None:
        """Answer with a status and a short text, where no answer has begun."""
        if self._begun:
            return
        text = words.encode()
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(text)).encode())]
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": text})
