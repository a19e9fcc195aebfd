"""The pages of the app, named as in their files and addresses, with their icons and filters."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PageInfo:
    """The icon of a page, and the controls that the frame shows above it.

    ``filters``: the fields of the address that have an effect on the page; empty where the page has filters of its
    own. ``has_day``: whether the page shows the register as known on a day.
    """

    icon: str
    filters: tuple[str, ...] = ()
    has_day: bool = True


PAGE_INFO = {
    "overview": PageInfo(":material/dashboard:", ("unit",)),
    "investment": PageInfo(":material/payments:", ("unit", "by", "chain", "county", "sector", "kind")),
    "ranking": PageInfo(":material/leaderboard:", ("indicator", "province")),
    "value_chains": PageInfo(":material/account_tree:", ("chain", "definition")),
    "schedule": PageInfo(":material/event_available:", ("chain", "county", "sector")),
    "changes": PageInfo(":material/history:", ("chain", "county", "sector")),
    "cluster": PageInfo(":material/hub:"),
    "evidence": PageInfo(":material/fact_check:", ("chain", "county", "sector")),
    "data": PageInfo(":material/upload_file:", has_day=False),
    "present": PageInfo(":material/slideshow:", has_day=False),
}
PAGES = tuple(PAGE_INFO)
# the page on which visitors upload files
UPLOADER = "data"
# the page that presents slides on the full screen
PRESENT = "present"
