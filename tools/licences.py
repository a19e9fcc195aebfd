"""Write docs/licences.md: the licences of everything that the app installs or ships, from the packages' metadata.

    python -m tools.licences            with the app's environment; ``make sbom`` does it

What is in no metadata, such as files within packages, is listed in ``BUNDLED`` and ``SHIPPED`` below.
"""

import re
from collections.abc import Sequence
from email.message import Message
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import cast

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "docs" / "licences.md"
LONGEST = 60
COPYLEFT = re.compile(r"\b(A?GPL|LGPL|MPL|EPL|CDDL|EUPL|GNU|Mozilla)", re.IGNORECASE)
# notes on packages with a copyleft licence, from their licence files; the text names no other package
NOTES = {
    "certifi": "copyleft by file: changed files of it stay under MPL-2.0; it is used as it is",
    "jalali-core": "LGPL-2.1 or later, as its licence file says; comes with jdatetime; can be replaced by itself",
    "orjson": "copyleft by file for the parts under MPL-2.0; it is used as it is",
    "text-unidecode": "Artistic License or GPL-2 or later; taken under the former; comes with python-slugify",
}
# Libraries within a package's wheel for Linux, where its metadata does not name their licences.
BUNDLED = (
    ("numpy", "libgfortran", "GPL-3.0-or-later WITH GCC-exception-3.1"),
    ("numpy", "libquadmath", "LGPL-2.1-or-later"),
    ("numpy", "OpenBLAS, LAPACK", "BSD-3-Clause"),
    (
        "pillow",
        "libraries for pictures: FreeType, HarfBuzz, libjpeg-turbo, libtiff and others",
        "see its LICENSE file",
    ),
    ("lxml", "libxml2, libxslt, zlib", "MIT, zlib; its LICENSES.txt"),
    ("lxml", "libiconv", "LGPL-2.1-or-later"),
    ("pyarrow", "Arrow C++ and what it contains", "Apache-2.0 and others; its LICENSE.txt and NOTICE.txt"),
    ("duckdb", "DuckDB and what it contains", "MIT; the wheel does not name the licences of the parts"),
    ("plotly", "plotly.js", "MIT; the wheel does not name the licences of the libraries in the bundle"),
    (
        "pydeck",
        "deck.gl in its notebook extension, which is not served",
        "the wheel does not name the licences of the parts",
    ),
    (
        "streamlit",
        "its pages: React, plotly.js, Vega, deck.gl and many more",
        "named in NOTICES of its repository only",
    ),
)
# fonts and pictures: a pattern of files below the root or below streamlit/static, their name, their licence
SHIPPED = (
    ("static/Vazirmatn-*.woff2", "Vazirmatn", "OFL-1.1 (static/Vazirmatn-OFL.txt)"),
    ("static/khoosheh.svg", "Khoosheh's sign", "MIT, as the code"),
)
# fonts below streamlit/static; all other files there are parts of Streamlit
OF_STREAMLIT = (
    ("KaTeX_*.woff2", "KaTeX", "MIT"),
    ("MaterialSymbols-*.woff2", "Material Symbols", "Apache-2.0"),
    ("SourceCode*.woff2", "Source Code Pro", "OFL-1.1"),
    ("SourceSans*.woff2", "Source Sans 3", "OFL-1.1"),
    ("SourceSerif*.woff2", "Source Serif 4", "OFL-1.1"),
)
INTRODUCTION = """# Licences of what is installed and shipped

Written by `python -m tools.licences` (part of `make sbom`) from the packages' metadata; do not edit by hand.
The code of Khoosheh is under the [MIT licence](../LICENSE), the data under [their own](../data/README.md).

"Declared" is what a package says of itself; nobody has compared it with its source. This is a list, not advice.
"""


def resolve_requirements(file: Path) -> dict[str, Distribution]:
    """Return the installed packages that a requirements file needs, directly or indirectly, by name."""
    lines = [line.split("#")[0].strip() for line in file.read_text(encoding="utf-8").splitlines()]
    waiting = [Requirement(line) for line in lines if line]
    packages: dict[str, Distribution] = {}
    seen = set()
    while waiting:
        requirement = waiting.pop()
        if str(requirement) in seen:
            continue
        seen.add(str(requirement))
        name = canonicalize_name(requirement.name)
        packages[name] = distribution(requirement.name)
        needed = map(Requirement, packages[name].requires or ())
        waiting += [further for further in needed if is_applicable(further, requirement.extras)]
    return dict(sorted(packages.items()))


def is_applicable(requirement: Requirement, extras: set[str]) -> bool:
    """Return whether a requirement applies to this system, for a package that is installed with some extras."""
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in extras | {""})


def find_declared_licence(package: Distribution) -> str:
    """Return the licence that a package declares, '' if it declares none."""
    # the protocol of metadata lacks ``get``, which its implementation has
    metadata = cast(Message, package.metadata)
    declared = metadata.get("License-Expression") or metadata.get("License") or ""
    # some packages have the whole text of the licence there
    if declared and len(declared) <= LONGEST and "\n" not in declared:
        return declared
    return "; ".join(classifier.split(" :: ")[-1] for classifier in _list_licence_classifiers(package))


def _list_licence_classifiers(package: Distribution) -> list[str]:
    classifiers = package.metadata.get_all("Classifier") or ()
    return [classifier for classifier in classifiers if classifier.startswith("License ::")]


def format_licence_metadata(package: Distribution) -> str:
    """Return the declared licence and all licence classifiers of a package, as one text to search for copyleft."""
    return "; ".join([find_declared_licence(package), *_list_licence_classifiers(package)])


def format_markdown_table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Return a table in Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in lines) + "\n"


def build_licences_page(packages: dict[str, Distribution]) -> str:
    """Return the text of the page in Markdown."""
    rows, copyleft, unknown = [], [], []
    for name, package in packages.items():
        licence = find_declared_licence(package)
        rows.append((name, package.version, licence or "**not declared**"))
        if not licence:
            unknown.append((name,))
        elif COPYLEFT.search(format_licence_metadata(package)):
            copyleft.append((name, licence, NOTES.get(name, "**not looked at yet**")))
    parts = [
        INTRODUCTION,
        "## Copyleft, whole or in part\n",
        format_markdown_table(("package", "declared", "what that means here"), copyleft),
        "Of the libraries within wheels, below: libgfortran and libquadmath of numpy, libiconv of lxml.\n",
        "## Not declared\n",
        format_markdown_table(("package",), unknown) if unknown else "None.\n",
        "## Python packages\n",
        f"All {len(rows)} that `requirements.txt` brings, with the versions of `requirements.lock`.\n",
        format_markdown_table(("package", "version", "declared"), rows),
        "## Libraries within these packages\n",
        format_markdown_table(("package", "what", "licence"), list(BUNDLED)),
        "## Fonts and pictures\n",
        format_markdown_table(
            ("files", "what", "licence"), [(f"`{pattern}`", what, licence) for pattern, what, licence in SHIPPED]
        ),
        "Below `streamlit/static/static/media`, licences from their makers' pages, since the wheel names none:\n",
        format_markdown_table(
            ("files", "what", "licence"), [(f"`{pattern}`", what, licence) for pattern, what, licence in OF_STREAMLIT]
        ),
    ]
    return "\n".join(parts)


if __name__ == "__main__":
    FILE.write_text(build_licences_page(resolve_requirements(ROOT / "requirements.txt")), encoding="utf-8")
