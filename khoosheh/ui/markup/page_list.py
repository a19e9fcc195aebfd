"""The pages of the app, named as in their files and addresses: their icons, and the filters that each obeys."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PageInfo:
    """What the frame of a page shows.

    ``filters``: fields of the address that the page obeys (a filter without effect would mislead); none where its
    filters stand on the page itself. ``has_day``: whether it shows the register as known on a day.
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
