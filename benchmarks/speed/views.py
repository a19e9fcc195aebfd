"""Views of a package to measure, with values that the package has: others would measure an error page."""

import csv
import json
from pathlib import Path

from khoosheh import calendar
from khoosheh.register.loading import SHIPPED

# months before the package's day; 0: the address names no month
BACK = (0, 6, 12)


def build_chain_views(package: Path | None = None) -> list[dict[str, str]]:
    """Return views as fields of the address: each chain of the package, on several days.

    Read from two of its files: a whole register takes minutes to load where it is large.
    """
    told = json.loads(((package or SHIPPED) / "datapackage.json").read_text(encoding="utf-8"))
    day = calendar.parse_jalali_date(told["compiled_on"][:7])
    months = [{"asof": str(calendar.add_months(day, -back))} if back else {} for back in BACK]
    return [{"chain": chain, **month} for month in months for chain in list_chains(package)]


def list_chains(package: Path | None = None) -> list[str]:
    """Return the chains of a package, the shipped one where none is named."""
    return [row["chain_id"] for row in _read_chains(package)]


def list_chain_labels(package: Path | None = None) -> list[str]:
    """Return the Persian names of a package's chains."""
    return [row["name_fa"] for row in _read_chains(package)]


def _read_chains(package: Path | None) -> list[dict[str, str]]:
    with ((package or SHIPPED) / "chains.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
