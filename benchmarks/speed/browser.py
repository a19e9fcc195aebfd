"""Times in the browser: from a click, or from opening, to the last change within a figure."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
# records the last change within a figure and the last change of the page; attributes of the element around a figure
# do not count: Dash removes a class from it 150 ms after drawing, which is not visible
WATCH = """
globalThis.seen = {figure: 0, page: 0};
{
const FIGURE = '.js-plotly-plot';
const figures = node => node.nodeType === 1
  && [...(node.matches(FIGURE) ? [node] : []), ...node.querySelectorAll(FIGURE)].some(onScreen);
const around = ({type, target}) => type === 'attributes' || target.nodeType !== 1 ? target.parentElement : target;
const onScreen = figure => {
  const {top, bottom} = figure.getBoundingClientRect();
  // zero: drawn before it is shown
  return bottom >= 0 && top < innerHeight;
};
const within = one => {
  const figure = around(one)?.closest(FIGURE);
  return figure && onScreen(figure);
};
new MutationObserver(all => {
  seen.page = performance.now();
  if (all.some(one => within(one) || [...one.addedNodes, ...one.removedNodes].some(figures)))
    seen.figure = seen.page;
}).observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
}
"""
# milliseconds without a change after which a page is complete
REST_MS = 700


@dataclass(frozen=True)
class ActionTiming:
    """The result of one action: milliseconds until the last change of a figure, and bytes received until then."""

    ms: float
    received: int


@contextmanager
def launch_browser() -> Iterator[Browser]:
    """Start Chromium."""
    with sync_playwright() as tool:
        path = next((found for name in NAMES if (found := shutil.which(name))), None)
        one = tool.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield one
        one.close()


class Visit:
    """A visitor with an empty cache, in a window of 1400 by 1000."""

    def __init__(self, chromium: Browser) -> None:
        """Open a window."""
        self._context = chromium.new_context(viewport={"width": 1400, "height": 1000}, locale="fa-IR")
        self._context.add_init_script(WATCH)
        self.tab: Page = self._context.new_page()
        self._received = 0
        self._count_received_bytes(self._context.new_cdp_session(self.tab))

    def _count_received_bytes(self, session: CDPSession) -> None:
        session.send("Network.enable")
        session.on("Network.loadingFinished", lambda told: self._add_bytes(told["encodedDataLength"]))
        # frames of bytes come written in base 64
        session.on(
            "Network.webSocketFrameReceived", lambda told: self._add_bytes(_compute_frame_size(told["response"]))
        )

    def _add_bytes(self, received: float) -> None:
        self._received += int(received)

    def open(self, address: str) -> ActionTiming:
        """Open an address with an empty cache; the time is measured from the start of the navigation."""
        self._received = 0
        self.tab.goto(address, wait_until="commit")
        return ActionTiming(self._wait_until_still(), self._received)

    def act(self, click: Callable[[Page], None]) -> ActionTiming:
        """Run an action that ends with a click; the time is measured from that click."""
        self.tab.evaluate(
            "() => { globalThis.began = 0;"
            " addEventListener('click', () => { globalThis.began = performance.now(); }, {capture: true}); }"
        )
        self._received = 0
        click(self.tab)
        last = self._wait_until_still()
        return ActionTiming(last - self.tab.evaluate("globalThis.began"), self._received)

    def _wait_until_still(self) -> float:
        """Wait until nothing changes any more; return the time of the last change within a figure."""
        self.tab.wait_for_function(
            "rest => globalThis.seen && seen.figure > (globalThis.began ?? 0)"
            " && performance.now() - seen.page > rest",
            arg=REST_MS,
            polling=100,
            timeout=120_000,
        )
        return self.tab.evaluate("seen.figure")

    def close(self) -> None:
        """Close the window."""
        self._context.close()


def _compute_frame_size(frame: dict) -> int:
    return len(frame["payloadData"]) * 3 // 4 if frame["opcode"] == 2 else len(frame["payloadData"])
