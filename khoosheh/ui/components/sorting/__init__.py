"""Sorting of all tables of a page by their headings, in the browser."""

from khoosheh.ui.components import component

_mount = component(__file__, "sorting")


def attach(lang: str) -> None:
    """Let every table of the page be sorted; ``lang`` tells the order of letters."""
    _mount(key="sorting", data={"lang": lang})
