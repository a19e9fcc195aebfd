"""The pages of the app, named as in their files and addresses, with their filters."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PageInfo:
    """The controls that the frame shows above a page.

    ``filters``: the fields of the address that have an effect on the page; empty where the page has filters of its
    own. ``has_day``: whether the page shows the register as known on a day.
    """

    filters: tuple[str, ...] = ()
    has_day: bool = True


PAGE_INFO = {
    "overview": PageInfo(("unit",)),
    "investment": PageInfo(("unit", "by", "chain", "county", "sector", "kind")),
    "ranking": PageInfo(("indicator", "province")),
    "value_chains": PageInfo(("chain", "definition")),
    "schedule": PageInfo(("chain", "county", "sector")),
    "changes": PageInfo(("chain", "county", "sector")),
    "cluster": PageInfo(),
    "evidence": PageInfo(("chain", "county", "sector")),
    "data": PageInfo(has_day=False),
    "present": PageInfo(has_day=False),
}
PAGES = tuple(PAGE_INFO)
# the page on which visitors upload files
UPLOADER = "data"
# the page that presents slides on the full screen
PRESENT = "present"
