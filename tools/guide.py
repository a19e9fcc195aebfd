"""Save the pictures of the data guide into ``docs/pictures``: a made-up workbook of Gilan, with faults and corrected.

``python -m tools.guide``
"""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from khoosheh import register
from khoosheh.intake import template
from testing import second_province
from testing.browser import ready, serve, visit
from tools.screenshots import LOCALES, ROOT

PICTURES = ROOT / "docs" / "pictures"
WIDTH = 1200


def capture_faults(tab: Page, file: Path, into: Path) -> None:
    """Save a screenshot of the faults of a file."""
    upload_file(tab, file)
    tab.screenshot(path=into)


def capture_preview(tab: Page, file: Path, into: Path) -> None:
    """Save a screenshot of the preview of a file's changes."""
    upload_file(tab, file)
    tab.locator(".st-key-look button").click()
    tab.locator(".khoosheh-ribbon").wait_for()
    ready(tab)
    tab.screenshot(path=into)


def upload_file(tab: Page, file: Path) -> None:
    """Upload a file and wait until its result is displayed."""
    tab.locator('input[type="file"]').set_input_files(file)
    tab.locator("h1", has_text=file.name).wait_for(timeout=60_000)
    ready(tab)


def main() -> None:
    """Save all pictures."""
    folder = Path(tempfile.mkdtemp())
    template.write_template(register.load_register(ROOT / "data"), folder / "template.xlsx", "fa")
    mistaken, mended = folder / "mistaken" / "gilan.xlsx", folder / "mended" / "gilan.xlsx"
    for file, mistakes in ((mistaken, second_province.MISTAKES), (mended, ())):
        file.parent.mkdir()
        second_province.fill(folder / "template.xlsx", file, mistakes)
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for address in serve(ROOT / "data", folder / "log"):
            for lang, locale in LOCALES.items():
                for name, take, file, height in (
                    ("faults", capture_faults, mistaken, 1000),
                    ("preview", capture_preview, mended, 1150),
                ):
                    context = browser.new_context(viewport={"width": WIDTH, "height": height}, locale=locale)
                    tab = visit(context.new_page(), f"{address}/data?lang={lang}")
                    take(tab, file, PICTURES / f"data-{name}-{lang}.png")
                    context.close()
        browser.close()


if __name__ == "__main__":
    main()
