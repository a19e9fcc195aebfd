"""Starting the app for a real browser, and waiting until its pages are drawn."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from playwright.sync_api import Page

from testing.servers import find_free_port, wait_for_address

ROOT = Path(__file__).parents[1]


def serve(data: Path, log: Path, base: str = "") -> Iterator[str]:
    """Start the app on a package, below a path (``/one/two``) if one is given, and yield its address."""
    port = find_free_port()
    with log.open("w") as out:
        server = start(data, port, out, more=["--server.baseUrlPath", base] if base else [])
        try:
            wait_for_address(f"http://127.0.0.1:{port}{base}/_stcore/health")
            yield f"http://127.0.0.1:{port}{base}"
        finally:
            server.terminate()
            # a busy machine takes long
            server.wait(60)
    assert "Traceback" not in log.read_text(encoding="utf-8"), log.read_text(encoding="utf-8")[-3000:]


def start(data: Path, port: int, out: TextIO, folder: Path = ROOT, more: Sequence[str] = ()) -> subprocess.Popen:
    """Start the app of a folder, with ``more`` options of Streamlit, without waiting for it."""
    place = ["--server.port", str(port), "--server.address", "127.0.0.1"]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *place, *more]
    return subprocess.Popen(
        command, cwd=folder, env={**os.environ, "KHOOSHEH_DATA": str(data)}, stdout=out, stderr=out
    )


def is_far(address: str) -> bool:
    return not address.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:"))


# the run has ended with its last element (an interrupted run has not), all components are mounted, and all figures
# are drawn with the page's fonts
DRAWN = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  if (!app) return document.readyState === 'complete';
  return app.dataset.testScriptState === 'notRunning'
    && document.querySelector('.st-key-resume')
    && !document.querySelector('[data-stale=true]')
    && document.fonts.status === 'loaded'
    && [...document.querySelectorAll('.stBidiComponent')].every(
         part => part.closest('.st-key-resume')
           || part.querySelector('[data-testid=stBidiComponentRegular]')?.childElementCount > 1)
    && [...document.querySelectorAll('.khoosheh-plot')].every(figure => figure.dataset.drawn === 'yes');
}"""
# the document was not changed for some milliseconds
QUIET = """milliseconds => new Promise(done => {
  let last = performance.now();
  const watch = new MutationObserver(() => { last = performance.now(); });
  watch.observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
  const end = last + 10000;
  const look = () => {
    const now = performance.now();
    if (now - last < milliseconds && now < end) return setTimeout(look, 50);
    watch.disconnect();
    done(now - last >= milliseconds);
  };
  look();
})"""

# what ends a page: its footer, the line below an embedded page, or the last caption of a page without these
END = '.khoosheh-footer, .khoosheh-embed, [data-testid="stCaptionContainer"]'


def ready(tab: Page) -> Page:
    """Wait until the page is drawn and no longer changes."""
    tab.locator(END).last.wait_for(timeout=30_000)
    for _ in range(20):
        tab.wait_for_function(DRAWN)
        if tab.evaluate(QUIET, 200) and tab.evaluate(DRAWN):
            return tab
    raise AssertionError(f"{tab.url} never comes to rest")


def visit(tab: Page, address: str) -> Page:
    """Open an address and wait until it is drawn."""
    tab.goto(address)
    return ready(tab)


def open_controls(tab: Page) -> Page:
    """Open day and filters, which are one button on a phone and in view on a wide screen."""
    opener = tab.locator(".khoosheh-chips-open[aria-expanded=false]")
    if opener.is_visible():
        opener.click()
    return tab


STILL = "fold => fold.getAnimations({subtree: true}).every(one => one.playState !== 'running')"


def unfold(tab: Page) -> Page:
    """Open the first folded part and wait for the end of its animation: clicks before that are lost."""
    fold = tab.locator("details").first
    fold.locator("summary").click()
    tab.wait_for_function(STILL, arg=fold.element_handle())
    return ready(tab)
