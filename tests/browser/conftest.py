"""A real server and a real browser, started by the tests, that fail on anything a visitor should not meet."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from testing import made_up

sys.path.insert(0, str(Path(__file__).parent))

from testing.browser import is_far, serve

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def app(tmp_path_factory) -> Iterator[str]:
    """The address of the app with its shipped register."""
    yield from serve(made_up.SHIPPED, tmp_path_factory.mktemp("log") / "shipped.log")


@pytest.fixture(scope="session")
def invented_app(tmp_path_factory, invented_path) -> Iterator[str]:
    """The address of the app with the register of the invented province."""
    yield from serve(invented_path, tmp_path_factory.mktemp("log") / "invented.log")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as tool:
        path = next((found for name in NAMES if (found := shutil.which(name))), None)
        chromium = tool.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(browser) -> Iterator[Callable[..., Page]]:
    """Opens tabs, a new visitor's or, ``beside`` another tab, the same visitor's.

    At the end no tab may have met a console error, a far request or an exception box.
    """
    tabs: list[tuple[Page, list[str]]] = []

    def open_tab(
        width: int = 1400,
        height: int = 1000,
        scheme: str = "light",
        locale: str = "fa-IR",
        beside: Page | None = None,
    ) -> Page:
        size = {"width": width, "height": height}
        context = beside.context if beside else browser.new_context(viewport=size, color_scheme=scheme, locale=locale)
        tab, met = context.new_page(), []
        tab.on("console", lambda message: met.append(f"console: {message.text}") if message.type == "error" else None)
        tab.on("pageerror", lambda error: met.append(f"error: {error}"))
        tab.on("request", lambda request: met.append(f"far: {request.url}") if is_far(request.url) else None)
        tabs.append((tab, met))
        return tab

    yield open_tab
    boxes = [tab.locator('[data-testid="stException"]').count() for tab, _ in tabs]
    for tab, _ in tabs:
        tab.context.close()
    assert ([met for _, met in tabs if met], sum(boxes)) == ([], 0)
