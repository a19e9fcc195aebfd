"""The pages of the app, named as in their files and addresses, with their filters."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PageInfo:
    """The controls that the frame shows above a page.

    ``filters``: the fields of the address that have an effect on the page; empty where the page has filters of its
    own. ``scope``: the fields by which statements or firms of the page are selected, also those that only other
    pages have a filter for. ``has_day``: whether the page shows the register as known on a day.
    """

    filters: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    has_day: bool = True


CONTROLS = ("chain", "county", "sector")
# a project has no control: a click on its label in a figure selects it
SCOPE = (*CONTROLS, "project")
PAGE_INFO = {
    "overview": PageInfo(("unit",), (*SCOPE, "kind")),
    "investment": PageInfo(("unit", "by", *CONTROLS, "kind"), (*SCOPE, "kind")),
    "ranking": PageInfo(("indicator", "province")),
    "value_chains": PageInfo(("chain", "definition"), SCOPE),
    "schedule": PageInfo(CONTROLS, SCOPE),
    "changes": PageInfo(CONTROLS, SCOPE),
    "cluster": PageInfo(scope=("chain", "county", "isic", "knowledge_based", "exporting")),
    "evidence": PageInfo(CONTROLS, SCOPE),
    "data": PageInfo(has_day=False),
    "present": PageInfo(has_day=False),
}
PAGES = tuple(PAGE_INFO)
# the page on which visitors upload files
UPLOADER = "data"
# the page that presents slides on the full screen
PRESENT = "present"
