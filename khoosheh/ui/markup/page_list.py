"""The pages of the app, named as in their files and addresses, with their icons and filters."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PageInfo:
    """The icon of a page, and the controls that the frame shows above it.

    ``filters``: the fields of the address that have an effect on the page; empty where the page has filters of its
    own. ``scope``: the fields by which statements or firms of the page are selected, also those that only other
    pages have a filter for. ``has_day``: whether the page shows the register as known on a day.
    """

    icon: str
    filters: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    has_day: bool = True


CONTROLS = ("chain", "county", "sector")
# a project has no control: a click on its label in a figure selects it
SCOPE = (*CONTROLS, "project")
PAGE_INFO = {
    "overview": PageInfo(":material/dashboard:", ("unit",), (*SCOPE, "kind")),
    "investment": PageInfo(":material/payments:", ("unit", "by", *CONTROLS, "kind"), (*SCOPE, "kind")),
    "ranking": PageInfo(":material/leaderboard:", ("indicator", "province")),
    "value_chains": PageInfo(":material/account_tree:", ("chain", "definition"), SCOPE),
    "schedule": PageInfo(":material/event_available:", CONTROLS, SCOPE),
    "cluster": PageInfo(":material/hub:", scope=("chain", "county", "isic", "knowledge_based", "exporting")),
    "evidence": PageInfo(":material/fact_check:", CONTROLS, SCOPE),
    "data": PageInfo(":material/upload_file:", has_day=False),
    "present": PageInfo(":material/slideshow:", has_day=False),
}
PAGES = tuple(PAGE_INFO)
# the page on which visitors upload files
UPLOADER = "data"
# the page that presents slides on the full screen
PRESENT = "present"
