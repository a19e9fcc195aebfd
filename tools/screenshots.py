"""Pictures of every page, in both languages, wide and narrow, light and dark, into a folder: to be looked at.

``python -m tools.screenshots [FOLDER]``; those of the README go to ``docs/pictures`` with ``--readme``.
"""

import argparse
import shutil
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from testing.browser import serve, visit

ROOT = Path(__file__).parents[1]

PAGES = {
    "overview": "",
    "investment": "investment",
    "ranking": "ranking",
    "value_chains": "value_chains",
    "schedule": "schedule",
    "cluster": "cluster",
    "evidence": "evidence",
    "data": "data",
}
LOCALES = {"fa": "fa-IR", "en": "en-US"}
TALLEST = 6000
README = {
    "overview-fa.png": ("overview", "fa", 1400, "light", 1180),
    "schedule-fa.png": ("schedule", "fa", 1400, "light", 1500),
    "value-chains-en.png": ("value_chains", "en", 1400, "dark", 1180),
}


def capture_page(browser: Browser, address: str, file: Path, what: tuple) -> None:
    """Take one picture; ``what``: page, language, width, scheme, height (0: all of the page)."""
    page, lang, width, scheme, height = what
    context = browser.new_context(
        viewport={"width": width, "height": height or 900}, color_scheme=scheme, locale=LOCALES[lang]
    )
    tab = visit(context.new_page(), f"{address}/{PAGES[page]}?lang={lang}")
    if not height:
        full = tab.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        tab.set_viewport_size({"width": width, "height": min(full, TALLEST)})
        tab.wait_for_timeout(800)
    tab.screenshot(path=file)
    context.close()


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default="screenshots", type=Path)
    parser.add_argument("--readme", action="store_true")
    asked = parser.parse_args()
    folder = ROOT / "docs" / "pictures" if asked.readme else asked.folder
    folder.mkdir(parents=True, exist_ok=True)
    views = README or {}
    if not asked.readme:
        every = product(PAGES, LOCALES, (1400, 390), ("light", "dark"))
        views = {
            f"{page}-{lang}-{width}-{scheme}.png": (page, lang, width, scheme, 0)
            for page, lang, width, scheme in every
        }
    log = Path(tempfile.mkdtemp()) / "log"
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for address in serve(ROOT / "data", log):
            for name, what in views.items():
                capture_page(browser, address, folder / name, what)
                print(folder / name)
        browser.close()


if __name__ == "__main__":
    main()
