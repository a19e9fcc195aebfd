"""Hooks of mkdocs, which calls them while it builds the site; mkdocs.yml names this file.

Pages of the site have the same paths as in the repository: ``docs/`` is a folder of the site, and files at the top of
the repository, such as the README, are pages as well. So links between pages work both on a forge and on the site.
The reference is generated from docstrings: a page for each package and module directly below ``khoosheh``.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
# files outside docs/ to which pages link
BESIDE = ("*.md", "LICENSE", "data/*.md", "data/licences/*", "static/*.txt")
REFERENCE = "reference"
ROLE = re.compile(r":(?:func|mod|class|meth|attr|data):<code>~?([\w.]+)</code>")
RTL = '<div dir="rtl">'

Nav = list[Any]


def on_config(config: Any) -> Any:
    """Fill the navigation in."""
    config.nav = fill_nav(config.nav)
    return config


def on_files(files: Any, config: Any) -> Any:
    """Give pages their paths in the repository; add the files outside ``docs/`` and the pages of the reference."""
    from mkdocs.structure.files import File  # type: ignore[import-not-found] # not among what the checks need

    for file in [file for file in files if file.src_dir == config.docs_dir]:
        files.remove(file)
        files.append(File.generated(config, f"docs/{file.src_uri}", abs_src_path=file.abs_src_path))
    for path in find_files_beside():
        files.append(File.generated(config, path.relative_to(ROOT).as_posix(), abs_src_path=str(path)))
    for name in list_reference_modules():
        text = f"# khoosheh.{name}\n\n::: khoosheh.{name}\n"
        files.append(File.generated(config, f"{REFERENCE}/{name}.md", content=text))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Make mkdocs read the content of right-to-left parts as Markdown."""
    return markdown.replace(RTL, RTL.replace(">", " markdown>"))


def on_page_content(html: str, **_: Any) -> str:
    """Replace the roles in docstrings, such as ``:func:`name```, by links; unknown names stay text."""
    return ROLE.sub(r'<autoref optional identifier="\1"><code>\1</code></autoref>', html)


def fill_nav(nav: Nav) -> Nav:
    """Return the navigation of mkdocs.yml with the pages of each entry that is a folder (``docs/decisions/``)."""
    filled: Nav = []
    for entry in nav:
        title, value = next(iter(entry.items())) if isinstance(entry, dict) else ("", entry)
        if isinstance(value, list):
            filled.append({title: fill_nav(value)})
        elif value.endswith("/"):
            filled.append({title: list_folder_pages(value.rstrip("/"))})
        else:
            filled.append(entry)
    return filled


def list_folder_pages(folder: str) -> list[str]:
    """Return the pages of a folder in order, its README first."""
    if folder == REFERENCE:
        return [f"{REFERENCE}/{name}.md" for name in list_reference_modules()]
    names = [file.name for file in (ROOT / folder).glob("*.md")]
    return [f"{folder}/{name}" for name in sorted(names, key=lambda name: (name != "README.md", name))]


def list_reference_modules() -> list[str]:
    """Return the names of the public packages and modules directly below ``khoosheh``."""
    paths = (ROOT / "khoosheh").iterdir()
    names = {path.stem for path in paths if path.suffix == ".py" or (path / "__init__.py").exists()}
    return sorted(name for name in names if not name.startswith("_"))


def find_files_beside() -> Iterator[Path]:
    """Return the files outside ``docs/`` that are part of the site."""
    for pattern in BESIDE:
        yield from sorted(ROOT.glob(pattern))
