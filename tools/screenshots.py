"""Save screenshots of every page, in both languages, wide and narrow, light and dark.

``python -m tools.screenshots [FOLDER]``, by default into ``screenshots``; ``--readme`` saves those of the README into
``docs/pictures``.
"""

import argparse
import shutil
import tempfile
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from testing.browser import serve, visit

ROOT = Path(__file__).parents[1]

PAGES = {
    "overview": "",
    "investment": "investment",
    "ranking": "ranking",
    "value_chains": "value_chains",
    "schedule": "schedule",
    "changes": "changes",
    "cluster": "cluster",
    "evidence": "evidence",
    "data": "data",
}
# page, language, width, colour scheme, height in pixels
View = tuple[str, str, int, Literal["light", "dark"], int]
LOCALES = {"fa": "fa-IR", "en": "en-US"}
TALLEST = 6000
README: dict[str, View] = {
    "overview-fa.png": ("overview", "fa", 1400, "light", 1180),
    "schedule-fa.png": ("schedule", "fa", 1400, "light", 1500),
    "value-chains-en.png": ("value_chains", "en", 1400, "dark", 1180),
}


def capture_page(browser: Browser, address: str, file: Path, view: View) -> None:
    """Save one screenshot; ``view``: page, language, width, colour scheme, height in pixels (0: the whole page)."""
    page, lang, width, scheme, height = view
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
    """Save all screenshots."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default="screenshots", type=Path)
    parser.add_argument("--readme", action="store_true")
    options = parser.parse_args()
    folder = ROOT / "docs" / "pictures" if options.readme else options.folder
    folder.mkdir(parents=True, exist_ok=True)
    views = README
    if not options.readme:
        schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
        views = {
            f"{page}-{lang}-{width}-{scheme}.png": (page, lang, width, scheme, 0)
            for page, lang, width, scheme in product(PAGES, LOCALES, (1400, 390), schemes)
        }
    log = Path(tempfile.mkdtemp()) / "log"
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for address in serve(ROOT / "data", log):
            for name, view in views.items():
                capture_page(browser, address, folder / name, view)
                print(folder / name)
        browser.close()


if __name__ == "__main__":
    main()
