"""``python -m benchmarks.attacks``: times of a visitor's changes while hostile files are read, and on an idle server.

One server, one visitor who changes the page of investment, one browser that uploads hostile files one after the
other. Prints Markdown. Takes about two minutes.
"""

import shutil
import statistics
import tempfile
import threading
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.attacks.files import make_hostile_files
from benchmarks.capacity import machine
from benchmarks.speed import servers
from benchmarks.speed.clients import CHANGES
from testing.visitors import AppVisitor

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET_CHANGES = 60


def main() -> None:
    """Measure and print."""
    with servers.serve_app() as server, tempfile.TemporaryDirectory() as folder, sync_playwright() as tool:
        path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
        browser = tool.chromium.launch(executable_path=path, args=["--no-sandbox"])
        visitor = AppVisitor(server.address)
        for chain in CHANGES * 2:
            visitor.change(chain)
        usual = [visitor.change(CHANGES[at % len(CHANGES)]) for at in range(QUIET_CHANGES)]
        print(
            "| while | changes | median ms | 95 % ms | median against usual | server MB |\n|---|---|---|---|---|---|"
        )
        _print_row("nothing else", usual, usual, server.memory_mb())
        for name, (file, content) in make_hostile_files().items():
            given = Path(folder) / file
            given.write_bytes(content)
            tab = browser.new_page()
            found = _measure_attack(tab, server.address, given, visitor)
            tab.close()
            _print_row(name, found, usual, server.memory_mb())
        visitor.close()
        browser.close()
    print(f"\nA fixed loop of Python takes {machine.measure_loop_ms():.0f} ms on this machine.")


def _measure_attack(tab: Page, address: str, file: Path, visitor: AppVisitor) -> list[float]:
    """Return the seconds of the visitor's changes between the upload of the file and the display of its result."""
    tab.goto(f"{address}/data?lang=en")
    tab.locator('input[type="file"]').wait_for(state="attached", timeout=60_000)
    done, found = threading.Event(), []

    def record_changes() -> None:
        while not done.is_set():
            found.append(visitor.change(CHANGES[len(found) % len(CHANGES)]))
            time.sleep(0.05)

    watcher = threading.Thread(target=record_changes)
    tab.locator('input[type="file"]').set_input_files(file)
    watcher.start()
    tab.locator("h1", has_text=file.name).wait_for(timeout=200_000)
    done.set()
    watcher.join()
    return found


def _print_row(name: str, found: list[float], usual: list[float], memory_mb: float) -> None:
    middle, high = statistics.median(found), sorted(found)[int(len(found) * 0.95) - 1 if len(found) > 20 else -1]
    against = middle / statistics.median(usual)
    print(f"| {name} | {len(found)} | {middle * 1000:.0f} | {high * 1000:.0f} | {against:.2f} | {memory_mb:.0f} |")


if __name__ == "__main__":
    main()
