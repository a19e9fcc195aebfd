"""Visitors without a browser, to measure the server's time per change, for one visitor or many at once."""

import http.client
import json
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

from testing.visitors import PATIENCE_S, AppVisitor

# chains of the shipped package
CHANGES = ("steel", "copper", "", "textile")


@dataclass
class CrowdTimes:
    """The results of many visitors: seconds of each change, and the number of errors."""

    seconds: list[float]
    errors: int

    def quantile(self, share: float) -> float:
        """Return the time within which a share of the changes was answered."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class RivalVisitor:
    """A visitor of the Dash app, who sends the requests of its page."""

    def __init__(self, address: str, page: str = "investment") -> None:
        """Read the requests that the page sends, and wait until it is drawn."""
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
        """Request another chain; return the seconds until the whole answer was received."""
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
        """Close the connection."""
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
