"""A visitor of the app without a browser, for measuring and testing what the server alone does."""

import json
import re
import time
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

FINISHED = ForwardMsg.ScriptFinishedStatus
# a register of a million statements is read for more than a minute when the first visitor comes
PATIENCE_S = 300
FIRST, CHART = "overview", "khoosheh_chart"
# the state of the queue of runs, as khoosheh/ui/state/admission.py writes it into the page
QUEUE, REFUSED = re.compile(r'data-queue="(\w+)"'), "refused"
# bytes of the longest message that is parsed: visitors share the cores with the server
SHORT = 20_000


class AppVisitor:
    """A visitor of a Streamlit page over its WebSocket, who changes the page and the fields of the address."""

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
        # states of the queue before the last answer: 'waiting', 'busy'
        self.queued: list[str] = []
        self._hashes: dict[str, str] = {}
        self.change("")

    def change(self, chain: str) -> float:
        """Request another chain; return the seconds until the whole answer was received."""
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
                # the address of the first page has no name
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
        """Close the connection."""
        self._socket.close()
