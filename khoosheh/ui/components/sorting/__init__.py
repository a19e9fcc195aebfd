"""Sorting of all tables of a page by their headings, in the browser."""

from khoosheh.ui.components import register_component

_mount = register_component(__file__, "sorting")


def attach_table_sorting(lang: str) -> None:
    """Let every table of the page be sorted; ``lang`` tells the order of letters."""
    _mount(key="sorting", data={"lang": lang})
