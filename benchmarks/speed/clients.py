"""Visitors without a browser: what the server alone takes for a change, for one of them or for many at once."""

import http.client
import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

FINISHED = ForwardMsg.ScriptFinishedStatus
# chains of the shipped package
CHANGES = ("steel", "copper", "", "textile")
# a register of a million statements is read for more than a minute when the first visitor comes
PATIENCE_S = 300
FIRST, CHART = "overview", "khoosheh_chart"
# what the page says of the queue of runs, as khoosheh/ui/state/admission.py marks it
QUEUE, REFUSED = re.compile(r'data-queue="(\w+)"'), "refused"
# Bytes of the longest message that has to be understood: visitors share the cores with the server.
SHORT = 20_000


@dataclass
class CrowdTimes:
    """What many visitors met: seconds of each change, and how many went wrong."""

    seconds: list[float]
    errors: int

    def quantile(self, share: float) -> float:
        """Return the time within which a share of the changes was answered."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class AppVisitor:
    """A visitor of a Streamlit page over its WebSocket, who changes the page and fields of the address."""

    def __init__(self, address: str, page: str = "investment", cookie: str = "") -> None:
        """Connect, and wait until the page is drawn; ``cookie``: what the browser would send, ``name=value``."""
        self._socket = connect(
            f"ws://{urlsplit(address).netloc}/_stcore/stream",
            subprotocols=["streamlit"],
            additional_headers={"Cookie": cookie} if cookie else None,
            max_size=None,
            open_timeout=PATIENCE_S,
        )
        self._page, self.received = page, 0
        self._told: list[bytes] = []
        # what the last answer said of the queue before it came: 'waiting', 'busy'
        self.queued: list[str] = []
        self._hashes: dict[str, str] = {}
        self.change("")

    def change(self, chain: str) -> float:
        """Ask for another chain; return the seconds until the whole answer was there."""
        return self.ask({"chain": chain} if chain else {})

    def ask(self, query: Mapping[str, str], page: str = "") -> float:
        """Ask for fields of the address, on another page where one is named; return the seconds until all was there.

        Raises ``RuntimeError`` where the server tells of a fault instead, or that it has no room.
        """
        self._page = page or self._page
        asked = BackMsg()
        asked.rerun_script.query_string = urlencode(query)
        if self._page in self._hashes:
            asked.rerun_script.page_script_hash = self._hashes[self._page]
        else:
            asked.rerun_script.page_name = self._page
        began, self.received, fault = time.perf_counter(), 0, ""
        self._told.clear()
        self.queued.clear()
        self._socket.send(asked.SerializeToString())
        while True:
            told = self._socket.recv(timeout=PATIENCE_S)
            self.received += len(told)
            self._told.append(told)
            if len(told) > SHORT:
                continue
            message = ForwardMsg.FromString(told)
            kind = message.WhichOneof("type")
            if kind == "navigation":
                # the first page has no name in its address
                self._hashes = {
                    one.url_pathname or FIRST: one.page_script_hash for one in message.navigation.app_pages
                }
            elif kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
                fault = message.delta.new_element.exception.type
            elif kind == "delta":
                self.queued += QUEUE.findall(message.delta.new_element.html.body)
            elif kind == "script_finished":
                if REFUSED in self.queued:
                    raise RuntimeError(REFUSED)
                if fault or message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    raise RuntimeError(fault or FINISHED.Name(message.script_finished))
                return time.perf_counter() - began

    def figures(self) -> list[str]:
        """Return the figures of the last answer as JSON."""
        found = [ForwardMsg.FromString(told).delta.new_element.bidi_component for told in self._told]
        return [json.loads(one.json)["figure"] for one in found if one.component_name == CHART]

    def close(self) -> None:
        """Leave."""
        self._socket.close()


class RivalVisitor:
    """A visitor of the rival, who sends what its page sends."""

    def __init__(self, address: str, page: str = "investment") -> None:
        """Read what the page asks with, and wait until it is drawn."""
        self._line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE_S)
        self._line.request("GET", "/_dash-dependencies")
        every = json.loads(self._line.getresponse().read())
        # the browser answers the others by itself
        (asked,) = (one for one in every if not one["clientside_function"])
        outputs = re.findall(r"([^.]+)\.(\w+)", asked["output"].strip(".").replace("...", "|").replace("|", " "))
        self._form = {
            "output": asked["output"],
            "outputs": [{"id": one.strip(), "property": what} for one, what in outputs],
            "inputs": [{**one, "value": None} for one in asked["inputs"]],
            "changedPropIds": ["chain.value"],
        }
        self._values = {"place": f"/{page}", "unit": "thousand_bn_irr", "by": "project_id"}
        self.received = 0
        self.change("")

    def change(self, chain: str) -> float:
        """Ask for another chain; return the seconds until the whole answer was there."""
        values = self._values | {"chain": [chain] if chain else None}
        inputs = [{**one, "value": values.get(one["id"])} for one in self._form["inputs"]]
        began = time.perf_counter()
        body = json.dumps({**self._form, "inputs": inputs})
        self._line.request("POST", "/_dash-update-component", body, {"Content-Type": "application/json"})
        answer = self._line.getresponse()
        told = answer.read()
        self.received = len(told)
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{answer.status}: {told[:200]!r}")
        return time.perf_counter() - began

    def close(self) -> None:
        """Leave."""
        self._line.close()


def run_crowd(
    visitor: Callable[[], AppVisitor | RivalVisitor], many: int, seconds: float, every: float = 2.0
) -> CrowdTimes:
    """Let ``many`` visitors each change a filter ``every`` so many seconds, for a while.

    A change that is late does not put off the next: what a visitor waits for is counted from when it was due.
    """
    with ThreadPoolExecutor(many) as pool:
        visitors = list(pool.map(lambda _: visitor(), range(many)))
        began = time.perf_counter() + 0.5
        told = list(
            pool.map(
                lambda place: _time_changes(visitors[place], began + every * place / many, seconds, every),
                range(many),
            )
        )
    for one in visitors:
        one.close()
    return CrowdTimes([taken for found, _ in told for taken in found], sum(errors for _, errors in told))


def _time_changes(
    visitor: AppVisitor | RivalVisitor, first: float, seconds: float, every: float
) -> tuple[Sequence[float], int]:
    taken, errors = [], 0
    for turn in range(int(seconds / every)):
        due = first + turn * every
        time.sleep(max(0.0, due - time.perf_counter()))
        try:
            visitor.change(CHANGES[turn % len(CHANGES)])
            taken.append(time.perf_counter() - due)
        except (OSError, RuntimeError, TimeoutError):
            errors += 1
    return taken, errors
